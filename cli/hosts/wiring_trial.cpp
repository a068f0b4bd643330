// SPDX-License-Identifier: Apache-2.0
#include "cli/hosts/wiring_trial.h"

#include "cli/process/bounded_run.h"
#include "cli/terminal/text.h"
#include "cli/words/profile_words.h"
#include "cli/words/text_secret.h"

namespace cli {
namespace {

constexpr std::size_t kMostOutput = 1u << 20;

void find_owner(Context& context, const Wiring& wiring, std::string_view secret, WiringTrial& trial) {
  auto reading = context.open(vault::Access::read).read();
  const auto view = reading.view(context.agent(reading));
  for (const auto& seen : view.profiles) {
    const auto& sheet = seen.sheet;
    if (!wiring.provider.empty() && sheet.provider.key() != vault::ProviderId(wiring.provider).key()) continue;
    const auto credential = reading.credential_of(seen);
    const auto* const kept = credential.find(main_field(sheet.kind));
    if (kept == nullptr || vault::trimmed(kept->reveal()) != secret) continue;
    trial.id = sheet.id.text();
    trial.fingerprint = fingerprint_text(sheet);
    return;
  }
  for (const auto& seen : view.variables) {
    if (!seen.sheet.has_value()) continue;
    const auto kept = reading.value_of(seen);
    if (vault::trimmed(kept.reveal()) != secret) continue;
    trial.id = "env/" + seen.sheet.name;
    trial.fingerprint = fingerprint_text(seen.sheet.fingerprint);
    return;
  }
}

// What this program itself says of a failure, without its name in front.
std::string first_line(std::string_view text) {
  constexpr std::string_view kName = "claviger: ";
  if (text.starts_with(kName)) text.remove_prefix(kName.size());
  return display_safe(vault::trimmed(text.substr(0, text.find('\n'))));
}

}  // namespace

WiringTrial try_wiring(Context& context, const HostProgram& program, const Wiring& wiring) {
  auto environment = ChildEnvironment::inherited_from(context.environment());
  const auto begun = std::chrono::steady_clock::now();
  const auto run = run_bounded(wiring.command, environment, context.environment(), wiring.input,
                               {wiring.patience, kMostOutput, Words::kept});
  WiringTrial trial;
  trial.ms = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begun).count();
  trial.status = run.status;
  trial.words = first_line({run.words.data(), run.words.size()});
  const std::string_view answer(run.output.data(), run.output.size());
  const auto secret = run.status == 0 ? program.secret_in(answer) : vault::SecretString();
  if (!secret.reveal().empty()) find_owner(context, wiring, secret.reveal(), trial);
  return trial;
}

}  // namespace cli
