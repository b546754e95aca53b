#include "script/parse.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "script/lexer.h"

namespace mimus::script {
namespace {

using MutablePtr = std::unique_ptr<Node>;
using Parsed = Result<MutablePtr>;

// A binary operator, how tightly it binds (more is tighter).
struct BinaryLevel {
  std::string_view text;
  Operator op;
  int level;
};
constexpr std::array<BinaryLevel, 12> kBinary{{{"|", Operator::BitOr, 1},
                                               {"^", Operator::BitXor, 2},
                                               {"&", Operator::BitAnd, 3},
                                               {"<<", Operator::ShiftLeft, 4},
                                               {">>", Operator::ShiftRight, 4},
                                               {"+", Operator::Add, 5},
                                               {"-", Operator::Subtract, 5},
                                               {"*", Operator::Multiply, 6},
                                               {"/", Operator::Divide, 6},
                                               {"//", Operator::FloorDivide, 6},
                                               {"%", Operator::Modulo, 6},
                                               {"@", Operator::MatrixMultiply, 6}}};
constexpr int kTightest = 6;

struct Comparison {
  std::string_view text;
  Operator op;
};
constexpr std::array<Comparison, 6> kComparisons{{{"==", Operator::Equal},
                                                  {"!=", Operator::NotEqual},
                                                  {"<", Operator::Less},
                                                  {"<=", Operator::LessEqual},
                                                  {">", Operator::Greater},
                                                  {">=", Operator::GreaterEqual}}};

class Parser {
 public:
  Parser(std::string_view text, std::vector<Token> tokens, int depth)
      : text_(text), tokens_(std::move(tokens)), depth_(depth) {}

  // The whole text as one expression, or several with commas: a tuple.
  Parsed whole(bool allow_tuple) {
    MIMUS_ASSIGN(MutablePtr node, allow_tuple ? expressions() : named_expression());
    if (peek().kind != TokenKind::End) return unexpected();
    return node;
  }

 private:
  // ---- tokens
  [[nodiscard]] const Token& peek(std::size_t ahead = 0) const {
    return tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
  }
  const Token& take() { return tokens_[at_++]; }
  [[nodiscard]] bool is(std::string_view text) const {
    return peek().text == text && (peek().kind == TokenKind::Operator || peek().kind == TokenKind::Keyword);
  }
  bool accept(std::string_view text) {
    if (!is(text)) return false;
    ++at_;
    return true;
  }
  Status expect(std::string_view text) {
    if (accept(text)) return {};
    return syntax_error(peek().offset, "'" + std::string(text) + "' is missing here",
                        std::max<std::size_t>(peek().text.size(), 1));
  }
  [[nodiscard]] std::unexpected<Diagnostic> unexpected() const {
    const Token& token = peek();
    if (token.kind == TokenKind::End) return syntax_error(token.offset, "the expression ends too early");
    return syntax_error(token.offset, "'" + std::string(token.text.substr(0, 40)) + "' cannot stand here",
                        token.text.size());
  }

  // ---- nodes
  [[nodiscard]] MutablePtr make(NodeKind kind, std::size_t offset) const {
    auto node = std::make_unique<Node>();
    node->kind = kind;
    node->offset = offset;
    return node;
  }
  // The node ends before the next token.
  MutablePtr close(MutablePtr node) const {
    const Token& last = tokens_[at_ == 0 ? 0 : at_ - 1];
    node->length = last.offset + last.text.size() - node->offset;
    return node;
  }

  // Guards against nesting that would exhaust the stack.
  class Deeper {
   public:
    explicit Deeper(int& depth) : depth_(depth) { ++depth_; }
    ~Deeper() { --depth_; }
    Deeper(const Deeper&) = delete;
    Deeper& operator=(const Deeper&) = delete;
    [[nodiscard]] bool too_deep() const { return depth_ > kMaxExpressionDepth; }

   private:
    int& depth_;
  };

  Parsed expressions() {
    const std::size_t offset = peek().offset;
    MIMUS_ASSIGN(MutablePtr first, starred_or_named());
    if (!is(",")) {
      if (first->kind == NodeKind::Starred) return syntax_error(first->offset, "'*' cannot stand here");
      return first;
    }
    MutablePtr tuple = make(NodeKind::Tuple, offset);
    tuple->children.push_back(std::move(first));
    while (accept(",")) {
      if (peek().kind == TokenKind::End || is(")")) break;
      MIMUS_ASSIGN(MutablePtr next, starred_or_named());
      tuple->children.push_back(std::move(next));
    }
    return close(std::move(tuple));
  }

