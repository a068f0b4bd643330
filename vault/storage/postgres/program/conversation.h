// SPDX-License-Identifier: Apache-2.0
#pragma once
// The helper's side of the socket: requests come in on descriptor 0, answers go out on 1, until the parent closes it.

namespace vault::postgres {

// The program's exit status: 0 when the parent has closed the socket, 65 when it was not understood.
int converse() noexcept;

}  // namespace vault::postgres
