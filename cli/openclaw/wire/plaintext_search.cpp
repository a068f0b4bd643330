// SPDX-License-Identifier: Apache-2.0
#include "cli/openclaw/wire/plaintext_search.h"

#include <algorithm>
#include <system_error>

#include "import/json/json_writer.h"
#include "vault/base/encoding.h"
#include "vault/base/error.h"
#include "vault/crypto/secret_file.h"

namespace cli {
namespace {

constexpr std::size_t kLargestFile = std::size_t{256} << 20;
constexpr std::size_t kShortestSecret = 8;

// The characters between the quotes of its JSON string.
vault::SecretString in_json(const vault::SecretString& secret) {
  formats::SecretText text;
  formats::JsonWriter writer(text.sink(), formats::JsonLayout::compact);
  writer.string(secret.reveal());
  writer.finish();
  const auto quoted = text.take();
  return vault::SecretString::copy_of(quoted.reveal().substr(1, quoted.size() - 2));
}

enum class Look { found, clean, impossible };

Look look_into(const std::filesystem::path& path, const KnownSecrets& secrets) {
  try {
    const auto bytes = vault::read_secret_file(path, kLargestFile, vault::Links::refuse, vault::Privacy::any);
    return secrets.any_in(vault::text_of(bytes.reveal())) ? Look::found : Look::clean;
  } catch (const vault::Error& error) {
    return error.code() == vault::ErrorCode::not_found ? Look::clean : Look::impossible;  // gone since it was listed
  }
}

void search(const std::filesystem::path& folder, const KnownSecrets& secrets, SearchResult& result) {
  namespace fs = std::filesystem;
  std::error_code error;
  std::vector<fs::path> folders;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    std::error_code unknown;
    const auto type = entry->symlink_status(unknown).type();
    if (type == fs::file_type::directory) folders.push_back(entry->path());
    if (type != fs::file_type::regular) continue;
    const auto look = look_into(entry->path(), secrets);
    if (look == Look::found) result.found.push_back(entry->path());
    if (look == Look::impossible) result.not_searched.push_back(entry->path());
  }
  if (error) result.not_searched.push_back(folder);
  for (const auto& inner : folders) search(inner, secrets, result);
}

}  // namespace

KnownSecrets::KnownSecrets(std::span<const vault::SecretString* const> secrets) {
  for (const auto* const secret : secrets) {
    if (secret->size() < kShortestSecret) continue;
    auto json = in_json(*secret);
    if (!json.same_as(*secret)) spellings_.push_back(std::move(json));
    spellings_.push_back(secret->clone());
  }
}

bool KnownSecrets::any_in(std::string_view text) const {
  return std::ranges::any_of(spellings_,
                             [&](const auto& spelling) { return text.find(spelling.reveal()) != text.npos; });
}

SearchResult files_with(const KnownSecrets& secrets, const std::filesystem::path& folder) {
  SearchResult result;
  search(folder, secrets, result);
  std::ranges::sort(result.found);
  std::ranges::sort(result.not_searched);
  return result;
}

}  // namespace cli
