// SPDX-License-Identifier: Apache-2.0
#include "cli/openclaw/unwire/gentle_steps.h"

#include <optional>

#include "cli/openclaw/config/patch_tree.h"
#include "vault/base/encoding.h"
#include "vault/crypto/secret_file.h"

namespace cli {
namespace {

constexpr std::size_t kTooSmallToMatter = 512;  // bytes; OpenClaw's own rule, as is the half
constexpr std::size_t kMargin = 64;             // for the marks that it leaves in the file itself

class Scales {
 public:
  Scales(formats::JsonValue document, std::size_t bytes) : document_(document), bytes_(bytes) {}

  bool bear(const UnwiringPatch& patch) const {
    return bytes_ < kTooSmallToMatter || 2 * size(patch) >= bytes_ + kMargin;
  }
  bool gets_smaller(const UnwiringPatch& patch) const { return size(patch) < size({}); }

 private:
  std::size_t size(const UnwiringPatch& patch) const { return size_with(document_, tree_of(patch)); }
  formats::JsonValue document_;
  std::size_t bytes_;
};

std::optional<UnwiringPatch> some_fields(const UnwiringPatch& whole, const Scales& scales) {
  UnwiringPatch part{whole.fields, {}};
  while (part.fields.size() > 1 && !scales.bear(part)) part.fields.resize(part.fields.size() / 2);
  return whole.fields.empty() || !scales.bear(part) ? std::nullopt : std::optional(std::move(part));
}

std::optional<UnwiringPatch> some_providers(const UnwiringPatch& whole, const Scales& scales) {
  UnwiringPatch part{{}, whole.providers};
  while (part.providers.size() > 1 && !scales.bear(part)) part.providers.pop_back();
  return part.providers.empty() || !scales.bear(part) ? std::nullopt : std::optional(std::move(part));
}

std::optional<UnwiringPatch> less_of_a_provider(const UnwiringPatch& whole, const Scales& scales) {
  if (whole.providers.empty()) return std::nullopt;
  UnwiringPatch without_options, without_words;
  without_options.without_options = without_words.without_words = whole.providers.front();
  without_words.vault = whole.vault;
  if (scales.gets_smaller(without_options) && scales.bear(without_options)) return without_options;
  if (scales.gets_smaller(without_words) && scales.bear(without_words)) return without_words;
  return std::nullopt;
}

}  // namespace

UnwiringPatch next_step(const UnwiringPatch& whole, const std::filesystem::path& config) {
  const auto bytes = vault::read_secret_file(config, formats::kLargestJson, vault::Links::follow, vault::Privacy::any);
  const auto text = vault::text_of(bytes.reveal());
  const formats::JsonDocument document(text, formats::JsonDialect::json5);
  const Scales scales(document.root(), text.size());
  if (scales.bear(whole)) return whole;
  if (auto part = some_fields(whole, scales)) return std::move(*part);
  if (auto part = some_providers(whole, scales)) return std::move(*part);
  if (auto part = less_of_a_provider(whole, scales)) return std::move(*part);
  return whole;
}

}  // namespace cli
