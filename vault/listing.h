// SPDX-License-Identifier: Apache-2.0
#pragma once
// What an agent sees, for who goes through it once or twice and keeps nothing: profiles are decoded one at a time.

#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "vault/agent_view.h"
#include "vault/sheet_arena.h"

namespace vault {

class Listing {
 public:
  const AgentSheet& agent() const noexcept { return view_ ? view_->agent : agent_; }
  // In the view's order. What is given lives during the call.
  void for_each_profile(const std::function<void(const SeenProfile&)>& visit) const;
  const std::vector<SeenVariable>& variables() const noexcept { return view_ ? view_->variables : variables_; }
  // At the most: inherited ones that an own name hides are among them.
  std::size_t size() const noexcept;

 private:
  friend class Reading;

  // One agent's own.
  struct Part {
    void add(RecordKind kind, ByteView sheet);
    void sort();

    SheetArena sheets;
    std::deque<std::pair<std::uint64_t, SheetArena::Place>> profiles;  // by position, once they are sorted
    std::vector<VariableSheet> variables;
  };

  explicit Listing(AgentSheet agent) : agent_(std::move(agent)) {}
  // Where something is damaged, a view knows what that is called.
  explicit Listing(AgentView view) : agent_(view.agent), view_(std::move(view)) {}

  // Both parts are there: an own name hides the inherited one.
  void settle();

  AgentSheet agent_;
  Part own_, inherited_;
  std::unordered_set<std::string> own_ids_;  // where something is inherited
  std::vector<SeenVariable> variables_;
  std::optional<AgentView> view_;
};

}  // namespace vault
