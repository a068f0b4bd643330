// SPDX-License-Identifier: Apache-2.0
#pragma once
// Variables that steer a program instead of informing it: they load code, choose programs or change how a shell reads.

#include <string_view>

namespace vault {

// Names such as LD_PRELOAD, PATH, NODE_OPTIONS, BASH_ENV, PYTHON*, PERL5*, GIT_*, IFS. An imported file that sets one
// would run its author's code in every child. Names are compared as they are, case and all.
bool steers_programs(std::string_view name) noexcept;

}  // namespace vault
