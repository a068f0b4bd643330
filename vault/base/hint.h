// SPDX-License-Identifier: Apache-2.0
#pragma once
// What would help somebody who met an error. Where the way on is a command, the library does not know its name: it
// names a Remedy, and whoever speaks to people puts that in the words of their own commands.

#include <string>
#include <utility>

namespace vault {

enum class Remedy {
  none,
  accept_the_old_copy,          // or put the newest file back
  change_the_default_agent,     // what is the default cannot be removed
  choose_another_dialect,       // or leave the variable out
  choose_which_value_stays,     // two values for one name, and no rule which of them counts
  examine_everything,           // whatever is damaged, not the first damage alone
  find_out_what_counts,         // nobody answered whether the last change was kept
  keep_the_source_and_examine,  // what was written reads back differently
  leave_the_write_ahead_log,    // the file was switched to one
  list_the_agents,              // the one that was named is not there
  list_the_formats,
  list_the_profiles,
  name_a_source,  // to import from
  name_another_file_or_overwrite,
  name_the_format,  // it cannot be recognised
  rate_the_whole_vault,
  try_the_same_again,              // it is known that the last change does not count
  unlock_with_a_key_of_the_vault,  // an agent's token does not suffice
  update_as_the_owner,             // the schema is an older program's
};
inline constexpr int kRemedies = int(Remedy::update_as_the_owner) + 1;

// Words that hold for every caller, or a remedy, or nothing.
class Hint {
 public:
  Hint() = default;
  Hint(Remedy remedy) noexcept : remedy_(remedy) {}
  Hint(std::string words) noexcept : words_(std::move(words)) {}
  Hint(const char* words) : words_(words) {}

  bool empty() const noexcept { return words_.empty() && remedy_ == Remedy::none; }
  const std::string& words() const noexcept { return words_; }  // empty where there is a remedy
  Remedy remedy() const noexcept { return remedy_; }

 private:
  std::string words_;
  Remedy remedy_ = Remedy::none;
};

}  // namespace vault
