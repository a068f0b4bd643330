// SPDX-License-Identifier: Apache-2.0
#pragma once
// Memory for SQLite, which takes and gives back thousands of small pieces to read one row: a quarter of what a short
// command does with the C library's allocator. Here a piece is taken from a list of its size, and goes back onto it.
// Nothing secret lies in SQLite's memory (vault/storage/storage.h), so nothing is wiped. Inside the SQLite backend
// only.

namespace vault {

// Once, before SQLite first runs in this process; after that, or where a sanitiser is to watch every piece, nothing
// changes. What the lists hold is not given back to the system while the process lives.
void give_sqlite_its_memory();

}  // namespace vault
