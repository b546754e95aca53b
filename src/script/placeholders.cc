#include "script/placeholders.h"

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "script/evaluate.h"
#include "script/parse.h"

namespace mimus::script {
namespace {

// What stands between two marks: one line, and no longer than anybody writes.
constexpr std::size_t kMaxInside = 1000;
// Suffixes that are tried for one prefix, and for all of them.
constexpr int kMaxEnds = 16;
constexpr int kMaxTries = 100'000;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// Python's format specifications: [[fill]align][sign][z][#][0][width][,_][.precision][type], or strftime's.
bool is_format_specification(std::string_view spec) {
  for (std::size_t i = 0; i + 1 < spec.size(); ++i) {
    if (spec[i] == '%' && is_letter(spec[i + 1])) return true;
  }
  constexpr std::string_view kAligns = "<>=^";
  std::size_t at = 0;
  std::size_t after_fill = 0;
  if (!spec.empty()) (void)next_code_point(spec, after_fill);
  const auto is_one_of = [&](std::size_t i, std::string_view set) { return i < spec.size() && set.contains(spec[i]); };
  const auto skip = [&](std::string_view set) {
    if (is_one_of(at, set)) ++at;
  };
  const auto skip_number = [&] {
    constexpr std::size_t kMaxDigits = 6;
    const std::size_t first = at;
    while (at < spec.size() && is_digit(spec[at])) ++at;
    return at - first <= kMaxDigits;
  };
  if (is_one_of(after_fill, kAligns)) {
    at = after_fill + 1;
  } else {
    skip(kAligns);
  }
  skip("+- ");
  skip("z");
  skip("#");
  skip("0");
  // Nobody writes a width with a zero before it, but numbers in texts have them.
  if (is_one_of(at, "0") || !skip_number()) return false;
  skip(",_");
  if (is_one_of(at, ".")) {
    ++at;
    if (at >= spec.size() || !is_digit(spec[at]) || !skip_number()) return false;
  }
  skip("bcdeEfFgGnosxX%");
  return at == spec.size();
}

// An expression whose value somebody wants to see: it names something, and is not the inside of other braces.
bool is_meant(const Node& node) {
  switch (node.kind) {
    case NodeKind::Set:
    case NodeKind::Dict:
    case NodeKind::SetOf:
    case NodeKind::DictOf:
    case NodeKind::Tuple:
    case NodeKind::Lambda:
    case NodeKind::Walrus:
    case NodeKind::Starred:
      return false;
    default:
      break;
  }
  std::vector<std::string> names;
  collect_names(node, names);
  return !names.empty();
}

// The only replacement of an f-string, when its specification is one.
bool is_meant_formatted(const Node& node) {
  if (node.kind != NodeKind::Text || node.children.size() != 1) return false;
  const Node& field = *node.children[0];
  if (field.kind != NodeKind::Replacement || !is_meant(*field.children[0])) return false;
  if (field.children.size() < 2) return true;
  std::string spec;
  for (const NodePtr& part : field.children[1]->children) {
    if (part->kind != NodeKind::Literal || part->value.as_text() == nullptr) return false;
    spec += *part->value.as_text();
  }
  return is_format_specification(spec);
}

class Splitter {
 public:
  Splitter(std::string_view text, const PlaceholderMarks& marks) : text_(text), marks_(marks) {
    fresh_prefix_ = marks.prefix + marks.prefix.back();
    fresh_suffix_ = marks.suffix.front() + marks.suffix;
  }

  Result<std::vector<TextPiece>> split() {
    std::size_t at = 0;
    while (at < text_.size()) {
      const std::size_t mark = text_.find(marks_.prefix, at);
      if (mark == std::string_view::npos) break;
      std::size_t backslashes = mark;
      while (backslashes > at && text_[backslashes - 1] == '\\') --backslashes;
      const std::size_t count = mark - backslashes;
      literal_ += text_.substr(at, backslashes - at);
      literal_.append(count / 2, '\\');
      at = mark;
      if (count % 2 == 1 || !take(at)) {
        literal_ += marks_.prefix;
        at = mark + marks_.prefix.size();
      }
      if (tries_ > kMaxTries) {
        return fail("script.placeholders", "the text has too many marks ('" + marks_.prefix + "') that begin nothing",
                    "choose other marks, or put a backslash before those that are text");
      }
    }
    literal_ += text_.substr(std::min(at, text_.size()));
    flush();
    return std::move(pieces_);
  }

 private:
  void flush() {
    if (!literal_.empty()) pieces_.push_back({.literal = std::move(literal_), .source = {}});
    literal_.clear();
  }

  // A placeholder that begins at `at`; leaves `at` behind it.
  bool take(std::size_t& at) {
    if (text_.compare(at, fresh_prefix_.size(), fresh_prefix_) == 0 && take(at, fresh_prefix_, fresh_suffix_, true))
      return true;
    return take(at, marks_.prefix, marks_.suffix, false);
  }

  bool take(std::size_t& at, const std::string& prefix, const std::string& suffix, bool is_fresh) {
    const std::size_t first = at + prefix.size();
    const std::string_view line = text_.substr(first, kMaxInside);
    const std::size_t line_end = std::min(line.find('\n'), line.size());
    std::size_t end = 0;
    for (int k = 0; k < kMaxEnds; ++k) {
      end = line.find(suffix, end);
      if (end == std::string_view::npos || end > line_end) return false;
      ++tries_;
      if (auto piece = piece_of(line.substr(0, end), first)) {
        flush();
        piece->is_fresh = is_fresh;
        pieces_.push_back(std::move(*piece));
        at = first + end + suffix.size();
        return true;
      }
      ++end;
    }
    return false;
  }

  // The inside of marks as an expression, `first` bytes from the start of the text.
  static std::optional<TextPiece> piece_of(std::string_view inside, std::size_t first) {
    if (trim(inside).empty()) return std::nullopt;
    if (const auto tree = parse_expression(inside)) {
      if (!is_meant(**tree)) return std::nullopt;
      return TextPiece{.literal = {}, .source = std::string(inside), .offset = first};
    }
    const std::string_view quotes = inside.contains("\"\"\"") ? "'''" : "\"\"\"";
    const std::string start = "f" + std::string(quotes) + "{";
    std::string source = start + std::string(inside) + "}" + std::string(quotes);
    const auto tree = parse_expression(source);
    if (!tree || !is_meant_formatted(**tree)) return std::nullopt;
    return TextPiece{.literal = {}, .source = std::move(source), .offset = first, .lead = start.size()};
  }

  std::string_view text_;
  const PlaceholderMarks& marks_;
  std::string fresh_prefix_, fresh_suffix_;
  std::string literal_;
  std::vector<TextPiece> pieces_;
  int tries_ = 0;
};

}  // namespace

Result<std::vector<TextPiece>> split_placeholders(std::string_view text, const PlaceholderMarks& marks) {
  return Splitter(text, marks).split();
}

}  // namespace mimus::script
