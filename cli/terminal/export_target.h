// SPDX-License-Identifier: Apache-2.0
#pragma once
// Where an export goes: standard output, or a file that appears whole or not at all.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/terminal/output.h"
#include "vault/base/atomic_file.h"

namespace cli {

class Surroundings;

enum class ExportHolds { secrets, references };
enum class Rehearsal { no, yes };  // yes: everything is judged, and nothing written

struct ExportPlace {
  std::optional<std::string> path;  // empty: standard output
  vault::Existing existing = vault::Existing::refuse;
  ExportHolds holds = ExportHolds::secrets;
  Rehearsal rehearsal = Rehearsal::no;
};

class ExportTarget {
 public:
  // already_exists, unsafe_file and io as AtomicFile; warns when the file would lie in a version-controlled folder.
  ExportTarget(const Surroundings& around, ExportPlace place);
  std::function<void(std::string_view)> sink();
  // To a file: makes it appear. To standard output nothing is written before, so that a refusal leaves nothing behind;
  // of more than 32 MiB the front goes out as it comes, for what must be judged as a whole was judged before the first
  // byte, and a secret that cannot be written then ends the command with its error and a document cut short.
  void commit();

 private:
  void hold(std::string_view bytes);
  void let_go();
  void tell() const;

  const Surroundings& around_;
  ExportPlace place_;
  std::unique_ptr<vault::AtomicFile> file_;
  std::vector<vault::SecretString> held_;
  std::size_t held_size_ = 0;
};

}  // namespace cli
