#include "generator/pattern_tree.h"

#include <algorithm>
#include <string>

#include "base/text.h"

namespace mimus {
namespace {

constexpr std::uint32_t kOpenRepeat = 8;
constexpr std::uint32_t kMaxRepeat = 10'000;
constexpr std::size_t kMaxDepth = 50;
constexpr std::size_t kMaxPattern = 10'000;

using Alphabet = std::vector<char32_t>;
using Node = PatternNode;
using NodePtr = std::unique_ptr<Node>;

NodePtr make_node(Node::Kind kind) {
  auto node = std::make_unique<Node>();
  node->kind = kind;
  return node;
}

void add_range(Alphabet& set, char32_t first, char32_t last) {
  for (char32_t c = first; c <= last; ++c) set.push_back(c);
}

Alphabet any_character() {
  Alphabet out;
  add_range(out, 32, 126);
  return out;
}

Alphabet without(const Alphabet& excluded) {
  Alphabet out = any_character();
  std::erase_if(out, [&](char32_t c) { return std::ranges::find(excluded, c) != excluded.end(); });
  return out;
}

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  Result<NodePtr> parse() {
    if (trim(text_).empty()) return wrong("the pattern is empty");
    if (text_.size() > kMaxPattern)
      return wrong("the pattern is longer than " + std::to_string(kMaxPattern) + " bytes");
    MIMUS_ASSIGN(NodePtr out, alternatives(0));
    if (i_ < text_.size()) return wrong("unbalanced ')'");
    return out;
  }
  [[nodiscard]] std::uint32_t groups() const { return groups_; }

 private:
  [[nodiscard]] bool done() const { return i_ >= text_.size(); }
  [[nodiscard]] bool at(std::string_view word) const { return text_.substr(i_).starts_with(word); }
  bool take(std::string_view word) {
    if (!at(word)) return false;
    i_ += word.size();
    return true;
  }
  [[nodiscard]] std::unexpected<Diagnostic> wrong(std::string message) const {
    return fail(Diagnostic{.code = "pattern.syntax",
                           .message = "invalid regex pattern: " + std::move(message),
                           .where = {"", 0, static_cast<int>(std::min(i_, text_.size()))}});
  }

  Result<NodePtr> alternatives(std::size_t depth) {
    if (depth > kMaxDepth) return wrong("nested too deeply");
    NodePtr out = make_node(Node::Kind::Alternatives);
    do {
      MIMUS_ASSIGN(NodePtr next, sequence(depth));
      out->nodes.push_back(std::move(next));
    } while (take("|"));
    if (out->nodes.size() == 1) return std::move(out->nodes[0]);
    return out;
  }

  Result<NodePtr> sequence(std::size_t depth) {
    NodePtr out = make_node(Node::Kind::Sequence);
    while (!done() && !at("|") && !at(")")) {
      MIMUS_ASSIGN(NodePtr atom, this->atom(depth));
      MIMUS_ASSIGN(NodePtr repeated, repeat(std::move(atom)));
      out->nodes.push_back(std::move(repeated));
    }
    return out;
  }

  Result<NodePtr> literal(char32_t c) {
    NodePtr out = make_node(Node::Kind::Set);
    out->set = {c};
    return out;
  }

  Result<NodePtr> atom(std::size_t depth) {
    if (at("*") || at("+") || at("?")) return wrong("nothing to repeat");
    if (take("^") || take("$")) return make_node(Node::Kind::Sequence);
    if (take("(")) return group(depth);
    if (take("[")) return set();
    if (take(".")) {
      NodePtr out = make_node(Node::Kind::Set);
      out->set = any_character();
      return out;
    }
    if (take("\\")) return escape();
    return literal(next_code_point(text_, i_));
  }

