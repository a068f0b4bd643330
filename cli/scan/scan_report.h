// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a search found, for people and for scripts: file, line and name of a secret, never the secret.

#include <string>

#include "cli/scan/scan.h"
#include "cli/scan/scrub_rules.h"
#include "cli/terminal/surroundings.h"
#include "cli/words/json_output.h"

namespace cli {

// 'anthropic:work', 'anthropic:work' (refresh), 'env/NAME' of agent 'ops'.
std::string words_for(const SecretName& name);

// "1 copy", "2 copies".
std::string counted_copies(std::size_t count);

// The findings on stdout, a file each with the lines and names below it.
void print_findings(const Surroundings& around, const ScanResult& result, const SecretIndex& known);

// Below them on stderr: what was not searched, then what was found in all.
void tell_verdict(const Surroundings& around, const ScanResult& result, const SecretIndex& known);

// {"schemaVersion", "findings", "fields", "unread", "notSearched", "linksNotFollowed", "secrets", "searched"}
Json scan_json(const ScanResult& result, const SecretIndex& known);

}  // namespace cli