  Parsed starred_or_named() {
    if (!is("*")) return named_expression();
    MutablePtr node = make(NodeKind::Starred, take().offset);
    MIMUS_ASSIGN(MutablePtr inner, binary(1));
    node->children.push_back(std::move(inner));
    return close(std::move(node));
  }

  Parsed named_expression() {
    if (peek().kind == TokenKind::Name && peek(1).text == ":=") {
      MutablePtr node = make(NodeKind::Walrus, peek().offset);
      node->text = take().text;
      take();
      MIMUS_ASSIGN(MutablePtr value, expression());
      node->children.push_back(std::move(value));
      return close(std::move(node));
    }
    return expression();
  }

  Parsed expression() {
    const Deeper deeper(depth_);
    if (deeper.too_deep()) return syntax_error(peek().offset, "the expression is nested too deeply");
    if (is("lambda")) return lambda();
    const std::size_t offset = peek().offset;
    MIMUS_ASSIGN(MutablePtr value, disjunction());
    if (!accept("if")) return value;
    MutablePtr node = make(NodeKind::Conditional, offset);
    MIMUS_ASSIGN(MutablePtr condition, disjunction());
    MIMUS_TRY(expect("else"));
    MIMUS_ASSIGN(MutablePtr other, expression());
    node->children.push_back(std::move(condition));
    node->children.push_back(std::move(value));
    node->children.push_back(std::move(other));
    return close(std::move(node));
  }

  Parsed lambda() {
    MutablePtr node = make(NodeKind::Lambda, take().offset);
    std::vector<NodePtr> defaults;
    while (!is(":")) {
      // Which argument goes to which parameter is Python's matter then; the names are bound all the same.
      if (is("*") || is("**") || is("/")) {
        node->text = take().text;
        const bool has_name = peek().kind == TokenKind::Name && node->text != "/";
        if (has_name) node->names.emplace_back(take().text);
        if (node->text == "**" && has_name) break;
        if (!accept(",")) {
          if (node->text == "/" || has_name) break;
          return unexpected();
        }
        if (node->text == "*" && !has_name && peek().kind != TokenKind::Name) return unexpected();
        continue;
      }
      if (peek().kind != TokenKind::Name) return unexpected();
      node->names.emplace_back(take().text);
      if (accept("=")) {
        MIMUS_ASSIGN(MutablePtr value, expression());
        defaults.push_back(std::move(value));
      } else if (!defaults.empty() && node->text.empty()) {
        return syntax_error(peek().offset, "a parameter without a default follows one with a default");
      }
      if (!accept(",")) break;
    }
    MIMUS_TRY(expect(":"));
    MIMUS_ASSIGN(MutablePtr body, expression());
    node->children.push_back(std::move(body));
    for (NodePtr& value : defaults) node->children.push_back(std::move(value));
    return close(std::move(node));
  }

  Parsed disjunction() { return chain("or", NodeKind::Or, &Parser::conjunction); }
  Parsed conjunction() { return chain("and", NodeKind::And, &Parser::inversion); }

  Parsed chain(std::string_view word, NodeKind kind, Parsed (Parser::*inner)()) {
    const std::size_t offset = peek().offset;
    MIMUS_ASSIGN(MutablePtr first, (this->*inner)());
    if (!is(word)) return first;
    MutablePtr node = make(kind, offset);
    node->children.push_back(std::move(first));
    while (accept(word)) {
      MIMUS_ASSIGN(MutablePtr next, (this->*inner)());
      node->children.push_back(std::move(next));
    }
    return close(std::move(node));
  }

  Parsed inversion() {
    if (!is("not")) return comparison();
    const Deeper deeper(depth_);
    if (deeper.too_deep()) return syntax_error(peek().offset, "the expression is nested too deeply");
    MutablePtr node = make(NodeKind::Not, take().offset);
    MIMUS_ASSIGN(MutablePtr inner, inversion());
    node->children.push_back(std::move(inner));
    return close(std::move(node));
  }