  Result<NodePtr> group(std::size_t depth) {
    bool silent = false;
    NodePtr out = make_node(Node::Kind::Group);
    if (take("?!") || take("?<!")) {
      silent = true;
    } else if (take("?P<")) {
      const auto end = text_.find('>', i_);
      if (end == std::string_view::npos) return wrong("a group's name is not closed");
      names_.emplace_back(text_.substr(i_, end - i_), ++groups_);
      out->group = groups_;
      i_ = end + 1;
    } else if (take("?P=")) {
      return named_reference();
    } else if (take("?:") || take("?=") || take("?<=")) {
      out->kind = Node::Kind::Sequence;
    } else if (at("?")) {
      return wrong("unknown extension of a group");
    } else {
      out->group = ++groups_;
    }
    MIMUS_ASSIGN(NodePtr inside, alternatives(depth + 1));
    if (!take(")")) return wrong("missing ')'");
    if (silent) return make_node(Node::Kind::Sequence);
    out->nodes.push_back(std::move(inside));
    return out;
  }

  Result<NodePtr> named_reference() {
    const auto end = text_.find(')', i_);
    const std::string_view name = text_.substr(i_, end == std::string_view::npos ? 0 : end - i_);
    const auto known = std::ranges::find(names_, name, &std::pair<std::string_view, std::uint32_t>::first);
    if (end == std::string_view::npos || known == names_.end()) return wrong("unknown group name");
    i_ = end + 1;
    NodePtr out = make_node(Node::Kind::Reference);
    out->group = known->second;
    return out;
  }

  // The characters of \d, \w and the like; empty when `c` names no class.
  static Alphabet class_of(char c) {
    Alphabet out;
    switch (c) {
      case 'd':
        add_range(out, '0', '9');
        return out;
      case 's':
        return {' ', '\t', '\n', '\r', '\f', '\v'};
      case 'w':
        add_range(out, '0', '9');
        add_range(out, 'A', 'Z');
        out.push_back('_');
        add_range(out, 'a', 'z');
        return out;
      case 'D':
        return without(class_of('d'));
      case 'S':
        return without(class_of('s'));
      case 'W':
        return without(class_of('w'));
      default:
        return out;
    }
  }

  // The character of an escape such as \n, \x41, \u00e9, \., after the backslash.
  Result<char32_t> escaped_character() {
    if (done()) return wrong("a lone backslash at the end");
    constexpr std::string_view kFrom = "ntrfva";
    constexpr std::string_view kTo = "\n\t\r\f\v\a";
    const char c = text_[i_];
    if (const auto known = kFrom.find(c); known != std::string_view::npos) {
      ++i_;
      return static_cast<char32_t>(kTo[known]);
    }
    const std::size_t digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
    if (digits > 0) return hex_character(digits);
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) return wrong(std::string("bad escape \\") + c);
    return next_code_point(text_, i_);
  }

  Result<char32_t> hex_character(std::size_t digits) {
    ++i_;
    char32_t value = 0;
    for (std::size_t k = 0; k < digits; ++k, ++i_) {
      const char c = done() ? 'x' : text_[i_];
      const int digit = c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
      if (digit < 0) return wrong("an escape is cut off");
      value = value * 16 + static_cast<char32_t>(digit);
    }
    if (value > 0x10FFFF) return wrong("an escape names no character");
    return value;
  }

  Result<NodePtr> escape() {
    const char c = done() ? '\0' : text_[i_];
    if (c == 'b' || c == 'B' || c == 'A' || c == 'Z') {
      ++i_;
      return make_node(Node::Kind::Sequence);
    }
    if (c >= '1' && c <= '9') {
      NodePtr out = make_node(Node::Kind::Reference);
      out->group = static_cast<std::uint32_t>(c - '0');
      if (out->group > groups_) return wrong("no group " + std::to_string(out->group) + " to refer to");
      ++i_;
      return out;
    }
    NodePtr out = make_node(Node::Kind::Set);
    out->set = class_of(c);
    if (!out->set.empty()) {
      ++i_;
      return out;
    }
    MIMUS_ASSIGN(const char32_t character, escaped_character());
    return literal(character);
  }

