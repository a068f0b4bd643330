// SPDX-License-Identifier: Apache-2.0
#include "vault/storage/postgres/link.h"

#include <cstdlib>
#include <unistd.h>

#include "vault/base/long_wait.h"
#include "vault/storage/postgres/failure_words.h"

namespace vault::postgres {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::array<std::string_view, 12> kVariables = {"HOME",       "PGPASSFILE",  "PGSERVICEFILE", "PGSYSCONFDIR",
                                                         "PGSSLCERT",  "PGSSLKEY",    "PGSSLROOTCERT", "PGPASSWORD",
                                                         "KRB5CCNAME", "KRB5_CONFIG", "SSL_CERT_FILE", "SSL_CERT_DIR"};
// The server gives a writer's statement 30 s; whatever takes longer than this has no end.
constexpr seconds kAnswer{45};
constexpr std::size_t kMostParked = std::size_t{64} << 20;  // bytes

// Where systemd has put a password file for a service.
std::string passfile_of_service() {
  const char* const folder = ::getenv("CREDENTIALS_DIRECTORY");
  if (folder == nullptr || *folder != '/') return {};
  const std::string file = std::string(folder) + "/claviger.pgpass";
  return ::access(file.c_str(), R_OK) == 0 ? file : "";
}

HelperProgram program_of(const PostgresOpening& opening) {
  return opening.program.empty() ? open_helper(kProgram, kProgram) : judge_helper(opening.program);
}

bool ends_a_statement(const Frame& frame) { return frame.kind != frame::row; }

}  // namespace

Link::Link(const PostgresPlace& place, const PostgresOpening& opening, Deadline deadline)
    : helper_(program_of(opening), {kVariables.begin(), kVariables.end()}, deadline),
      longest_turn_wait_(opening.longest_turn_wait),
      contact_(opening.contact) {
  FrameWriter request(frame::connect);
  ask(request.text(place.connection).text(place.schema).text(passfile_of_service()).take(), deadline);
}

// When this wait is over, or the whole conversation's time is.
Deadline Link::within(milliseconds time) const {
  return contact_ ? std::min(after(time), contact_->until) : after(time);
}

void Link::fail(const Failure& failure) {
  if (contact_) contact_->unanswered = is_no_answer(failure);
  fail_as_told(failure);
}

// The end of a statement: how many rows it changed.
std::uint64_t Link::number_of(const Frame& frame) {
  try {
    if (frame.kind != frame::done) fail(decode_failure(frame));
    FrameReader reader(frame);
    const auto number = reader.number();
    reader.require_end();
    return number;
  } catch (const Error&) {
    if (frame.kind != frame_kind::failure) helper_.kill();
    throw;
  }
}

std::uint64_t Link::ask(const Frame& request, Deadline deadline) {
  helper_.send(request, deadline);
  return number_of(helper_.receive(deadline));
}

void Link::begin(Access access, const std::vector<Statement>& with,
                 const std::function<void(Statement, const Frame&)>& visit) {
  const auto wait = static_cast<std::uint64_t>(longest_turn_wait_.count());
  const auto deadline = within(longest_turn_wait_ + kAnswer);
  FrameWriter request(frame::begin);
  request.byte(access == Access::write ? 1 : 0).number(wait);
  for (const auto which : with) request.byte(static_cast<std::uint8_t>(which));
  helper_.send(request.take(), deadline);
  if (!helper_.speaks_before(within(kNoticeableWait))) report_long_wait("waiting for the database server");
  number_of(helper_.receive(deadline));
  for (const auto which : with) {
    auto frame = helper_.receive(deadline);
    try {
      for (; !ends_a_statement(frame); frame = helper_.receive(deadline)) visit(which, frame);
    } catch (...) {
      helper_.kill();  // the rest would be taken for the next answer
      throw;
    }
    number_of(frame);
  }
}

void Link::lay_schema() { ask({frame::lay_schema, {}}, within(kAnswer)); }

Frame Link::next_of_scan() {
  if (parked_.empty()) return helper_.receive(within(kAnswer));
  Frame frame = std::move(parked_.front());
  parked_.pop_front();
  return frame;
}

// A visitor asks something else: what its statement still has to say comes first over the socket.
void Link::park_the_rest() {
  std::size_t size = 0;
  while (scanning_) {
    parked_.push_back(helper_.receive(within(kAnswer)));
    scanning_ = !ends_a_statement(parked_.back());
    size += parked_.back().payload.size();
    if (size <= kMostParked) continue;
    helper_.kill();
    throw Error(ErrorCode::io, "the database server has more to say of one agent than fits here");
  }
}

std::uint64_t Link::run(Frame request, const std::function<void(const Frame&)>& visit) {
  park_the_rest();
  std::deque<Frame> outer;
  outer.swap(parked_);
  struct Restore {
    std::deque<Frame>&into, &from;
    ~Restore() { into.swap(from); }
  } restore{parked_, outer};
  helper_.send(request, within(kAnswer));
  scanning_ = true;
  try {
    for (;;) {
      const Frame frame = next_of_scan();
      if (ends_a_statement(frame)) {
        scanning_ = false;
        return number_of(frame);
      }
      visit(frame);
    }
  } catch (...) {
    finish_scan();
    throw;
  }
}

// A visitor has thrown: nobody wants the rest.
void Link::finish_scan() noexcept {
  parked_.clear();
  try {
    while (scanning_ && is_alive()) scanning_ = !ends_a_statement(helper_.receive(within(kAnswer)));
  } catch (const Error&) {  // the helper is gone
  }
  scanning_ = false;
}

std::uint64_t Link::run(Frame request) {
  return run(std::move(request), [](const Frame&) { fail_as_nonsense(); });
}

void Link::run_later(const Frame& request) { helper_.send(request, within(kAnswer)); }

bool Link::commit(const CommitMark& mark) {
  try {
    helper_.send(FrameWriter(frame::commit).bytes(mark).take(), within(kAnswer));
    const auto answer = helper_.receive(within(kAnswer));
    if (answer.kind == frame_kind::failure && decode_failure(answer).outcome_unknown) return false;
    number_of(answer);
    return true;
  } catch (const Error&) {
    if (is_alive()) throw;
    return false;  // with the helper went its answer
  }
}

void Link::end_reading() { ask(FrameWriter(frame::commit).bytes({}).take(), within(kAnswer)); }

void Link::roll_back() noexcept {
  try {
    if (is_alive()) ask({frame::rollback, {}}, within(seconds(1)));
  } catch (const std::exception&) {
    helper_.kill();
  }
}

std::vector<std::string> Link::examine() {
  std::vector<std::string> texts;
  run({frame::examine, {}}, [&](const Frame& frame) {
    FrameReader reader(frame);
    while (!reader.at_end()) texts.emplace_back(text_of(reader.optional_bytes().value_or(ByteView())));
  });
  return texts;
}

bool Link::finds(const CommitMark& mark, Deadline deadline) {
  const auto left = std::chrono::ceil<milliseconds>(deadline - std::chrono::steady_clock::now()).count();
  const auto wait = static_cast<std::uint64_t>(std::max<milliseconds::rep>(left, 1));
  return ask(FrameWriter(frame::look_for_mark).bytes(mark).number(wait).take(), deadline) == 1;
}

}  // namespace vault::postgres
