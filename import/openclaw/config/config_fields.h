// SPDX-License-Identifier: Apache-2.0
#pragma once
// The fields of openclaw.json that can hold a reference in the place of a secret. Which they are is OpenClaw's to say:
// known() is what its versions 2026.4.29 and 2026.9.6 say together, from_matrix() what an installed one says.
//
// Being on the list is not enough for `openclaw secrets apply`: it refuses fields of plugins that are not there, and
// with one refused field the whole plan. (2026.9.6 alone knows 39 of its 116; `openclaw config set` takes them all.)

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "import/openclaw/config/config_path.h"

namespace formats {

struct ConfigField {
  ConfigSegments pattern;  // a name, "*" for any member, or "[]" for any element of an array
  std::string type;        // what a plan of `openclaw secrets apply` calls a target here; both generations know it
  std::string ref_member;  // the member beside it that takes the reference; empty: the field itself takes it
};

class ConfigFields {
 public:
  static const ConfigFields& known();

  // From a package's docs/reference/secretref-user-supplied-credentials-matrix.json. Entries for other files, and
  // members it does not know, are passed over. Throws bad_input for what is no such list: not JSON, larger than 1 MiB,
  // without entries for openclaw.json, more than 4096 of them, a path of more than 32 segments or 1024 bytes.
  // bad_input, too, for a field that is no secret's: any member of the file, and what stands below `secrets`.
  static ConfigFields from_matrix(std::string_view json);

  // Ours and, beside them, those of an installed OpenClaw's list, without the ones that its list excludes by name:
  // these it makes and renews itself. What both have is taken as ours has it, the place of the reference included.
  static ConfigFields known_and(const ConfigFields& installed);

  // The first field whose pattern fits the segments whole; null when none does. An element's segment is its number in
  // decimal digits. Lives as long as this list, also when it is moved.
  const ConfigField* match(const ConfigSegments& segments) const;

  // In the order of their patterns.
  std::span<const ConfigField> all() const noexcept { return fields_; }

 private:
  void add(std::string_view path, std::string_view ref_member);
  void sort();

  bool excludes(const ConfigField& field) const;

  std::vector<ConfigField> fields_;
  std::vector<ConfigSegments> excluded_;
};

// models.providers.<provider>.apiKey, where OpenClaw also takes the id of a profile and the name of a variable.
bool is_model_key(const ConfigField& field);
// channels.googlechat.serviceAccount and its accounts': a text, or the object that stands in it.
bool is_account_object(const ConfigField& field);
// models.providers.<provider>.headers.<name> and the same below request.
bool is_header(const ConfigField& field);

}  // namespace formats
