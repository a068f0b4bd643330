// SPDX-License-Identifier: Apache-2.0
#include "cli/build_info.h"

#include <link.h>
#include <nlohmann/json.hpp>

#include "cli/arguments/option_reader.h"
#include "cli/process/hardening.h"
#include "cli/words/json_output.h"

namespace cli {
namespace {

bool bound_at_start(const ElfW(Dyn) * entry) {
  for (; entry->d_tag != DT_NULL; ++entry) {
    if (entry->d_tag == DT_BIND_NOW) return true;
    if (entry->d_tag == DT_FLAGS && (entry->d_un.d_val & DF_BIND_NOW) != 0) return true;
    if (entry->d_tag == DT_FLAGS_1 && (entry->d_un.d_val & DF_1_NOW) != 0) return true;
  }
  return false;
}

// Called for the executable first; the answer 1 ends the walk before any library.
int read_headers(struct dl_phdr_info* info, std::size_t, void* into) {
  auto& report = *static_cast<ExecutableReport*>(into);
  // Only what was moved from the address it was linked for can have been placed at random.
  report.position_independent = info->dlpi_addr != 0;
  report.statically_linked = true;
  bool has_dynamic_part = false;
  for (int i = 0; i < info->dlpi_phnum; ++i) {
    const auto& header = info->dlpi_phdr[i];
    if (header.p_type == PT_INTERP) report.statically_linked = false;
    if (header.p_type == PT_GNU_RELRO) report.read_only_relocations = true;
    if (header.p_type == PT_GNU_STACK) report.stack_not_executable = (header.p_flags & PF_X) == 0;
    if (header.p_type != PT_DYNAMIC) continue;
    has_dynamic_part = true;
    report.bound_at_start = bound_at_start(reinterpret_cast<const ElfW(Dyn)*>(info->dlpi_addr + header.p_vaddr));
  }
  // Without a dynamic part nothing is left to be bound later.
  if (!has_dynamic_part) report.bound_at_start = true;
  return 1;
}

Json libraries() {
  return {{"libsodium", CLAVIGER_SODIUM_VERSION},
          {"sqlite", CLAVIGER_SQLITE_VERSION},
          {"SQLiteCpp", CLAVIGER_SQLITECPP_VERSION},
          {"nlohmann_json", std::to_string(NLOHMANN_JSON_VERSION_MAJOR) + "." +
                                std::to_string(NLOHMANN_JSON_VERSION_MINOR) + "." +
                                std::to_string(NLOHMANN_JSON_VERSION_PATCH)}};
}

Json executable() {
  const auto report = examine_executable();
  return {{"positionIndependent", report.position_independent},
          {"readOnlyRelocations", report.read_only_relocations},
          {"boundAtStart", report.bound_at_start},
          {"stackNotExecutable", report.stack_not_executable},
          {"stackProtector", report.stack_protector},
          {"fortified", report.fortified},
          {"staticallyLinked", report.statically_linked}};
}

Json process() {
  const auto report = examine_process();
  return {{"coreDumpsOff", report.core_dumps_off}, {"notDumpable", report.not_dumpable}};
}

}  // namespace

ExecutableReport examine_executable() {
  ExecutableReport report;
  ::dl_iterate_phdr(read_headers, &report);
#if defined(__SSP_STRONG__) || defined(__SSP_ALL__) || defined(__SSP__)
  report.stack_protector = true;
#endif
#if defined(_FORTIFY_SOURCE) && _FORTIFY_SOURCE > 0
  report.fortified = true;
#endif
  return report;
}

std::string version_number() { return CLAVIGER_VERSION; }

std::string version_line() { return "claviger " CLAVIGER_VERSION; }

std::string version_json() {
  Json document = json_document();
  document.update({{"version", CLAVIGER_VERSION},
                   {"compiler", __VERSION__},
                   {"libraries", libraries()},
                   {"executable", executable()},
                   {"process", process()}});
  return json_text(document, JsonLines::one);
}

}  // namespace cli
