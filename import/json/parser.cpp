// SPDX-License-Identifier: Apache-2.0
// The structure of JSON: values, members, depth, names that are taken twice.
#include <algorithm>
#include <map>

#include "import/json/looked_through.h"
#include "import/json/scanner.h"

namespace formats {
namespace {

constexpr std::size_t kFewMembers = 8;  // so few are compared with each other; more are sorted

class JsonParser {
 public:
  // `repeats`: null where a repeated name is refused.
  JsonParser(JsonScanner& scanner, std::vector<JsonNode>& nodes, std::vector<std::uint32_t>* repeats = nullptr)
      : scanner_(scanner), nodes_(nodes), repeats_(repeats) {}

  // The root's member of that name is looked through and not kept.
  void look_through(std::string_view name, LookedThrough& what) {
    looked_through_ = name;
    stretch_ = &what;
  }

  void document() {
    scanner_.skip_blanks();
    if (scanner_.at_end()) scanner_.fail("nothing but blanks");
    value({}, scanner_.offset(), 0);
    scanner_.skip_blanks();
    if (!scanner_.at_end()) scanner_.fail("more text after the end of the document");
  }

  // One of an array's elements, or of an object's members, and the comma behind it.
  void element(char closing, int depth) {
    closing == '}' ? member(depth) : value({}, scanner_.offset(), depth);
    next(closing, closing == '}' ? "expected ',' or '}'" : "expected ',' or ']'");
  }

 private:
  void value(std::string_view name, std::size_t offset, int depth) {
    if (count_++ >= kMostJsonValues) scanner_.fail("too many values: more than 16777216");
    const std::size_t index = nodes_.size();
    nodes_.push_back({name, {}, static_cast<std::uint32_t>(offset), 1, JsonKind::null});
    const char first = scanner_.peek();
    if (stretch_ != nullptr && depth == 1 && name == looked_through_ && (first == '{' || first == '[')) {
      look_through(index, first == '{' ? '}' : ']');
    } else if (first == '{' || first == '[') {
      if (depth >= kDeepestJson) scanner_.fail("nested deeper than 64 levels");
      first == '{' ? object(index, depth + 1) : array(index, depth + 1);
      nodes_[index].extent = static_cast<std::uint32_t>(nodes_.size() - index);
    } else {
      scalar(nodes_[index]);
    }
  }

  void scalar(JsonNode& node) {
    if (scanner_.at_string()) {
      node.kind = JsonKind::string;
      node.text = scanner_.take_string();
    } else if (scanner_.take_word("true") || scanner_.take_word("false")) {
      node.kind = JsonKind::boolean;
      node.text = scanner_.last_word();
    } else if (scanner_.take_word("null")) {
      node.text = scanner_.last_word();
    } else if (scanner_.at_number()) {
      node.text = scanner_.take_number();
      node.kind = node.text == "null" ? JsonKind::null : JsonKind::number;
    } else {
      scanner_.fail(scanner_.at_end() ? "the text ends too early" : "expected a value");
    }
  }

  void array(std::size_t index, int depth) {
    nodes_[index].kind = JsonKind::array;
    scanner_.take('[');
    scanner_.skip_blanks();
    while (!scanner_.take(']')) element(']', depth);
  }

  void object(std::size_t index, int depth) {
    nodes_[index].kind = JsonKind::object;
    scanner_.take('{');
    scanner_.skip_blanks();
    while (!scanner_.take('}')) element('}', depth);
    repeats_ == nullptr ? refuse_repeated_names(index) : settle_repeated_names(index);
  }

  void look_through(std::size_t index, char closing) {
    const std::size_t begin = scanner_.offset();
    nodes_[index].kind = closing == '}' ? JsonKind::object : JsonKind::array;
    stretch_->begin();
    scanner_.take(scanner_.peek());
    scanner_.skip_blanks();
    while (!scanner_.take(closing)) {
      element(closing, 2);
      if (closing == '}' && repeats_ == nullptr) stretch_->add_name(nodes_[index + 1].name, nodes_[index + 1].offset);
      nodes_.resize(index + 1);
      stretch_->forget_texts();
    }
    stretch_->finish({scanner_.text_from(begin), nodes_[index].kind}, scanner_, kFewMembers);
  }

  void member(int depth) {
    const std::size_t offset = scanner_.offset();
    const std::string_view name = scanner_.take_name();
    scanner_.skip_blanks();
    if (!scanner_.take(':')) scanner_.fail("expected ':'");
    scanner_.skip_blanks();
    value(name, offset, depth);
  }

