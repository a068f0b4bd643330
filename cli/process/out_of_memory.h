// SPDX-License-Identifier: Apache-2.0
#pragma once
// Memory that runs out where no exception may pass.

namespace cli {

// From here on a std::bad_alloc that leaves a noexcept function ends the program as every other does, with "out of
// memory" and 74, and without half-made files: the destructor of nlohmann's JSON asks for memory, and may be refused. A
// change that is under way is undone by the next command; a prompt is never open there. All else aborts as before.
void end_quietly_without_memory() noexcept;

enum class Told { in_words, as_json };

// From now on memory that runs out is no failure of the change but of its answer: told, and ended with, as
// committed_unverified.
void note_that_the_change_is_kept(Told told) noexcept;

bool a_change_is_kept() noexcept;

// Writes to stderr how the program ends without memory, and yields its exit status. Needs none.
int tell_out_of_memory() noexcept;

}  // namespace cli
