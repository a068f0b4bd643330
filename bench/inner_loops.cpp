// SPDX-License-Identifier: Apache-2.0
// The loops that a listing, an import or a search spends its time in, by Google Benchmark: build the target
// `inner_loops` of the release preset and run it. No default build makes it.
#include <benchmark/benchmark.h>
#include <string>

#include "cli/matching/mask_stream.h"
#include "import/json/secret_json.h"
#include "vault/seal/codec.h"
#include "vault/seal/sealed_field.h"
#include "vault/seal/state.h"

namespace {

using namespace vault;

constexpr FieldPlace kPlace{Column::record_sheet, {{1}}, {{2}}, 1, {3}};

template <class KeyType>
KeyType a_key() {
  KeyType key;
  auto bytes = key.writable();
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::uint8_t>(i);
  return key;
}

ProfileSheet a_sheet() {
  ProfileSheet sheet{.id = ProfileId("provider7:name-000007"), .provider = ProviderId("provider7")};
  sheet.created = sheet.updated = {1'800'000'000'000};
  return sheet;
}

std::string profiles(int count) {
  std::string text = R"({"version":1,"profiles":{)";
  for (int i = 0; i < count; ++i) {
    text += (i > 0 ? "," : "") + std::string(R"("provider7:name-)") + std::to_string(i) +
            R"(":{"type":"api_key","provider":"provider7","key":"sk-test-)" + std::string(46, 'x') + R"("})";
  }
  return text + "}}";
}

void seal_a_sheet(benchmark::State& state) {
  const auto key = a_key<SheetKey>();
  const auto plaintext = encode(a_sheet());
  for (auto _ : state) benchmark::DoNotOptimize(seal_field(key.reveal(), kPlace, plaintext));
}
BENCHMARK(seal_a_sheet);

void open_a_sheet(benchmark::State& state) {
  const auto key = a_key<SheetKey>();
  const auto sealed = seal_field(key.reveal(), kPlace, encode(a_sheet())).bytes;
  for (auto _ : state) benchmark::DoNotOptimize(open_field(key.reveal(), kPlace, sealed));
}
BENCHMARK(open_a_sheet);

void decode_a_sheet(benchmark::State& state) {
  const auto plaintext = encode(a_sheet());
  for (auto _ : state) benchmark::DoNotOptimize(decode_profile_sheet(plaintext));
}
BENCHMARK(decode_a_sheet);

void hash_a_row(benchmark::State& state) {
  const auto key = a_key<StateKey>();
  const Bytes sheet(296), secret(232);
  Digest digest{};
  for (auto _ : state) toggle_row(digest, key, {kPlace.row, sheet, secret});
  benchmark::DoNotOptimize(digest);
}
BENCHMARK(hash_a_row);

void read_json(benchmark::State& state) {
  const auto text = profiles(static_cast<int>(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(formats::JsonDocument(text));
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text.size()));
}
BENCHMARK(read_json)->Arg(1)->Arg(1000);

void mask_a_stream(benchmark::State& state) {
  cli::Matcher matcher;
  for (int i = 0; i < state.range(0); ++i) matcher.add("sk-test-secret-number-" + std::to_string(i), 0);
  matcher.finish();
  const std::string text(1 << 16, 's');
  for (auto _ : state) {
    cli::MaskStream stream(matcher, "[masked]");
    std::size_t seen = 0;
    stream.feed(text, [&](std::string_view part) { seen += part.size(); });
    stream.finish([&](std::string_view part) { seen += part.size(); });
    benchmark::DoNotOptimize(seen);
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text.size()));
}
BENCHMARK(mask_a_stream)->Arg(1)->Arg(1000);

}  // namespace

BENCHMARK_MAIN();