  // What stands between two elements, or before the closing bracket, which is left where it is.
  void next(char closing, const char* expected) {
    scanner_.skip_blanks();
    if (scanner_.peek() == closing) return;
    if (!scanner_.take(',')) scanner_.fail(scanner_.at_end() ? "the text ends too early" : expected);
    scanner_.skip_blanks();
    if (!scanner_.is_json5() && scanner_.peek() == closing) scanner_.fail("a comma after the last element");
  }

  void refuse_repeated_names(std::size_t index) {
    members_.clear();
    for (std::size_t at = index + 1; at < nodes_.size(); at += nodes_[at].extent) members_.push_back(&nodes_[at]);
    if (members_.size() > kFewMembers) {
      std::ranges::sort(members_, [](const JsonNode* left, const JsonNode* right) {
        const auto order = left->name <=> right->name;
        return order != 0 ? order < 0 : left->offset < right->offset;
      });
    }
    const bool sorted = members_.size() > kFewMembers;
    for (std::size_t i = 1; i < members_.size(); ++i) {
      for (std::size_t k = sorted ? i - 1 : 0; k < i; ++k) {
        if (members_[k]->name == members_[i]->name)
          scanner_.fail_at(members_[i]->offset, "the same name twice in an object");
      }
    }
  }

  // Each name once: with its last value, where it stood first.
  void settle_repeated_names(std::size_t index) {
    std::map<std::string_view, std::vector<std::size_t>> places;
    for (std::size_t at = index + 1; at < nodes_.size(); at += nodes_[at].extent) places[nodes_[at].name].push_back(at);
    std::vector<std::pair<std::size_t, std::size_t>> chosen;  // where it goes, what is taken
    for (const auto& [name, all] : places) {
      chosen.emplace_back(all.front(), all.back());
      for (std::size_t i = 1; i < all.size(); ++i) repeats_->push_back(nodes_[all[i]].offset);
    }
    if (places.empty() || std::ranges::all_of(chosen, [](const auto& pair) { return pair.first == pair.second; }))
      return;
    std::ranges::sort(chosen);
    std::vector<JsonNode> kept;
    for (const auto& [to, from] : chosen) {
      const auto first = nodes_.begin() + static_cast<std::ptrdiff_t>(from);
      kept.insert(kept.end(), first, first + nodes_[from].extent);
    }
    nodes_.resize(index + 1);
    nodes_.insert(nodes_.end(), kept.begin(), kept.end());
  }

  JsonScanner& scanner_;
  std::vector<JsonNode>& nodes_;
  std::vector<std::uint32_t>* repeats_;
  std::vector<const JsonNode*> members_;
  std::size_t count_ = 0;
  std::string_view looked_through_;
  LookedThrough* stretch_ = nullptr;
};

}  // namespace

JsonDocument::JsonDocument(std::string_view text, std::string_view looked_through, JsonRepeats repeats) {
  JsonScanner scanner(text, JsonDialect::strict, unescaped_);
  JsonParser parser(scanner, nodes_, repeats == JsonRepeats::last_wins ? &repeats_ : nullptr);
  LookedThrough stretch(unescaped_);
  parser.look_through(looked_through, stretch);
  parser.document();
  stretch_ = stretch.found();
}

JsonDocument::JsonDocument(std::string_view text, JsonDialect dialect, JsonRepeats repeats) {
  JsonScanner scanner(text, dialect, unescaped_);
  JsonParser(scanner, nodes_, repeats == JsonRepeats::last_wins ? &repeats_ : nullptr).document();
}

struct JsonElements::Reader {
  explicit Reader(std::string_view text)
      : scanner(text, JsonDialect::strict, unescaped), closing(text.front() == '{' ? '}' : ']') {
    scanner.take(text.front());
    scanner.skip_blanks();
  }

  std::vector<vault::SecretBytes> unescaped;
  std::vector<JsonNode> nodes;
  JsonScanner scanner;
  char closing;
};

JsonElements::JsonElements(std::string_view text) : reader_(std::make_unique<Reader>(text)) {}
JsonElements::~JsonElements() = default;

std::optional<JsonValue> JsonElements::next() {
  auto& [unescaped, nodes, scanner, closing] = *reader_;
  if (scanner.peek() == closing) return std::nullopt;
  unescaped.clear();
  nodes.clear();
  JsonParser(scanner, nodes).element(closing, 2);
  return JsonValue(nodes.data());
}

std::size_t JsonElements::offset() const noexcept { return reader_->scanner.offset(); }

}  // namespace formats
