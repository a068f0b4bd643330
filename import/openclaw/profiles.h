// SPDX-License-Identifier: Apache-2.0
#pragma once
// OpenClaw's credential documents of every generation, read. Nothing is lost: members that the model has no name for,
// or of a type it does not expect, go along as foreign JSON. What is left out is an ImportWarning with rejected = true
// (non_object, invalid_type, missing_provider, missing_id, id_too_long, provider_too_long, reserved_name,
// misplaced_profiles); what is taken but worth a look is one with rejected = false (placeholder, wrong_type,
// invalid_ref, oauth_ref, invalid_expires, expires_in_seconds, malformed_key, dangling_order, empty_order,
// invalid_order, repeated_order, odd_version).
//
// Each throws bad_input for text that is not JSON (see secret_json.h) or not such a document; the message has a line
// and a column, and no content. The text may be wiped as soon as the call is back.

#include <string_view>

#include "vault/crypto/secret_pages.h"
#include "vault/model/batch.h"

namespace formats {

// auth-profiles.json with its state inside or beside it, its flat predecessors, and auth.json.
vault::AgentBatch read_openclaw_profiles(std::string_view text, const vault::AgentName& agent);

// The same for who takes the profiles one at a time: they are `coming`, and the text is theirs then. Where this throws,
// or nothing is coming, the text is left as it is.
vault::AgentBatch take_openclaw_profiles(vault::SecretPages& text, const vault::AgentName& agent);

// credentials/oauth.json: {provider: {access, refresh, expires, ...}}. Each becomes "<provider>:default".
vault::AgentBatch read_openclaw_oauth(std::string_view text, const vault::AgentName& agent);

// auth-state.json: its order and lastGood win by provider, its usageStats by profile; what it does not name stays.
void overlay_auth_state(vault::AgentBatch& batch, std::string_view text);

}  // namespace formats
