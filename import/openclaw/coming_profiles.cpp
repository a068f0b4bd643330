// SPDX-License-Identifier: Apache-2.0
#include "import/openclaw/coming_profiles.h"

#include <string>

#include "import/openclaw/entry.h"
#include "vault/base/encoding.h"

namespace formats {
namespace {

constexpr std::size_t kForgottenAtOnce = std::size_t{1} << 20;  // bytes of the text

class FromText final : public vault::ComingProfiles {
 public:
  FromText(vault::SecretPages& text, const JsonStretch& profiles, std::size_t count)
      : profiles_(profiles),
        begin_(static_cast<std::size_t>(profiles.text.data() - vault::text_of(text.reveal()).data())),
        count_(count),
        text_(std::move(text)) {}

  std::size_t count() const noexcept override { return count_; }

  std::set<std::string_view> those_among(const std::set<std::string_view>& ids) const override {
    std::set<std::string_view> found;
    std::vector<vault::ImportWarning> known;
    StoreProfiles profiles(profiles_);
    while (const auto draft = profiles.next(known)) {
      known.clear();
      if (const auto id = ids.find(draft->sheet.id.text()); id != ids.end()) found.insert(*id);
    }
    return found;
  }

  void hand_over(const std::function<void(const vault::ProfileDraft&)>& take) override {
    std::vector<vault::ImportWarning> known;
    std::size_t forgotten = 0;
    {
      StoreProfiles profiles(profiles_);
      while (const auto draft = profiles.next(known)) {
        known.clear();
        take(*draft);
        if (profiles.offset() - forgotten < kForgottenAtOnce) continue;
        forgotten = profiles.offset();
        text_.forget_front(begin_ + forgotten);
      }
    }
    text_ = {};
  }

 private:
  JsonStretch profiles_;
  std::size_t begin_;
  std::size_t count_;
  vault::SecretPages text_;
};

}  // namespace

std::optional<vault::ProfileDraft> StoreProfiles::next(std::vector<vault::ImportWarning>& warnings) {
  while (const auto entry = elements_.next()) {
    const std::string number = listed_ ? std::to_string(index_++) : std::string();
    auto draft = read_openclaw_entry(listed_ ? std::string_view(number) : entry->name(), *entry, {}, warnings);
    if (draft) return draft;
  }
  return std::nullopt;
}

std::unique_ptr<vault::ComingProfiles> coming_profiles(vault::SecretPages& text, const JsonStretch& profiles,
                                                       std::size_t count) {
  return std::make_unique<FromText>(text, profiles, count);
}

}  // namespace formats
