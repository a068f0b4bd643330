// SPDX-License-Identifier: Apache-2.0
#include "vault/storage/place.h"

#include <algorithm>

#include "vault/base/error.h"

namespace vault {
namespace {

constexpr std::string_view kSchemes[] = {"postgres://", "postgresql://"};
constexpr std::size_t kLongestSchema = 48;

std::size_t scheme_length(std::string_view text) noexcept {
  for (const auto scheme : kSchemes) {
    if (text.starts_with(scheme)) return scheme.size();
  }
  return 0;
}

[[noreturn]] void refuse(const std::string& why, const char* hint = "") { throw Error(ErrorCode::usage, why, hint); }

bool is_schema(std::string_view name) {
  const auto lower = [](char c) { return c >= 'a' && c <= 'z'; };
  const auto fits = [&](char c) { return lower(c) || (c >= '0' && c <= '9') || c == '_'; };
  return !name.empty() && name.size() <= kLongestSchema && lower(name.front()) && std::ranges::all_of(name, fits);
}

// Between the scheme and the first '/' or '?': users and hosts. libpq takes an '@' further on for part of a name; here
// it is refused, because it may as well be the end of a password that holds a '/'.
void judge_authority(std::string_view rest) {
  const auto authority = rest.substr(0, rest.find_first_of("/?"));
  const auto at = authority.find('@');
  if (std::ranges::count(rest, '@') > (at == std::string_view::npos ? 0 : 1)) {
    refuse("an '@' in the vault's place stands where none may", "inside a name or a value write it as %40");
  }
  if (at != std::string_view::npos && authority.substr(0, at).find(':') != std::string_view::npos) {
    refuse(
        "a password does not belong into the vault's place: whoever lists processes or reads a shell's history has it",
        "leave it out there; ~/.pgpass or a client certificate does the same");
  }
}

}  // namespace

bool names_postgres(std::string_view text) noexcept { return scheme_length(text) > 0; }

PostgresPlace parse_postgres_place(std::string_view text) {
  const auto scheme = scheme_length(text);
  if (scheme == 0) refuse("not a place on PostgreSQL: it begins with postgres://");
  if (text.size() > kLongestPlace) refuse("the vault's place is too long: at most 2048 bytes");
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x21 || c == 0x7f; };
  if (std::ranges::any_of(text, is_control)) {
    refuse("the vault's place holds a blank or a control character", "inside a name or a value write a blank as %20");
  }
  const auto hash = text.find('#');
  const auto connection = text.substr(0, hash);
  judge_authority(connection.substr(scheme));
  const auto schema = hash == std::string_view::npos ? std::string_view("claviger") : text.substr(hash + 1);
  if (!is_schema(schema)) {
    refuse("what follows the '#' in the vault's place is no schema's name",
           "a small letter, then at most 47 more small letters, digits and '_'");
  }
  return {std::string(connection), std::string(schema)};
}

std::string display_of(const PostgresPlace& place) {
  return place.connection.substr(0, place.connection.find('?')) + '#' + place.schema;
}

std::string display_of(const VaultPlace& place) {
  const auto* const file = file_of(place);
  return file != nullptr ? file->string() : display_of(std::get<PostgresPlace>(place));
}

std::string as_typed(const VaultPlace& place) {
  if (const auto* const file = file_of(place)) return file->string();
  const auto& server = std::get<PostgresPlace>(place);
  return server.connection + '#' + server.schema;
}

const std::filesystem::path* file_of(const VaultPlace& place) noexcept {
  return std::get_if<std::filesystem::path>(&place);
}

}  // namespace vault
