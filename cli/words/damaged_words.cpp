// SPDX-License-Identifier: Apache-2.0
#include "cli/words/damaged_words.h"

#include "cli/terminal/surroundings.h"
#include "cli/terminal/text.h"
#include "cli/terminal/typed_here.h"

namespace cli {

namespace {

Json damaged_json(const vault::Reading& reading) {
  Json records = Json::array();
  for (const auto& record : reading.damaged()) {
    records.push_back({{"agent", record.agent.text()},
                       {"kind", name_of(record.kind)},
                       {"name", or_null(record.name)},
                       {"row", record.row}});
  }
  return records;
}

}  // namespace

void add_damaged(Json& document, const vault::Reading& reading) {
  if (!reading.damaged().empty()) document["damaged"] = damaged_json(reading);
}

void add_damaged(JsonStream& document, const vault::Reading& reading) {
  if (!reading.damaged().empty()) document.member("damaged", damaged_json(reading));
}

ExitCode tell_damaged(const Surroundings& around, const vault::Reading& reading, ExitCode otherwise) {
  if (reading.damaged().empty()) return otherwise;
  for (const auto& record : reading.damaged()) {
    around.terminal().warn("damaged: " + std::string(name_of(record.kind)) +
                           (record.name ? " " + in_quotes(*record.name) : "") + " of agent " +
                           in_quotes(record.agent.text()) + ", row " + record.row);
  }
  around.terminal().warn(
      typed_here("everything else was read; `claviger verify --deep` examines the vault", around.flags()));
  return ExitCode::damaged;
}

}  // namespace cli
