// SPDX-License-Identifier: Apache-2.0
#include "vault/policy/provider_variables.h"

#include <algorithm>

#include "vault/policy/variable_table.h"

namespace vault {
namespace {

std::span<const std::string_view> names_of(const VariableRow& row) noexcept {
  const auto end = std::find(row.names.begin(), row.names.end(), std::string_view());
  return {row.names.begin(), end};
}

const VariableRow* row_of(std::string_view provider_key) noexcept {
  for (const auto& row : kVariableTable) {
    if (row.provider == provider_key) return &row;
  }
  return nullptr;
}

std::string_view login_name_of(const VariableRow& row) noexcept {
  for (const auto name : names_of(row)) {
    if (name.ends_with("_OAUTH_TOKEN")) return name;
  }
  return row.names[row.key_at];
}

char variable_character(char c) {
  if (c >= 'a' && c <= 'z') return char(c - 'a' + 'A');
  const bool kept = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  return kept ? c : '_';
}

}  // namespace

std::vector<std::string_view> providers_with_variables() {
  std::vector<std::string_view> providers;
  for (const auto& row : kVariableTable) providers.push_back(row.provider);
  return providers;
}

std::span<const std::string_view> variables_of(std::string_view provider_key) noexcept {
  const auto* row = row_of(provider_key);
  return row == nullptr ? std::span<const std::string_view>() : names_of(*row);
}

std::string primary_variable(std::string_view provider_key, CredentialKind kind) {
  if (const auto* row = row_of(provider_key)) {
    return std::string(kind == CredentialKind::api_key ? row->names[row->key_at] : login_name_of(*row));
  }
  std::string name(provider_key);
  std::transform(name.begin(), name.end(), name.begin(), variable_character);
  return name + "_API_KEY";
}

bool is_asked_for_by_name(std::string_view provider_key) noexcept {
  return provider_key.starts_with("git:") || provider_key.starts_with("docker:");
}

std::optional<std::string_view> provider_of_variable(std::string_view name) noexcept {
  if (name.empty()) return std::nullopt;
  for (const auto& row : kVariableTable) {
    if (row.names[row.key_at] == name) return row.provider;
  }
  for (std::size_t place = 0; place < kVariableTable[0].names.size(); ++place) {
    for (const auto& row : kVariableTable) {
      if (row.names[place] == name) return row.provider;
    }
  }
  return std::nullopt;
}

}  // namespace vault
