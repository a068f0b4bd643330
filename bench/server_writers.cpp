// SPDX-License-Identifier: Apache-2.0
// server_writers PLACE HELPER COUNT SECONDS: so many storages at one vault on a server, each with a helper of its own,
// each committing a changed vault row as often as its turn comes. Prints commits a second, the fewest and most of one
// storage, and the longest that one transaction took, in ms. For bench/on_a_server.py.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <latch>
#include <thread>
#include <vector>

#include "vault/base/error.h"
#include "vault/storage/postgres/postgres_storage.h"

namespace {

using Clock = std::chrono::steady_clock;

struct Writer {
  long commits = 0;
  Clock::duration worst{};
};

void write_until(vault::Storage& storage, Clock::time_point end, Writer& writer) {
  while (Clock::now() < end) {
    const auto begun = Clock::now();
    const auto transaction = storage.begin(vault::Access::write);
    auto row = transaction->vault_row();
    row.created.ms++;
    transaction->put_vault_row(row);
    transaction->commit();
    writer.worst = std::max(writer.worst, Clock::now() - begun);
    ++writer.commits;
  }
}

int run(const vault::PostgresPlace& place, const char* helper, int count, int seconds) {
  std::vector<Writer> writers(static_cast<std::size_t>(count));
  std::latch ready(count);
  std::atomic<bool> failed = false;
  {
    std::vector<std::jthread> threads;
    for (auto& writer : writers) {
      threads.emplace_back([&] {
        try {
          const auto storage = open_postgres_storage(place, vault::Access::write, {.program = helper});
          ready.arrive_and_wait();
          write_until(*storage, Clock::now() + std::chrono::seconds(seconds), writer);
        } catch (const vault::Error& error) {
          if (!failed.exchange(true)) std::fprintf(stderr, "server_writers: %s\n", error.what());
          std::_Exit(1);
        }
      });
    }
  }
  long all = 0;
  for (const auto& writer : writers) all += writer.commits;
  const auto [fewest, most] = std::ranges::minmax_element(writers, {}, &Writer::commits);
  const auto worst = std::ranges::max_element(writers, {}, &Writer::worst)->worst;
  std::printf("%ld %ld %ld %lld\n", all / seconds, fewest->commits, most->commits,
              static_cast<long long>(std::chrono::duration_cast<std::chrono::milliseconds>(worst).count()));
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5) return 64;
  return run(vault::parse_postgres_place(argv[1]), argv[2], std::atoi(argv[3]), std::atoi(argv[4]));
}
