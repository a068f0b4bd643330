// SPDX-License-Identifier: Apache-2.0
#include "cli/words/hint_words.h"

namespace cli {
namespace {

using vault::ErrorCode;
using vault::Remedy;

// Where the library names no way on: what has to be looked at before anything is put in the vault's place.
std::string_view words_for(ErrorCode code) noexcept {
  switch (code) {
    case ErrorCode::damaged_record:
    case ErrorCode::state_mismatch:
      return "`claviger verify --deep` names what is damaged, `claviger repair` gives it up";
    case ErrorCode::vault_missing: return "make one with `claviger init`, or name another with --vault";
    case ErrorCode::not_a_vault: return "name the vault with --vault, or make one with `claviger init`";
    case ErrorCode::wrong_key: return "`claviger help unlocking` lists which keys are tried";
    case ErrorCode::busy: return "try again";
    default: return {};
  }
}

}  // namespace

std::string_view words_for(Remedy remedy) noexcept {
  switch (remedy) {
    case Remedy::none: return {};
    case Remedy::accept_the_old_copy: return "put the newest one back, or accept this one with `claviger vault adopt`";
    case Remedy::change_the_default_agent: return "claviger agent default main";
    case Remedy::choose_another_dialect: return "leave it out, or choose another --dialect";
    case Remedy::choose_which_value_stays: return "import with --on-conflict skip or --on-conflict replace";
    case Remedy::examine_everything: return "`claviger verify --deep` lists all that is damaged";
    case Remedy::find_out_what_counts: return "`claviger verify`, then look whether the change is there";
    case Remedy::keep_the_source_and_examine: return "keep the source, and run `claviger verify --deep`";
    case Remedy::leave_the_write_ahead_log:
      return "as its owner, with no claviger running: `sqlite3 FILE 'PRAGMA journal_mode = DELETE'`";
    case Remedy::list_the_agents: return "claviger agent list";
    case Remedy::list_the_formats: return "`claviger help import` lists them";
    case Remedy::list_the_profiles: return "claviger list";
    case Remedy::name_a_source: return "claviger help import";
    case Remedy::name_another_file_or_overwrite: return "name another file, or say --force";
    case Remedy::name_the_format: return "name the format with --format";
    case Remedy::rate_the_whole_vault: return "claviger doctor";
    case Remedy::try_the_same_again: return "try the same again";
    case Remedy::unlock_with_a_key_of_the_vault: return "unlock with --key-file or a passphrase";
    case Remedy::update_as_the_owner:
      return "run any writing command once as the vault's owner, for example `claviger doctor --fix`";
  }
  return {};
}

std::string hint_of(const vault::Error& error) {
  if (!error.hint().words().empty()) return error.hint().words();
  return std::string(error.hint().empty() ? words_for(error.code()) : words_for(error.hint().remedy()));
}

}  // namespace cli
