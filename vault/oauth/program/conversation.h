// SPDX-License-Identifier: Apache-2.0
#pragma once
// The helper's side of the socket: one request, one answer.

namespace vault::fetching {

// The program's exit status: 0 when it has answered or the parent is gone, 65 when it was not understood.
int converse() noexcept;

}  // namespace vault::fetching
