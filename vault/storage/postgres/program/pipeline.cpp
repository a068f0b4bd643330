// SPDX-License-Identifier: Apache-2.0
#include "vault/storage/postgres/program/pipeline.h"

#include "vault/storage/postgres/program/failed.h"

namespace vault::postgres {
namespace {

constexpr Oid kBytea = 17, kBigint = 20;
constexpr int kBinary = 1;

// An empty value is not NULL, and has no address of its own.
const char* address_of(const std::optional<ByteView>& value) noexcept {
  if (!value) return nullptr;
  return value->empty() ? "" : reinterpret_cast<const char*>(value->data());
}

}  // namespace

void Pipeline::send(const Text& text, const Values& parameters) {
  if (parameters.size() != text.types.size()) fail(ErrorCode::internal, HelperPhase::none);
  if (PQpipelineStatus(connection_) == PQ_PIPELINE_OFF && PQenterPipelineMode(connection_) != 1) fail_as_lost();
  std::vector<Oid> types;
  std::vector<const char*> values;
  std::vector<int> lengths;
  const std::vector<int> formats(parameters.size(), kBinary);
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    types.push_back(text.types[i] == 'i' ? kBigint : kBytea);
    values.push_back(address_of(parameters[i]));
    lengths.push_back(parameters[i] ? static_cast<int>(parameters[i]->size()) : 0);
  }
  if (PQsendQueryParams(connection_, text.sql.c_str(), static_cast<int>(parameters.size()), types.data(), values.data(),
                        lengths.data(), formats.data(), kBinary) != 1) {
    fail_as_lost();
  }
  ++unanswered_;
}

void Pipeline::ask_for_answers() {
  if (PQpipelineSync(connection_) != 1) fail_as_lost();
  asked_ = true;
}

std::uint64_t Pipeline::next(const RowVisit& row) {
  PQsetSingleRowMode(connection_);
  --unanswered_;
  std::uint64_t changed = 0;
  bool complete = false;  // then it counts, whatever becomes of the connection
  std::optional<Failed> failed;
  while (const Result result{PQgetResult(connection_)}) {
    if (failed) continue;
    try {
      result.require_success();
      complete = result.status() != PGRES_SINGLE_TUPLE;
      changed += result.changed_rows();
      if (result.holds_a_row()) row(result.values());
    } catch (const Failed& failure) {
      failed = failure;
    }
  }
  if (failed) throw *failed;
  if (!complete) fail_as_lost();
  return changed;
}

std::uint64_t Pipeline::next() {
  return next([](const Values&) {});
}

void Pipeline::finish() noexcept {
  if (PQpipelineStatus(connection_) == PQ_PIPELINE_OFF) return;
  if (!asked_ && PQpipelineSync(connection_) == 1) asked_ = true;
  bool over = !asked_;
  while (!over && !is_lost()) {
    while (const Result result{PQgetResult(connection_)}) {
      over = result.status() == PGRES_PIPELINE_SYNC;
      if (over) break;
    }
  }
  if (!is_lost()) PQexitPipelineMode(connection_);
  unanswered_ = 0;
  asked_ = false;
}

}  // namespace vault::postgres
