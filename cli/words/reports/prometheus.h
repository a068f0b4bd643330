// SPDX-License-Identifier: Apache-2.0
#pragma once
// A status report in Prometheus' text exposition format, for a textfile collector.

#include <string>
#include <string_view>

#include "cli/words/reports/status_output.h"

namespace cli {

// A label's value: fit for a line and for a terminal, then backslash and quote escaped as the format asks.
std::string label_value(std::string_view text);

void print_status_metrics(const Surroundings& around, const StatusDocument& document);

}  // namespace cli
