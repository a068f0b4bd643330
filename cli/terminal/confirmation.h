// SPDX-License-Identifier: Apache-2.0
#pragma once
// Asking before something is gone.

#include <string>

namespace cli {

class Surroundings;

// Returns when the name was typed again; cancelled otherwise, usage (naming --yes) when nobody can be asked.
void confirm_removal(const Surroundings& around, const std::string& name, const std::string& what);

}  // namespace cli
