// SPDX-License-Identifier: Apache-2.0
#include "cli/words/reports/prometheus.h"

#include <algorithm>
#include <array>
#include <functional>

#include "cli/terminal/surroundings.h"
#include "cli/terminal/text.h"

namespace cli {
namespace {

using vault::Health;

constexpr std::array kHealths = {Health::ok, Health::static_, Health::expiring, Health::expired, Health::missing};

std::string label(std::string_view name, std::string_view text) {
  return std::string(name) + "=\"" + label_value(text) + "\"";
}

std::string profile_labels(const AgentStatus& agent, const vault::ProfileLine& line) {
  const auto& sheet = line.profile->sheet;
  return label("agent", agent.view.agent.name.text()) + "," + label("owner", line.profile->owner.text()) + "," +
         label("provider", sheet.provider.text()) + "," + label("profile", sheet.id.text()) + "," +
         label("type", name_of(sheet.kind));
}

// Whole seconds stay whole; no exponents.
std::string seconds(std::int64_t ms) {
  const auto text = std::to_string(ms / 1000);
  const auto rest = ms % 1000;
  if (rest <= 0) return text;
  const auto digits = std::to_string(rest);
  return text + "." + std::string(3 - digits.size(), '0') + digits;
}

class Exposition {
 public:
  Exposition(Output& out, const StatusDocument& document) : out_(out), document_(document) {}

  void family(std::string_view name, std::string_view help) {
    name_ = "claviger_" + std::string(name);
    out_.write("# HELP " + name_ + " " + std::string(help) + "\n# TYPE " + name_ + " gauge\n");
  }
  void sample(const std::string& labels, const std::string& value) {
    out_.write(name_ + (labels.empty() ? "" : "{" + labels + "}") + " " + value + "\n");
  }
  void for_each_profile(const std::function<void(const AgentStatus&, const vault::ProfileLine&)>& visit) const {
    for (const auto& agent : document_.agents) {
      for (const auto& line : agent->report.profiles) visit(*agent, line);
    }
  }

 private:
  Output& out_;
  const StatusDocument& document_;
  std::string name_;
};

void write_profiles(Exposition& to) {
  to.family("profile_expiry_timestamp_seconds", "When the profile's credential ends; absent where it does not.");
  to.for_each_profile([&](const AgentStatus& agent, const vault::ProfileLine& line) {
    if (line.status.expires_at) to.sample(profile_labels(agent, line), seconds(line.status.expires_at->ms));
  });
  to.family("profile_status", "1 for the state that the profile is in, 0 for the others.");
  to.for_each_profile([&](const AgentStatus& agent, const vault::ProfileLine& line) {
    for (const auto health : kHealths) {
      to.sample(profile_labels(agent, line) + "," + label("status", name_of(health)),
                line.status.health == health ? "1" : "0");
    }
  });
  to.family("profile_counted", "1 when the profile counts for the check's exit status.");
  to.for_each_profile([&](const AgentStatus& agent, const vault::ProfileLine& line) {
    to.sample(profile_labels(agent, line), line.counted ? "1" : "0");
  });
  to.family("profile_cooldown_until_timestamp_seconds",
            "Until when the profile rests after failures; absent when it does not.");
  to.for_each_profile([&](const AgentStatus& agent, const vault::ProfileLine& line) {
    if (line.status.cooldown_until) to.sample(profile_labels(agent, line), seconds(line.status.cooldown_until->ms));
  });
}

void write_totals(Exposition& to, const StatusDocument& document) {
  to.family("profiles", "How many profiles the agent sees in each state.");
  for (const auto& agent : document.agents) {
    for (const auto health : kHealths) {
      const auto count = std::ranges::count_if(
          agent->report.profiles, [&](const vault::ProfileLine& line) { return line.status.health == health; });
      to.sample(label("agent", agent->view.agent.name.text()) + "," + label("status", name_of(health)),
                std::to_string(count));
    }
  }
  to.family("check_exit_code", "What `claviger status --check` answers: 0 fine, 1 expired or missing, 2 expiring.");
  to.sample("", std::to_string(verdict_of(document).exit_code));
  to.family("check_timestamp_seconds", "When this was found out.");
  to.sample("", seconds(document.checked_at.ms));
}

}  // namespace

std::string label_value(std::string_view text) {
  std::string value;
  for (const char c : line_safe(text)) {
    if (c == '\\' || c == '"') value += '\\';
    value += c;
  }
  return value;
}

void print_status_metrics(const Surroundings& around, const StatusDocument& document) {
  Exposition exposition(around.out(), document);
  write_profiles(exposition);
  write_totals(exposition, document);
}

}  // namespace cli
