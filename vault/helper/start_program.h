// SPDX-License-Identifier: Apache-2.0
#pragma once
// The fork and the exec of a helper program. For helper_process alone.

#include <string_view>
#include <sys/types.h>
#include <vector>

#include "vault/helper/helper_program.h"

namespace vault {

// io when the system grants no process. One that cannot become the program ends with 127, unheard.
pid_t start_program(const HelperProgram& program, int socket, const std::vector<std::string_view>& variables);

}  // namespace vault