  Result<NodePtr> set() {
    const bool negated = take("^");
    Alphabet characters;
    bool first = true;
    while (first || !at("]")) {
      if (done()) return wrong("a set is not closed with ']'");
      first = false;
      MIMUS_TRY(set_item(characters));
    }
    ++i_;
    NodePtr out = make_node(Node::Kind::Set);
    out->set = negated ? without(characters) : std::move(characters);
    if (out->set.empty()) return wrong("a set has no character to write");
    return out;
  }

  Status set_item(Alphabet& out) {
    char32_t low = 0;
    if (take("\\")) {
      const Alphabet named = done() ? Alphabet{} : class_of(text_[i_]);
      if (!named.empty()) {
        ++i_;
        out.insert(out.end(), named.begin(), named.end());
        return {};
      }
      MIMUS_ASSIGN(low, escaped_character());
    } else {
      low = next_code_point(text_, i_);
    }
    if (!at("-") || text_.substr(i_).starts_with("-]") || i_ + 1 >= text_.size()) {
      out.push_back(low);
      return {};
    }
    ++i_;
    char32_t high = 0;
    if (take("\\")) {
      MIMUS_ASSIGN(high, escaped_character());
    } else {
      high = next_code_point(text_, i_);
    }
    if (high < low) return wrong("a range goes backwards");
    if (high - low > 70'000) return wrong("a range is too large");
    add_range(out, low, high);
    return {};
  }

  Result<NodePtr> repeat(NodePtr atom) {
    std::uint32_t min = 1;
    std::uint32_t max = 1;
    if (take("*")) {
      min = 0;
      max = kOpenRepeat;
    } else if (take("+")) {
      max = 1 + kOpenRepeat;
    } else if (take("?")) {
      min = 0;
    } else if (!at("{") || !bounds(min, max)) {
      return atom;
    }
    if (min > max) return wrong("a repeat's minimum is above its maximum");
    if (max > kMaxRepeat) return wrong("more than " + std::to_string(kMaxRepeat) + " repeats");
    if (!take("?")) take("+");  // lazy and possessive forms write the same
    if (at("*") || at("+") || at("?")) return wrong("multiple repeat");
    NodePtr out = make_node(Node::Kind::Repeat);
    out->min = min;
    out->max = max;
    out->nodes.push_back(std::move(atom));
    return out;
  }

  // {m}, {m,}, {,n}, {m,n}; anything else is literal text.
  bool bounds(std::uint32_t& min, std::uint32_t& max) {
    const auto end = text_.find('}', i_);
    if (end == std::string_view::npos) return false;
    const std::string_view inside = text_.substr(i_ + 1, end - i_ - 1);
    const auto comma = inside.find(',');
    const auto low = parse_uint(inside.substr(0, comma));
    const std::string_view upper = comma == std::string_view::npos ? std::string_view() : inside.substr(comma + 1);
    const auto high = parse_uint(upper);
    if ((!low && (comma != 0 || upper.empty())) || (comma != std::string_view::npos && !upper.empty() && !high))
      return false;
    const auto capped = [](std::uint64_t n) {
      return static_cast<std::uint32_t>(std::min<std::uint64_t>(n, kMaxRepeat + 1));
    };
    min = capped(low.value_or(0));
    max = comma == std::string_view::npos ? min : high ? capped(*high) : min + kOpenRepeat;
    i_ = end + 1;
    return true;
  }

  std::string_view text_;
  std::size_t i_ = 0;
  std::uint32_t groups_ = 0;
  std::vector<std::pair<std::string_view, std::uint32_t>> names_;
};

}  // namespace

Result<PatternTree> parse_pattern(std::string_view pattern) {
  Parser parser(pattern);
  MIMUS_ASSIGN(NodePtr root, parser.parse());
  return PatternTree{std::move(root), parser.groups()};
}

}  // namespace mimus
