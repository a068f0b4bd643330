// SPDX-License-Identifier: Apache-2.0
#include "vault/storage/postgres/program/conversation.h"

#include <memory>

#include "vault/helper/parent_socket.h"
#include "vault/storage/postgres/program/failed.h"
#include "vault/storage/postgres/program/server.h"

namespace vault::postgres {
namespace {

constexpr int kUnderstood = 0, kNotUnderstood = 65;

Frame texts_in_a_row(const std::vector<std::string>& texts) {
  FrameWriter writer(frame::row);
  for (const auto& text : texts) writer.optional_bytes(bytes_of(text));
  return writer.take();
}

Frame row_of(const Values& values) {
  FrameWriter writer(frame::row);
  for (const auto& value : values) writer.optional_bytes(value);
  return writer.take();
}

class Conversation {
 public:
  explicit Conversation(ParentSocket& parent) : parent_(parent) {}

  void answer(const Frame& frame) {
    try {
      FrameReader reader(frame);
      answer(frame.kind, reader);
    } catch (const Failed& failed) {
      if (frame.kind != frame::run_later) return parent_.say(encode(failed.failure));
      if (!owed_) owed_ = failed;
    }
  }

 private:
  void answer(std::uint8_t kind, FrameReader& reader) {
    if (kind == frame::connect) return connect(reader);
    if (!server_) fail_as_nonsense();
    // A transaction that a statement of run_later has spoilt can only end.
    if (kind != frame::run_later && kind != frame::rollback && owed_) throw *std::exchange(owed_, {});
    switch (kind) {
      case frame::begin: return begin(reader);
      case frame::run: return run(reader);
      case frame::run_later: return run_later(reader);
      case frame::commit: return commit(reader);
      case frame::rollback: return roll_back(reader);
      case frame::lay_schema: return lay_schema(reader);
      case frame::look_for_mark: return look_for_mark(reader);
      case frame::examine: return examine(reader);
      default: fail_as_nonsense();
    }
  }

  void connect(FrameReader& reader) {
    const std::string connection(reader.text()), schema(reader.text()), passfile(reader.text());
    reader.require_end();
    if (server_) fail_as_nonsense();
    server_ = std::make_unique<Server>(connection, schema, passfile);
    say_done();
  }

  void begin(FrameReader& reader) {
    const bool writes = reader.byte() == 1;
    const auto wait = reader.number();
    std::vector<Statement> with;
    while (!reader.at_end()) with.push_back(statement(reader));
    server_->begin(writes, wait, with);
    say_done();
    const auto say_row = [this](const Values& row) { parent_.say(row_of(row)); };
    for (std::size_t i = 0; i < with.size(); ++i) say_done(server_->next_answer(say_row));
  }

  static Statement statement(FrameReader& reader) {
    const auto number = reader.byte();
    if (number >= static_cast<std::uint8_t>(Statement::count_)) fail_as_nonsense();
    return static_cast<Statement>(number);
  }

  static Values parameters(FrameReader& reader) {
    Values values;
    while (!reader.at_end()) values.push_back(reader.optional_bytes());
    return values;
  }

  void run(FrameReader& reader) {
    const auto which = statement(reader);
    say_done(server_->run(which, parameters(reader), [this](const Values& row) { parent_.say(row_of(row)); }));
  }

  void run_later(FrameReader& reader) {
    const auto which = statement(reader);
    const auto values = parameters(reader);
    if (!owed_) server_->run_later(which, values);
  }

  void commit(FrameReader& reader) {
    const auto mark = reader.bytes();
    reader.require_end();
    server_->commit(mark);
    say_done();
  }

  void roll_back(const FrameReader& reader) {
    reader.require_end();
    owed_.reset();
    server_->roll_back();
    say_done();
  }

  void lay_schema(const FrameReader& reader) {
    reader.require_end();
    server_->lay_schema();
    say_done();
  }

  void look_for_mark(FrameReader& reader) {
    const auto mark = reader.bytes();
    const auto wait = reader.number();
    reader.require_end();
    say_done(server_->look_for_mark(mark, wait) ? 1 : 0);
  }

  void examine(const FrameReader& reader) {
    reader.require_end();
    parent_.say(texts_in_a_row(server_->examine()));
    say_done();
  }

  void say_done(std::uint64_t number = 0) { parent_.say(FrameWriter(frame::done).number(number).take()); }

  ParentSocket& parent_;
  std::unique_ptr<Server> server_;
  std::optional<Failed> owed_;
};

}  // namespace

int converse() noexcept {
  try {
    ParentSocket parent;
    if (!parent.greet()) return kUnderstood;
    Conversation conversation(parent);
    while (const auto frame = parent.next()) conversation.answer(*frame);
    return kUnderstood;
  } catch (...) {
    return kNotUnderstood;
  }
}

}  // namespace vault::postgres
