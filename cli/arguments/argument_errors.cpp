// SPDX-License-Identifier: Apache-2.0
#include "cli/arguments/argument_errors.h"

#include <algorithm>
#include <array>
#include <vector>

#include "cli/arguments/did_you_mean.h"
#include "vault/base/error.h"

namespace cli {
namespace {

using Kind = Parameter::Kind;

[[noreturn]] void fail(const std::string& message, std::string hint) {
  throw vault::Error(vault::ErrorCode::usage, message, std::move(hint));
}

constexpr std::array<std::string_view, 10> kSecretNames = {
    "--key",    "--api-key",    "--apikey",        "--token",    "--access-token",
    "--secret", "--passphrase", "--refresh-token", "--password", "--pass"};

std::string see_help(std::string_view command) { return "claviger help " + std::string(command); }

bool has_value(std::span<const std::string> words, std::string_view option) {
  if (option.find('=') != option.npos) return option.back() != '=';
  const auto next = std::ranges::find(words, option) + 1;
  return next != words.end() && !next->empty() && next->front() != '-';
}

}  // namespace

void refuse_typed_secret(std::span<const std::string> words, std::string_view option,
                         std::span<const Parameter> known) {
  const auto name = option.substr(0, option.find('='));
  if (std::ranges::find(kSecretNames, name) == kSecretNames.end() || !has_value(words, option)) return;
  const bool reads_stdin = std::ranges::find(known, "--stdin", &Parameter::name) != known.end();
  fail("no secret is taken from the command line: what was typed after " + std::string(name) +
           " is in the shell's history now, and other programs could see it",
       reads_stdin ? "renew that secret where it was made; leave " + std::string(name) +
                         " out to be asked for the new one, or use --stdin or --from-file FILE"
                   : "renew that secret where it was made; `claviger help unlocking` lists how keys are given");
}

void fail_unknown_option(std::string_view word, std::span<const Parameter> known, std::string_view command) {
  const auto name = word.substr(0, word.find('='));
  if (!may_be_repeated(name)) fail("unknown option", see_help(command));
  std::vector<std::string> names;
  for (const auto& parameter : known) {
    if (parameter.name.starts_with('-')) names.push_back(parameter.name);
  }
  const auto meant = nearest(name, names);
  fail("unknown option " + std::string(name), meant ? "did you mean " + *meant + "?" : see_help(command));
}

void fail_too_many(std::span<const Parameter> known, std::string_view command) {
  std::string taken;
  bool has_rest = false;
  bool reads_stdin = false;
  for (const auto& parameter : known) {
    if (parameter.kind == Kind::positional) taken += " " + parameter.name;
    has_rest = has_rest || parameter.kind == Kind::rest;
    reads_stdin = reads_stdin || parameter.name == "--stdin";
  }
  const std::string message =
      "too many arguments: '" + std::string(command) + "' takes" + (taken.empty() ? " none" : taken);
  if (has_rest) fail(message, "put the program and its arguments after --");
  if (reads_stdin)
    fail(message, "a secret is never typed on the command line: leave it out to be asked, or use --stdin");
  fail(message, see_help(command));
}

void fail_missing(const Parameter& parameter, std::string_view command) {
  if (parameter.kind == Kind::rest) fail("nothing to run", "put the program and its arguments after --");
  const std::string name =
      parameter.kind == Kind::option ? parameter.name + " " + parameter.value_name : parameter.name;
  fail("missing " + name, see_help(command));
}

void refuse_two_keys(const GlobalFlags& flags) {
  std::vector<std::string> given;
  if (flags.key_file) given.emplace_back("--key-file");
  if (flags.token_file) given.emplace_back("--token-file");
  if (flags.passphrase_file) given.emplace_back("--passphrase-file");
  if (flags.passphrase_fd) given.emplace_back("--passphrase-fd");
  if (given.size() > 1) fail(given[0] + " and " + given[1] + " are two ways of unlocking", "name one of them");
}

}  // namespace cli
