/* SPDX-License-Identifier: Apache-2.0
 * The least that the same work can cost: C, SQLite and libsodium; no key derivation, no checks, no options, no words.
 * scripts/bench sets claviger against it. Its file is a format of its own: a keyed hash of the name finds a row, sheet
 * and secret are sealed apart with XChaCha20-Poly1305, as in a vault.
 *
 *   floor make FILE COUNT      seals and inserts COUNT profiles in one transaction, durable
 *   floor get FILE NUMBER...   opens the secrets of these, each by a look-up
 *   floor list FILE            opens every sheet and prints it
 *   floor export FILE          opens every sheet and secret and prints both
 *   floor remove FILE NUMBER   takes one out, durable
 *   floor run FILE PROGRAM NUMBER...  opens the secrets of these and becomes PROGRAM with them in its environment
 */
#include <sodium.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES, TAG = crypto_aead_xchacha20poly1305_ietf_ABYTES };
enum { LOOKUP = 16, SHEET = 192, SECRET = 128, SEALED = 256 };

static const unsigned char kKey[32] = "a key that protects nothing, 32";

static void require(int good, const char* what) {
  if (good) return;
  fprintf(stderr, "floor: %s failed\n", what);
  exit(1);
}

static void name_of(int number, char* name, size_t size) {
  snprintf(name, size, "provider%d:name-%06d", number % 20, number);
}

static void lookup_of(const char* name, unsigned char* lookup) {
  crypto_generichash(lookup, LOOKUP, (const unsigned char*)name, strlen(name), kKey, sizeof kKey);
}

/* Nonce, ciphertext, tag; the lookup is what it is bound to. Gives the length. */
static int seal(const char* text, size_t size, const unsigned char* lookup, unsigned char* sealed) {
  unsigned char padded[SEALED] = {0};
  memcpy(padded, text, strlen(text));
  randombytes_buf(sealed, NONCE);
  crypto_aead_xchacha20poly1305_ietf_encrypt(sealed + NONCE, NULL, padded, size, lookup, LOOKUP, NULL, sealed, kKey);
  return NONCE + (int)size + TAG;
}

static void open_column(sqlite3_stmt* row, int column, const unsigned char* lookup, unsigned char* text) {
  const unsigned char* sealed = sqlite3_column_blob(row, column);
  const int size = sqlite3_column_bytes(row, column);
  require(size > NONCE + TAG && size < SEALED + NONCE + TAG &&
              crypto_aead_xchacha20poly1305_ietf_decrypt(text, NULL, NULL, sealed + NONCE, (size_t)(size - NONCE),
                                                         lookup, LOOKUP, sealed, kKey) == 0,
          "opening a field");
}

static void print_opened(sqlite3_stmt* row, int column, const unsigned char* lookup) {
  unsigned char text[SEALED];
  open_column(row, column, lookup, text);
  puts((const char*)text);
}

