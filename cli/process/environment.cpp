// SPDX-License-Identifier: Apache-2.0
#include "cli/process/environment.h"

#include <cstdlib>
#include <unistd.h>
#include <utility>

namespace cli {
namespace {

Environment::Variable split(std::string_view entry) {
  const auto equals = entry.find('=');
  if (equals == std::string_view::npos) return {entry, {}};
  return {entry.substr(0, equals), entry.substr(equals + 1)};
}

std::optional<vault::SecretString> take_from_process(const std::string& name) {
  char* const value = std::getenv(name.c_str());
  if (value == nullptr) return std::nullopt;
  const std::string_view text(value);
  auto secret = vault::SecretString::copy_of(text);
  // unsetenv() only forgets the pointer; the bytes stay where exec put them until they are overwritten.
  vault::wipe(value, text.size());
  ::unsetenv(name.c_str());
  return secret;
}

}  // namespace

Environment Environment::of_process() { return {}; }

Environment Environment::containing(std::map<std::string, std::string> variables) {
  Environment environment;
  environment.injected_ = std::move(variables);
  return environment;
}

std::optional<std::string_view> Environment::get(std::string_view name) const {
  std::string_view value;
  if (injected_) {
    const auto found = injected_->find(std::string(name));
    if (found != injected_->end()) value = found->second;
  } else if (const char* const text = std::getenv(std::string(name).c_str())) {
    value = text;
  }
  if (value.empty()) return std::nullopt;
  return value;
}

std::optional<vault::SecretString> Environment::take_secret(std::string_view name) {
  if (!injected_) {
    auto secret = take_from_process(std::string(name));
    if (secret && secret->empty()) secret.reset();
    return secret;
  }
  const auto found = injected_->find(std::string(name));
  if (found == injected_->end() || found->second.empty()) return std::nullopt;
  auto secret = vault::SecretString::copy_of(found->second);
  vault::wipe(found->second.data(), found->second.size());
  injected_->erase(found);
  return secret;
}

std::vector<Environment::Variable> Environment::variables() const {
  std::vector<Variable> all;
  if (injected_) {
    for (const auto& [name, value] : *injected_) all.push_back({name, value});
    return all;
  }
  for (char** entry = ::environ; entry != nullptr && *entry != nullptr; ++entry) all.push_back(split(*entry));
  return all;
}

}  // namespace cli
