// SPDX-License-Identifier: Apache-2.0
#include "cli/command_table.h"

int main(int argc, char** argv) {
  auto environment = cli::Environment::of_process();
  return cli::run(argc, argv, environment, cli::product());
}