  std::optional<Operator> accept_comparison() {
    if (peek().kind == TokenKind::Operator) {
      const auto found = std::ranges::find(kComparisons, peek().text, &Comparison::text);
      if (found == kComparisons.end()) return std::nullopt;
      ++at_;
      return found->op;
    }
    if (accept("in")) return Operator::In;
    if (is("not") && peek(1).text == "in") {
      at_ += 2;
      return Operator::NotIn;
    }
    if (accept("is")) return accept("not") ? Operator::IsNot : Operator::Is;
    return std::nullopt;
  }

  Parsed comparison() {
    const std::size_t offset = peek().offset;
    MIMUS_ASSIGN(MutablePtr first, binary(1));
    auto op = accept_comparison();
    if (!op) return first;
    MutablePtr node = make(NodeKind::Compare, offset);
    node->children.push_back(std::move(first));
    for (; op; op = accept_comparison()) {
      node->ops.push_back(*op);
      MIMUS_ASSIGN(MutablePtr next, binary(1));
      node->children.push_back(std::move(next));
    }
    return close(std::move(node));
  }

  Parsed binary(int level) {
    if (level > kTightest) return unary();
    const std::size_t offset = peek().offset;
    MIMUS_ASSIGN(MutablePtr left, binary(level + 1));
    while (peek().kind == TokenKind::Operator) {
      const auto found = std::ranges::find(kBinary, peek().text, &BinaryLevel::text);
      if (found == kBinary.end() || found->level != level) break;
      ++at_;
      MIMUS_ASSIGN(MutablePtr right, binary(level + 1));
      MutablePtr node = make(NodeKind::Binary, offset);
      node->op = found->op;
      node->children.push_back(std::move(left));
      node->children.push_back(std::move(right));
      left = close(std::move(node));
    }
    return left;
  }

  Parsed unary() {
    const bool sign = peek().kind == TokenKind::Operator && (is("-") || is("+") || is("~"));
    if (!sign) return power();
    const Deeper deeper(depth_);
    if (deeper.too_deep()) return syntax_error(peek().offset, "the expression is nested too deeply");
    MutablePtr node = make(NodeKind::Unary, peek().offset);
    const std::string_view text = take().text;
    node->op = text == "-" ? Operator::Negate : text == "+" ? Operator::Plus : Operator::Invert;
    MIMUS_ASSIGN(MutablePtr inner, unary());
    node->children.push_back(std::move(inner));
    return close(std::move(node));
  }

  Parsed power() {
    const std::size_t offset = peek().offset;
    MIMUS_ASSIGN(MutablePtr base, primary());
    if (!accept("**")) return base;
    MutablePtr node = make(NodeKind::Binary, offset);
    node->op = Operator::Power;
    node->children.push_back(std::move(base));
    MIMUS_ASSIGN(MutablePtr exponent, unary());
    node->children.push_back(std::move(exponent));
    return close(std::move(node));
  }

  Parsed primary() {
    MIMUS_ASSIGN(MutablePtr node, atom());
    while (true) {
      const std::size_t offset = node->offset;
      if (accept(".")) {
        if (peek().kind != TokenKind::Name && peek().kind != TokenKind::Keyword) return unexpected();
        MutablePtr next = make(NodeKind::Attribute, offset);
        next->text = take().text;
        next->children.push_back(std::move(node));
        node = close(std::move(next));
      } else if (is("(")) {
        MutablePtr next = make(NodeKind::Call, offset);
        next->children.push_back(std::move(node));
        MIMUS_TRY(arguments(*next));
        node = close(std::move(next));
      } else if (accept("[")) {
        MutablePtr next = make(NodeKind::Index, offset);
        next->children.push_back(std::move(node));
        MIMUS_ASSIGN(MutablePtr index, subscript());
        next->children.push_back(std::move(index));
        MIMUS_TRY(expect("]"));
        node = close(std::move(next));
      } else {
        return node;
      }
    }
  }

