// SPDX-License-Identifier: Apache-2.0
#include "cli/unlocking/paths.h"

#include <unistd.h>

#include "cli/arguments/arguments.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/unlocking/host_copies.h"
#include "cli/words/json_output.h"

namespace cli {
namespace {

bool is_there(const std::optional<std::filesystem::path>& path) { return path && ::access(path->c_str(), F_OK) == 0; }

std::string words(const std::optional<std::filesystem::path>& path) {
  if (!path) return "(no home folder)";
  return display_safe(path->string()) + (is_there(path) ? "" : "  (not there)");
}

Json text_or_null(const std::optional<std::filesystem::path>& path) {
  return path ? Json(path->string()) : Json(nullptr);
}

struct Paths final : Action {
  void declare(Arguments& arguments) override;
  ExitCode run(Context& context) override;
};

void Paths::declare(Arguments& arguments) {
  arguments.about("Prints where the vault, its default key file and this host's state are. Opens nothing.");
}

ExitCode Paths::run(Context& context) {
  const auto vault = context.vault_file();
  const auto words_of_vault = vault ? words(vault) : display_safe(display_of(context.vault_place()));
  const auto key = default_key_file(context.environment());
  const auto state = state_folder(context.environment());
  const auto copies = HostCopies::folder_of(context);
  if (!context.flags().json) {
    context.out().write("vault     " + words_of_vault + "\nkey file  " + words(key) + "\nstate     " + words(state) +
                        "\n" + (copies ? "copies    " + words(copies->path()) + "\n" : ""));
    return ExitCode::done;
  }
  Json document = json_document();
  document["vault"] = display_of(context.vault_place());
  document["vaultExists"] = vault ? Json(is_there(vault)) : Json(nullptr);  // a server is not asked
  document["keyFile"] = text_or_null(key);
  document["keyFileExists"] = is_there(key);
  document["state"] = text_or_null(state);
  if (copies) document["copies"] = copies->path().string();
  print_json(context.out(), document);
  return ExitCode::done;
}

}  // namespace

std::unique_ptr<Action> make_paths() { return std::make_unique<Paths>(); }

}  // namespace cli
