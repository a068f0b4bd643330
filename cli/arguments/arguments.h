// SPDX-License-Identifier: Apache-2.0
#pragma once
// The words after a command's name. A command declares what it takes and finds its variables filled once parse() has
// returned; the global flags are declared already. Every refusal is an Error{usage} in our own words that names the
// option or the argument, never a value: somebody may have typed a secret there. Options are written --name VALUE or
// --name=VALUE; "--" ends them; "-" alone is an argument.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "cli/arguments/global_flags.h"

namespace cli {

// What a command takes, for its help, the man page and the completions.
struct Parameter {
  enum class Kind { positional, option, flag, rest };
  // Filled by parse(). string: required. optional and vector: not. The others keep their first value as the default.
  using Target = std::variant<bool*, std::string*, std::optional<std::string>*, std::vector<std::string>*,
                              std::int64_t*, std::optional<std::int64_t>*>;
  Kind kind;
  std::string name;        // "--provider", or "PROFILE-ID" for a positional
  std::string value_name;  // "P"; empty for a flag
  std::string help;
  std::vector<std::string> choices;  // empty: anything
  Target target;
  bool global = false;
  std::string short_name = {};  // "-j"; empty: none
  bool needed = false;          // the command asks for it by itself: for the help, it is required

  bool required() const noexcept { return needed || std::holds_alternative<std::string*>(target); }
  bool repeatable() const noexcept { return std::holds_alternative<std::vector<std::string>*>(target); }
  bool takes_value() const noexcept { return kind != Kind::flag; }
};

struct Description {
  std::string command;
  std::string summary;
  std::vector<std::string> paragraphs;
  std::vector<std::string> examples;
  std::vector<Parameter> parameters;  // positionals first, then options in the order of declaration, global ones last
  unsigned ends = 0;                  // Ends of command.h, as the table has them
};

class Arguments {
 public:
  Arguments(std::string_view command, std::string_view summary, std::vector<std::string> words = {});
  Arguments(const Arguments&) = delete;
  Arguments& operator=(const Arguments&) = delete;

  // Words for the help only.
  Arguments& about(std::string_view paragraph);
  Arguments& example(std::string_view line);

  // Arguments without a dash, in the order of their declaration. A vector takes all that are left and comes last.
  Arguments& positional(std::string_view name, std::string& into, std::string_view help);
  Arguments& positional(std::string_view name, std::optional<std::string>& into, std::string_view help);
  Arguments& positional(std::string_view name, std::vector<std::string>& into, std::string_view help);

  // A std::string must be given, an optional may be, a vector's option may be repeated (values are not split at
  // commas), an int64 keeps the value it has when the option is absent.
  Arguments& option(std::string_view name, std::string_view value_name, Parameter::Target into, std::string_view help);
  // The argument that was declared last takes one of these words only.
  Arguments& one_of(std::vector<std::string> words);
  // An option that takes one of these words only.
  Arguments& choice(std::string_view name, std::string_view value_name, std::vector<std::string> words,
                    Parameter::Target into, std::string_view help);
  Arguments& flag(std::string_view name, bool& into, std::string_view help);

  // What was declared last has to be given, although its type says that it may be absent: the command says so itself
  // when it is not there. For the help only.
  Arguments& needed();

  // All words behind "--", verbatim; at least one is required.
  Arguments& rest(std::string_view name, std::vector<std::string>& into, std::string_view help);

  // What many commands take, each declared in one place.
  Arguments& dry_run(bool& into);
  Arguments& yes(bool& into);
  template <typename Bundle>  // anything with declare(Arguments&)
  Arguments& with(Bundle& bundle) {
    bundle.declare(*this);
    return *this;
  }
  // The command never asks, whatever the flags and the terminal say.
  Arguments& never_asks();

  // --help or -h stands among the words, before a "--".
  bool ask_for_help() const;
  void parse();

  // The global flags; their defaults until parse() has returned.
  const GlobalFlags& global() const noexcept { return global_; }

  // True when the option, flag or argument was given. Throws internal for a name that was never declared.
  bool given(std::string_view name) const;

  Description describe() const;

 private:
  Arguments& add(Parameter parameter);
  void declare_global_flags();
  void fill_positionals(std::vector<std::string> words, std::optional<std::vector<std::string>> behind);
  void require_all() const;

  std::string command_;
  std::string summary_;
  std::vector<std::string> words_;
  GlobalFlags global_;
  std::vector<std::string> paragraphs_;
  std::vector<std::string> examples_;
  std::vector<Parameter> parameters_;
  std::vector<std::string> given_;
};

}  // namespace cli