  Status arguments(Node& call) {
    MIMUS_TRY(expect("("));
    bool keywords = false;
    while (!is(")")) {
      const std::size_t offset = peek().offset;
      if (accept("**") ||
          (peek().kind == TokenKind::Name && peek(1).text == "=" && peek(1).kind == TokenKind::Operator)) {
        MutablePtr keyword = make(NodeKind::Keyword, offset);
        if (peek().kind == TokenKind::Name && peek(1).text == "=" && tokens_[at_ == 0 ? 0 : at_ - 1].text != "**") {
          keyword->text = take().text;
          take();
        }
        MIMUS_ASSIGN(MutablePtr value, expression());
        keyword->children.push_back(std::move(value));
        call.children.push_back(close(std::move(keyword)));
        keywords = true;
      } else {
        const bool starred = is("*");
        MIMUS_ASSIGN(MutablePtr value, starred_or_named());
        if (keywords && !starred) return syntax_error(offset, "an argument without a name follows one with a name");
        if (is("for") || is("async")) {
          MutablePtr generator = make(NodeKind::GeneratorOf, offset);
          generator->children.push_back(std::move(value));
          MIMUS_TRY(fors(*generator));
          value = close(std::move(generator));
        }
        call.children.push_back(std::move(value));
      }
      if (!accept(",")) break;
    }
    return expect(")");
  }

  Parsed subscript() {
    const std::size_t offset = peek().offset;
    MIMUS_ASSIGN(MutablePtr first, subscript_part());
    if (!is(",")) return first;
    MutablePtr tuple = make(NodeKind::Tuple, offset);
    tuple->children.push_back(std::move(first));
    while (accept(",")) {
      if (is("]")) break;
      MIMUS_ASSIGN(MutablePtr next, subscript_part());
      tuple->children.push_back(std::move(next));
    }
    return close(std::move(tuple));
  }

  Parsed subscript_part() {
    const std::size_t offset = peek().offset;
    MutablePtr start;
    if (!is(":")) {
      MIMUS_ASSIGN(start, named_expression());
      if (!is(":")) return start;
    }
    MutablePtr slice = make(NodeKind::Slice, offset);
    slice->children.push_back(std::move(start));
    for (int part = 0; part < 2; ++part) {
      MutablePtr bound;
      if (accept(":") && !is(":") && !is("]") && !is(",")) {
        MIMUS_ASSIGN(bound, expression());
      }
      slice->children.push_back(std::move(bound));
    }
    return close(std::move(slice));
  }

  // for targets in iterable if … for …: into the node's children.
  Status fors(Node& node) {
    if (is("async")) return unexpected();
    while (is("for")) {
      MutablePtr part = make(NodeKind::For, take().offset);
      const bool brackets = accept("(");
      do {
        if (peek().kind != TokenKind::Name) return unexpected();
        part->names.emplace_back(take().text);
      } while (accept(",") && peek().kind == TokenKind::Name);
      if (brackets) MIMUS_TRY(expect(")"));
      // `for x, in …` unpacks one value.
      if (part->names.size() == 1 && tokens_[at_ - 1].text == ",") part->text = "unpack";
      MIMUS_TRY(expect("in"));
      MIMUS_ASSIGN(MutablePtr iterable, disjunction());
      part->children.push_back(std::move(iterable));
      while (accept("if")) {
        MIMUS_ASSIGN(MutablePtr condition, disjunction());
        part->children.push_back(std::move(condition));
      }
      node.children.push_back(close(std::move(part)));
    }
    return {};
  }

  Parsed atom() {
    const Token& token = peek();
    switch (token.kind) {
      case TokenKind::Name: {
        MutablePtr node = make(NodeKind::Name, token.offset);
        node->text = take().text;
        return close(std::move(node));
      }
      case TokenKind::Number:
        return number();
      case TokenKind::String:
        return strings();
      case TokenKind::Keyword:
        return constant();
      case TokenKind::Operator:
        if (is("(")) return parentheses();
        if (is("[")) return list();
        if (is("{")) return braces();
        if (is(".") && peek(1).text == "." && peek(2).text == ".")
          return syntax_error(token.offset, "'...' is not known here", 3);
        return unexpected();
      case TokenKind::End:
        break;
    }
    return unexpected();
  }

  Parsed constant() {
    MutablePtr node = make(NodeKind::Literal, peek().offset);
    if (is("True") || is("False")) {
      node->value = Value(take().text == "True");
    } else if (is("None")) {
      take();
    } else {
      return unexpected();
    }
    return close(std::move(node));
  }

  Parsed number();
  Parsed strings();
  Status format_parts(std::string_view body_text, std::size_t first, std::size_t last, bool raw, bool in_spec,
                      Node& out);
  Parsed replacement(std::size_t& at, std::size_t last, bool raw, Node& out);

