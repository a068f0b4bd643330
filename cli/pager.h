// SPDX-License-Identifier: Apache-2.0
#pragma once
// A long text of our own, such as a help, on the terminal.

#include <string_view>

namespace cli {

class Environment;
class Terminal;

// Through $PAGER, when a person sits at a terminal that the text does not fit on. False: it was not shown, and whoever
// asked prints it; there is no pager, or it did not start. The pager gets the few variables that it needs (LESS is FRX
// where nobody set it) and no others: they may be secret.
bool show_in_pager(std::string_view text, const Environment& environment, const Terminal& terminal);

}  // namespace cli
