// SPDX-License-Identifier: Apache-2.0
#include "cli/describe/man_page.h"

#include "cli/arguments/arguments.h"
#include "cli/build_info.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "vault/base/error.h"

namespace cli {
namespace {

// For the build, which writes the pages. Without a name: which ones there are.
struct ManPage final : Action {
  explicit ManPage(std::span<const Command> commands) : table(commands) {}

  std::span<const Command> table;
  std::optional<std::string> page;
  std::optional<std::string> date;

  void declare(Arguments& arguments) override;
  ExitCode run(Context& context) override;
};

void ManPage::declare(Arguments& arguments) {
  arguments.positional("PAGE", page, "such as claviger-add.1; without it: the names of all")
      .option("--date", "DATE", &date, "the date that the page shows")
      .never_asks();
}

ExitCode ManPage::run(Context& context) {
  if (!page) {
    for (const auto& name : man_pages(table)) context.out().write(name + "\n");
    return ExitCode::done;
  }
  const auto version = version_number();
  const auto text = man_page(table, *page, {version, date.value_or("")});
  if (!text) throw vault::Error(vault::ErrorCode::usage, "no such page");
  context.out().write(*text);
  return ExitCode::done;
}

}  // namespace

std::unique_ptr<Action> make_man_page_for(std::span<const Command> table) { return std::make_unique<ManPage>(table); }

}  // namespace cli