  Parsed parentheses() {
    const Deeper deeper(depth_);
    if (deeper.too_deep()) return syntax_error(peek().offset, "the expression is nested too deeply");
    const std::size_t offset = take().offset;
    if (accept(")")) return close(make(NodeKind::Tuple, offset));
    MIMUS_ASSIGN(MutablePtr node, expressions());
    if (is("for") || is("async")) {
      MutablePtr generator = make(NodeKind::GeneratorOf, offset);
      generator->children.push_back(std::move(node));
      MIMUS_TRY(fors(*generator));
      node = std::move(generator);
    }
    MIMUS_TRY(expect(")"));
    node->offset = offset;
    return close(std::move(node));
  }

  Parsed list() {
    const Deeper deeper(depth_);
    if (deeper.too_deep()) return syntax_error(peek().offset, "the expression is nested too deeply");
    MutablePtr node = make(NodeKind::List, take().offset);
    while (!is("]")) {
      MIMUS_ASSIGN(MutablePtr item, starred_or_named());
      node->children.push_back(std::move(item));
      if (node->children.size() == 1 && (is("for") || is("async"))) {
        node->kind = NodeKind::ListOf;
        MIMUS_TRY(fors(*node));
        break;
      }
      if (!accept(",")) break;
    }
    MIMUS_TRY(expect("]"));
    return close(std::move(node));
  }

  // A dict, a set, or a comprehension of one.
  Parsed braces() {
    const Deeper deeper(depth_);
    if (deeper.too_deep()) return syntax_error(peek().offset, "the expression is nested too deeply");
    MutablePtr node = make(NodeKind::Dict, take().offset);
    bool first = true;
    while (!is("}")) {
      MIMUS_TRY(braces_item(*node, first));
      first = false;
      if (is("for") || is("async")) {
        node->kind = node->kind == NodeKind::Set ? NodeKind::SetOf : NodeKind::DictOf;
        MIMUS_TRY(fors(*node));
        break;
      }
      if (!accept(",")) break;
    }
    MIMUS_TRY(expect("}"));
    return close(std::move(node));
  }

  Status braces_item(Node& node, bool first) {
    const std::size_t offset = peek().offset;
    if (accept("**")) {
      if (node.kind != NodeKind::Dict) return syntax_error(offset, "'**' cannot stand in a set", 2);
      MIMUS_ASSIGN(MutablePtr value, binary(1));
      node.children.push_back(nullptr);
      node.children.push_back(std::move(value));
      return {};
    }
    MIMUS_ASSIGN(MutablePtr item, starred_or_named());
    if (first && !is(":")) node.kind = NodeKind::Set;
    if (node.kind == NodeKind::Set) {
      node.children.push_back(std::move(item));
      return {};
    }
    MIMUS_TRY(expect(":"));
    MIMUS_ASSIGN(MutablePtr value, expression());
    node.children.push_back(std::move(item));
    node.children.push_back(std::move(value));
    return {};
  }

  std::string_view text_;
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  int depth_;
};

// Digits with '_' between them taken out; nullopt when one stands elsewhere.
std::optional<std::string> without_underscores(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '_') {
      out += text[i];
      continue;
    }
    const auto is_digit = [](char c) {
      return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    };
    const bool after_prefix = i == 2 && text[0] == '0';
    if (i == 0 || i + 1 == text.size() || (!is_digit(text[i - 1]) && !after_prefix) || !is_digit(text[i + 1]))
      return std::nullopt;
  }
  return out;
}

Value whole_number(std::string digits) {
  const std::size_t first = digits.find_first_not_of('0');
  digits = first == std::string::npos ? "0" : digits.substr(first);
  if (const auto value = parse_int(digits)) return Value(*value);
  return Value(BigInteger{std::move(digits)});
}

