// SPDX-License-Identifier: Apache-2.0
#pragma once
// Ids that people cannot tell apart. Whoever reads what others wrote takes any id as it is; whoever lets a person
// choose one asks here first.

#include <string_view>

namespace vault {

// What is wrong with the id for a person, as the rest of a sentence that begins with "it"; empty when nothing is.
// Refused are text that is not UTF-8, control and invisible characters (zero-width, directional), blanks at either
// end, and blanks other than the plain one. Lives for ever.
std::string_view flaw_of_id(std::string_view id) noexcept;

// Are the two canonically equivalent in Unicode, and so the same to look at whatever their bytes are? Text that is not
// UTF-8 is like itself alone.
bool look_alike(std::string_view one, std::string_view other);

// Can anything but the text itself be canonically equivalent to it? False for most ids, and quickly.
bool may_have_a_double(std::string_view id) noexcept;

}  // namespace vault
