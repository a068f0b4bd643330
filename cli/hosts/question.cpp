// SPDX-License-Identifier: Apache-2.0
#include "cli/hosts/question.h"

#include <algorithm>
#include <unistd.h>

#include "cli/process/request_input.h"
#include "vault/base/error.h"

namespace cli {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

std::string Question::read(std::size_t limit, bool (*is_whole)(std::string_view) noexcept) const {
  auto request = read_request(STDIN_FILENO, limit, until_, is_whole);
  if (request.too_large) throw vault::Error(vault::ErrorCode::bad_input, "the request is larger than 1 MiB");
  if (!request.ended) throw vault::Error(vault::ErrorCode::bad_input, "standard input was not closed in time");
  return std::move(request.text);
}

std::unique_ptr<AnswerTimer> Question::time_limit(LateAnswer answer) const {
  const auto left = std::chrono::ceil<milliseconds>(until_ - steady_clock::now());
  return std::make_unique<AnswerTimer>(std::move(answer), std::max(left, milliseconds(250)));
}

}  // namespace cli