// Digits of another base as decimal ones.
std::optional<Value> based_number(std::string_view digits, unsigned base) {
  std::vector<std::uint32_t> parts;  // in base 10^9, least first
  if (digits.empty()) return std::nullopt;
  for (const char c : digits) {
    const unsigned digit = c >= '0' && c <= '9'   ? static_cast<unsigned>(c - '0')
                           : c >= 'a' && c <= 'f' ? static_cast<unsigned>(c - 'a') + 10
                           : c >= 'A' && c <= 'F' ? static_cast<unsigned>(c - 'A') + 10
                                                  : 99;
    if (digit >= base) return std::nullopt;
    std::uint64_t carry = digit;
    for (std::uint32_t& part : parts) {
      carry += static_cast<std::uint64_t>(part) * base;
      part = static_cast<std::uint32_t>(carry % 1'000'000'000);
      carry /= 1'000'000'000;
    }
    if (carry > 0) parts.push_back(static_cast<std::uint32_t>(carry));
  }
  std::string out;
  for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
    const std::string text = std::to_string(*part);
    out += std::string(9 - text.size(), '0') + text;
  }
  return whole_number(out.empty() ? "0" : out);
}

std::optional<Value> number_value(std::string_view text) {
  const auto digits = without_underscores(text);
  if (!digits) return std::nullopt;
  if (digits->size() > 1 && (*digits)[0] == '0') {
    const char kind = (*digits)[1];
    if (kind == 'x' || kind == 'X') return based_number(std::string_view(*digits).substr(2), 16);
    if (kind == 'o' || kind == 'O') return based_number(std::string_view(*digits).substr(2), 8);
    if (kind == 'b' || kind == 'B') return based_number(std::string_view(*digits).substr(2), 2);
  }
  if (digits->find_first_not_of("0123456789") == std::string::npos) {
    const bool leading_zero =
        digits->size() > 1 && (*digits)[0] == '0' && digits->find_first_not_of('0') != std::string::npos;
    if (leading_zero) return std::nullopt;
    return whole_number(*digits);
  }
  if (digits->find_first_not_of("0123456789.eE+-") != std::string::npos) return std::nullopt;
  std::string padded = *digits;
  if (padded[0] == '.') padded.insert(0, "0");
  if (const auto value = parse_float(padded)) return Value(*value);
  return std::nullopt;
}

Parsed Parser::number() {
  const Token token = take();
  auto value = number_value(token.text);
  if (!value)
    return syntax_error(token.offset, "'" + std::string(token.text.substr(0, 40)) + "' is no number",
                        token.text.size());
  MutablePtr node = make(NodeKind::Literal, token.offset);
  node->value = std::move(*value);
  return close(std::move(node));
}

// Adjacent texts are one.
Parsed Parser::strings() {
  MutablePtr node = make(NodeKind::Text, peek().offset);
  std::string bytes;
  bool any_bytes = false;
  bool any_text = false;
  while (peek().kind == TokenKind::String) {
    const StringParts parts = split_string(take());
    const bool raw = parts.prefix.find('r') != std::string::npos;
    if (parts.prefix.find('b') != std::string::npos) {
      MIMUS_ASSIGN(const std::string plain,
                   raw ? Result<std::string>(std::string(parts.body)) : unescape(parts.body, parts.offset, true));
      bytes += plain;
      any_bytes = true;
      continue;
    }
    any_text = true;
    if (parts.prefix.find('f') == std::string::npos) {
      MIMUS_ASSIGN(std::string plain,
                   raw ? Result<std::string>(std::string(parts.body)) : unescape(parts.body, parts.offset, false));
      MutablePtr literal = make(NodeKind::Literal, parts.offset);
      literal->value = Value(std::move(plain));
      node->children.push_back(close(std::move(literal)));
    } else {
      MIMUS_TRY(format_parts(text_, parts.offset, parts.offset + parts.body.size(), raw, false, *node));
    }
  }
  if (any_bytes && any_text) return syntax_error(node->offset, "texts and bytes cannot be put together");
  if (any_bytes) {
    node->kind = NodeKind::Literal;
    node->value = Value(Bytes{std::move(bytes)});
    return close(std::move(node));
  }
  if (std::ranges::all_of(node->children, [](const NodePtr& part) { return part->kind == NodeKind::Literal; })) {
    std::string all;
    for (const NodePtr& part : node->children) all += *part->value.as_text();
    node->children.clear();
    node->kind = NodeKind::Literal;
    node->value = Value(std::move(all));
  }
  return close(std::move(node));
}

