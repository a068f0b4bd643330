// SPDX-License-Identifier: Apache-2.0
#pragma once
// Import batches for tests.

#include "tests/support/vault_builder.h"
#include "vault/applying/apply.h"

namespace vault::testing {

inline ProfileDraft draft(const std::string& id, const std::string& key) { return {sheet_of(id), key_credential(key)}; }

inline ImportBatch batch_for(const AgentName& agent) {
  ImportBatch batch;
  batch.format = "test";
  batch.agents.emplace_back(agent);
  return batch;
}

// One of everything.
inline ImportBatch full_batch(const AgentName& agent, const std::string& suffix = "") {
  ImportBatch batch = batch_for(agent);
  auto& one = batch.agents.front();
  one.profiles.push_back(draft("a", "sk-test-a" + suffix));
  one.profiles.push_back(draft("b", "sk-test-b" + suffix));
  one.variables.push_back({"NAME", SecretString::copy_of("value" + suffix)});
  one.orders.push_back({ProviderId("openai"), std::vector{ProfileId("b" + suffix), ProfileId("a")}});
  UsageStats stats;
  stats.error_count = std::int64_t(suffix.size());
  one.usage.push_back({ProfileId("a"), stats});
  one.foreign = SecretString::copy_of(R"({"x":")" + suffix + R"("})");
  batch.default_orders.push_back({ProviderId("openai"), std::vector{ProfileId("a" + suffix)}});
  return batch;
}

inline ApplyReport apply_and_commit(TestVault& vault, const ImportBatch& batch, OnConflict rule) {
  return vault.write([&](Writing& writing) { return apply(writing, batch, rule); });
}

}  // namespace vault::testing
