// SPDX-License-Identifier: Apache-2.0
#pragma once
// Memory that runs out where no exception may pass.

namespace cli {

// From here on a std::bad_alloc that leaves a noexcept function ends the program as every other does, with "out of
// memory" and 74, and without half-made files: the destructor of nlohmann's JSON asks for memory, and may be refused. A
// change that is under way is undone by the next command; a prompt is never open there. All else aborts as before.
void end_quietly_without_memory() noexcept;

}  // namespace cli