// The literal pieces and replacement fields of an f-string's body, or of a format specification.
Status Parser::format_parts(std::string_view text, std::size_t first, std::size_t last, bool raw, bool in_spec,
                            Node& out) {
  const Deeper deeper(depth_);
  if (deeper.too_deep()) return syntax_error(first, "the expression is nested too deeply");
  std::string piece;
  std::size_t start = first;
  const auto flush = [&](std::size_t end) -> Status {
    piece += text.substr(start, end - start);
    if (piece.empty()) return {};
    MIMUS_ASSIGN(std::string plain, raw ? Result<std::string>(piece) : unescape(piece, start, false));
    MutablePtr literal = make(NodeKind::Literal, start);
    literal->value = Value(std::move(plain));
    out.children.push_back(std::move(literal));
    piece.clear();
    return {};
  };
  std::size_t at = first;
  while (at < last) {
    const char c = text[at];
    if (c == '\\' && !raw && at + 1 < last) {
      at += 2;
    } else if ((c == '{' || c == '}') && !in_spec && at + 1 < last && text[at + 1] == c) {
      piece += text.substr(start, at + 1 - start);
      at += 2;
      start = at;
    } else if (c == '{') {
      MIMUS_TRY(flush(at));
      ++at;
      MIMUS_ASSIGN(MutablePtr field, replacement(at, last, raw, out));
      out.children.push_back(std::move(field));
      start = at;
    } else if (c == '}') {
      return syntax_error(at, "a single '}' in an f-string");
    } else {
      ++at;
    }
  }
  return flush(last);
}

// A field, `at` behind its opening brace; leaves it behind the closing one.
Parsed Parser::replacement(std::size_t& at, std::size_t last, bool raw, Node& out) {
  const std::size_t end = find_field_end(text_, at, last);
  if (end == std::string_view::npos) return syntax_error(at - 1, "a '{' without its '}' in an f-string");
  if (trim(text_.substr(at, end - at)).empty()) return syntax_error(at - 1, "an empty '{}' in an f-string", 2);
  MIMUS_ASSIGN(std::vector<Token> tokens, tokenize(text_, at, end, true));
  MIMUS_ASSIGN(MutablePtr value, Parser(text_, std::move(tokens), depth_).whole(true));
  MutablePtr field = make(NodeKind::Replacement, at - 1);
  field->children.push_back(std::move(value));
  std::size_t next = end;
  bool shows_text = false;
  if (text_[next] == '=') {
    shows_text = true;
    ++next;
    while (next < last && text_[next] == ' ') ++next;
    MutablePtr label = make(NodeKind::Literal, at);
    label->value = Value(std::string(text_.substr(at, next - at)));
    out.children.push_back(std::move(label));
  }
  if (next < last && text_[next] == '!') {
    if (next + 1 >= last || std::string_view("rsa").find(text_[next + 1]) == std::string_view::npos) {
      return syntax_error(next, "after '!' stands r, s or a");
    }
    field->conversion = text_[next + 1];
    next += 2;
  }
  if (next < last && text_[next] == ':') {
    std::size_t close_at = next + 1;
    int depth = 0;
    while (close_at < last && (text_[close_at] != '}' || depth > 0)) {
      if (text_[close_at] == '{') ++depth;
      if (text_[close_at] == '}') --depth;
      ++close_at;
    }
    MutablePtr spec = make(NodeKind::Text, next + 1);
    MIMUS_TRY(format_parts(text_, next + 1, close_at, raw, true, *spec));
    field->children.push_back(std::move(spec));
    next = close_at;
  } else if (shows_text && field->conversion == 0) {
    field->conversion = 'r';
  }
  if (next >= last || text_[next] != '}') return syntax_error(at - 1, "a '{' without its '}' in an f-string");
  at = next + 1;
  field->length = at - field->offset;
  return field;
}

}  // namespace

Result<NodePtr> parse_expression(std::string_view text) {
  if (text.size() > kMaxExpressionBytes) return syntax_error(0, "the expression is longer than 1 MiB");
  if (!is_utf8(text)) return syntax_error(0, "the expression is not UTF-8");
  std::size_t first = 0;
  while (first < text.size() && (text[first] == ' ' || text[first] == '\t')) ++first;
  MIMUS_ASSIGN(std::vector<Token> tokens, tokenize(text, first, text.size(), false));
  if (tokens.size() == 1) return syntax_error(0, "the expression is empty", std::max<std::size_t>(text.size(), 1));
  MIMUS_ASSIGN(std::unique_ptr<Node> node, Parser(text, std::move(tokens), 0).whole(true));
  return NodePtr(std::move(node));
}

}  // namespace mimus::script
