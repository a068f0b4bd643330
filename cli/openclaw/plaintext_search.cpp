// SPDX-License-Identifier: Apache-2.0
#include "cli/openclaw/plaintext_search.h"

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

std::vector<vault::SecretString> spellings_of(std::span<const vault::SecretString* const> secrets) {
  std::vector<vault::SecretString> spellings;
  for (const auto* const secret : secrets) {
    if (secret->size() < kShortestSecret) continue;
    auto json = in_json(*secret);
    if (!json.same_as(*secret)) spellings.push_back(std::move(json));
    spellings.push_back(secret->clone());
  }
  return spellings;
}

bool holds_any(const std::filesystem::path& path, const std::vector<vault::SecretString>& spellings) {
  try {
    const auto bytes = vault::read_secret_file(path, kLargestFile, vault::Links::refuse, vault::Privacy::any);
    const auto text = vault::text_of(bytes.reveal());
    return std::ranges::any_of(spellings, [&](const auto& spelling) { return text.find(spelling.reveal()) != text.npos; });
  } catch (const vault::Error&) {
    return false;
  }
}

}  // namespace

std::vector<std::filesystem::path> files_with(std::span<const vault::SecretString* const> secrets,
                                              const std::filesystem::path& folder) {
  namespace fs = std::filesystem;
  const auto spellings = spellings_of(secrets);
  std::vector<fs::path> found;
  std::error_code error;
  fs::recursive_directory_iterator entry(folder, fs::directory_options::skip_permission_denied, error);
  for (const fs::recursive_directory_iterator end; !error && entry != end; entry.increment(error)) {
    std::error_code unknown;
    const bool is_file = entry->symlink_status(unknown).type() == fs::file_type::regular;
    if (is_file && holds_any(entry->path(), spellings)) found.push_back(entry->path());
  }
  std::ranges::sort(found);
  return found;
}

}  // namespace cli
