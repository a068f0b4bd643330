// SPDX-License-Identifier: Apache-2.0
#include <csignal>
#include <gtest/gtest.h>
#include <optional>
#include <stdexcept>
#include <thread>
#include <unistd.h>

#include "tests/support/error_of.h"
#include "tests/support/temporary_folder.h"
#include "vault/base/encoding.h"
#include "vault/crypto/secret_file.h"

namespace vault::testing {
namespace {

// A reader that has had enough closes its end: the writer gets an error, not a signal.
const auto kNoSignal = std::signal(SIGPIPE, SIG_IGN);

struct Pipe {
  Pipe() {
    int ends[2];
    if (::pipe(ends) != 0) throw std::runtime_error("no pipe");
    reading = Descriptor(ends[0]);
    writing = Descriptor(ends[1]);
  }
  Descriptor reading;
  Descriptor writing;
};

std::string read_stream(const std::string& contents, std::size_t limit) {
  Pipe pipe;
  std::thread writer([&] {
    try {
      write_all(pipe.writing.get(), contents);
    } catch (const Error&) {  // the reader had enough
    }
    pipe.writing.reset();
  });
  std::optional<Error> error;
  std::string text;
  try {
    text = text_of(read_secret_stream(pipe.reading.get(), limit).reveal());
  } catch (const Error& thrown) {
    error = thrown;
  }
  pipe.reading.reset();
  writer.join();
  if (error) throw *error;
  return text;
}

TEST(ReadSecretFile, GivesTheWholeFile) {
  TemporaryFolder folder;
  for (const std::size_t size : {0U, 1U, 4096U, 10'000U}) {
    place(folder / "f", std::string(size, 's'));
    const auto bytes = read_secret_file(folder / "f", 10'000, Links::refuse, Privacy::owner_only);
    EXPECT_EQ(text_of(bytes.reveal()), std::string(size, 's'));
  }
}

TEST(ReadSecretFile, RefusesMoreThanTheLimit) {
  TemporaryFolder folder;
  place(folder / "f", std::string(11, 's'));
  EXPECT_EQ(code_of([&] { return read_secret_file(folder / "f", 10, Links::refuse, Privacy::owner_only); }),
            ErrorCode::bad_input);
}

TEST(ReadSecretFile, RefusesWhatOpeningRefuses) {
  TemporaryFolder folder;
  place(folder / "f", "s", 0644);
  EXPECT_EQ(code_of([&] { return read_secret_file(folder / "f", 10, Links::refuse, Privacy::owner_only); }),
            ErrorCode::unsafe_file);
  EXPECT_EQ(code_of([&] { return read_secret_file(folder / "absent", 10, Links::refuse, Privacy::any); }),
            ErrorCode::not_found);
}

TEST(ReadSecretStream, GivesEverythingUpToTheEnd) {
  for (const std::size_t size : {0U, 1U, 4095U, 4096U, 4097U, 100'000U}) {
    EXPECT_EQ(read_stream(std::string(size, 's'), 100'000), std::string(size, 's')) << size;
  }
}

TEST(ReadSecretStream, RefusesOneByteMoreThanTheLimit) {
  for (const std::size_t limit : {0U, 1U, 4095U, 4096U, 10'000U}) {
    EXPECT_EQ(read_stream(std::string(limit, 's'), limit).size(), limit);
    EXPECT_EQ(code_of([&] { return read_stream(std::string(limit + 1, 's'), limit); }), ErrorCode::bad_input) << limit;
  }
}

}  // namespace
}  // namespace vault::testing