static sqlite3* open_file(const char* path, int flags) {
  sqlite3* file = NULL;
  require(sqlite3_open_v2(path, &file, flags | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK, "opening the file");
  return file;
}

static sqlite3_stmt* prepare(sqlite3* file, const char* sql) {
  sqlite3_stmt* statement = NULL;
  require(sqlite3_prepare_v2(file, sql, -1, &statement, NULL) == SQLITE_OK, "preparing a statement");
  return statement;
}

static void run(sqlite3* file, const char* sql) {
  require(sqlite3_exec(file, sql, NULL, NULL, NULL) == SQLITE_OK, sql);
}

static void make(const char* path, int count) {
  sqlite3* file = open_file(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  run(file, "PRAGMA synchronous = FULL");
  run(file, "CREATE TABLE record (lookup BLOB UNIQUE, sheet BLOB, secret BLOB)");
  run(file, "BEGIN IMMEDIATE");
  sqlite3_stmt* insert = prepare(file, "INSERT INTO record VALUES (?, ?, ?)");
  for (int number = 0; number < count; ++number) {
    char name[64], secret[96];
    unsigned char lookup[LOOKUP], sheet_field[SEALED + NONCE + TAG], secret_field[SEALED + NONCE + TAG];
    name_of(number, name, sizeof name);
    snprintf(secret, sizeof secret, "sk-test-%06d-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", number);
    lookup_of(name, lookup);
    sqlite3_bind_blob(insert, 1, lookup, LOOKUP, SQLITE_STATIC);
    sqlite3_bind_blob(insert, 2, sheet_field, seal(name, SHEET, lookup, sheet_field), SQLITE_STATIC);
    sqlite3_bind_blob(insert, 3, secret_field, seal(secret, SECRET, lookup, secret_field), SQLITE_STATIC);
    require(sqlite3_step(insert) == SQLITE_DONE, "inserting a row");
    sqlite3_reset(insert);
  }
  sqlite3_finalize(insert);
  run(file, "COMMIT");
  sqlite3_close(file);
}

static void bind_name(sqlite3_stmt* statement, const char* number, unsigned char* lookup) {
  char name[64];
  name_of(atoi(number), name, sizeof name);
  lookup_of(name, lookup);
  sqlite3_bind_blob(statement, 1, lookup, LOOKUP, SQLITE_STATIC);
}

/* Into the environment where there is a prefix, else onto standard output. */
static void get(const char* path, int count, char** numbers, const char* prefix) {
  sqlite3* file = open_file(path, SQLITE_OPEN_READONLY);
  sqlite3_stmt* find = prepare(file, "SELECT secret FROM record WHERE lookup = ?");
  for (int i = 0; i < count; ++i) {
    unsigned char lookup[LOOKUP], text[SEALED];
    char variable[64];
    bind_name(find, numbers[i], lookup);
    require(sqlite3_step(find) == SQLITE_ROW, "finding a row");
    open_column(find, 0, lookup, text);
    snprintf(variable, sizeof variable, "%s%s", prefix ? prefix : "", numbers[i]);
    if (prefix) setenv(variable, (const char*)text, 1);
    if (!prefix) puts((const char*)text);
    sqlite3_reset(find);
  }
  sqlite3_finalize(find);
  sqlite3_close(file);
}

static void become(const char* path, int count, char** words) {
  char* const argv[] = {words[0], NULL};
  get(path, count - 1, words + 1, "NAME_");
  execv(words[0], argv);
  require(0, "running the program");
}

static void take_out(const char* path, const char* number) {
  unsigned char lookup[LOOKUP];
  sqlite3* file = open_file(path, SQLITE_OPEN_READWRITE);
  run(file, "PRAGMA synchronous = FULL");
  sqlite3_stmt* erase = prepare(file, "DELETE FROM record WHERE lookup = ?");
  bind_name(erase, number, lookup);
  require(sqlite3_step(erase) == SQLITE_DONE && sqlite3_changes(file) == 1, "removing a row");
  sqlite3_finalize(erase);
  sqlite3_close(file);
}

static void scan(const char* path, int columns) {
  sqlite3* file = open_file(path, SQLITE_OPEN_READONLY);
  sqlite3_stmt* rows = prepare(file, "SELECT lookup, sheet, secret FROM record");
  while (sqlite3_step(rows) == SQLITE_ROW) {
    const unsigned char* lookup = sqlite3_column_blob(rows, 0);
    for (int column = 1; column <= columns; ++column) print_opened(rows, column, lookup);
  }
  sqlite3_finalize(rows);
  sqlite3_close(file);
}

int main(int argc, char** argv) {
  require(argc >= 3 && sodium_init() >= 0, "beginning");
  if (strcmp(argv[1], "make") == 0 && argc == 4) {
    make(argv[2], atoi(argv[3]));
  } else if (strcmp(argv[1], "get") == 0) {
    get(argv[2], argc - 3, argv + 3, NULL);
  } else if (strcmp(argv[1], "run") == 0 && argc > 3) {
    become(argv[2], argc - 3, argv + 3);
  } else if (strcmp(argv[1], "remove") == 0 && argc == 4) {
    take_out(argv[2], argv[3]);
  } else {
    scan(argv[2], strcmp(argv[1], "export") == 0 ? 2 : 1);
  }
  return 0;
}
