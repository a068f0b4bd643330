// SPDX-License-Identifier: Apache-2.0
#include "vault/model/look_alike.h"

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <utf8proc.h>

#include "vault/base/code_points.h"

namespace vault {
namespace {

struct Freed {
  void operator()(utf8proc_uint8_t* text) const noexcept { std::free(text); }
};

// Normalisation form C; empty for what is not UTF-8.
std::optional<std::string> composed(std::string_view text) {
  utf8proc_uint8_t* raw = nullptr;
  const auto size =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()), static_cast<utf8proc_ssize_t>(text.size()),
                   &raw, static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
  const std::unique_ptr<utf8proc_uint8_t, Freed> owned(raw);
  if (size == UTF8PROC_ERROR_NOMEM) throw std::bad_alloc();
  if (size < 0) return std::nullopt;
  return std::string(reinterpret_cast<const char*>(raw), static_cast<std::size_t>(size));
}

std::string_view flaw_of(CodePoint point) noexcept {
  if (!point.valid) return "is not UTF-8";
  if (is_control(point.value)) return "has a control character in it";
  if (is_invisible(point.value)) return "has an invisible character in it";
  if (is_blank(point.value) && point.value != ' ') return "has a blank in it that is not the plain one";
  return {};
}

}  // namespace

std::string_view flaw_of_id(std::string_view id) noexcept {
  if (id.starts_with(' ') || id.ends_with(' ')) return "begins or ends with a blank";
  while (!id.empty()) {
    const auto point = first_code_point(id);
    if (const auto flaw = flaw_of(point); !flaw.empty()) return flaw;
    id.remove_prefix(point.size);
  }
  return {};
}

bool look_alike(std::string_view one, std::string_view other) {
  if (one == other) return true;
  const auto left = composed(one);
  return left && left == composed(other);
}

bool may_have_a_double(std::string_view id) noexcept {
  // Of ASCII only these three have equivalents: the Kelvin sign, the Greek question mark and the Greek varia.
  return std::ranges::any_of(
      id, [](char c) { return static_cast<unsigned char>(c) >= 0x80 || c == 'K' || c == ';' || c == '`'; });
}

}  // namespace vault
