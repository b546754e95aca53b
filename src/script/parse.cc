#include "script/parse.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "script/parser.h"

namespace mimus::script {
namespace {

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

}  // namespace

// ---- tokens and nodes

Parsed Parser::whole() {
  MIMUS_ASSIGN(MutablePtr node, expressions());
  if (peek().kind != TokenKind::End) return unexpected();
  return node;
}

Status Parser::expect(std::string_view text) {
  if (accept(text)) return {};
  return syntax_error(peek().offset, "'" + std::string(text) + "' is missing here",
                      std::max<std::size_t>(peek().text.size(), 1));
}

std::unexpected<Diagnostic> Parser::unexpected() const {
  const Token& token = peek();
  if (token.kind == TokenKind::End) return syntax_error(token.offset, "the expression ends too early");
  return syntax_error(token.offset, "'" + std::string(token.text.substr(0, 40)) + "' cannot stand here",
                      token.text.size());
}

MutablePtr Parser::make(NodeKind kind, std::size_t offset) {
  auto node = std::make_unique<Node>();
  node->kind = kind;
  node->offset = offset;
  return node;
}

// The node ends before the next token.
MutablePtr Parser::close(MutablePtr node) const {
  const Token& last = tokens_[at_ == 0 ? 0 : at_ - 1];
  node->length = last.offset + last.text.size() - node->offset;
  return node;
}

MutablePtr Parser::foreign(std::size_t offset, std::string construct) {
  MutablePtr node = make(NodeKind::Foreign, offset);
  node->text = std::move(construct);
  return node;
}

std::unexpected<Diagnostic> Parser::too_deep() const {
  return syntax_error(peek().offset, "the expression is nested too deeply");
}

// ---- operators

Parsed Parser::expressions() {
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

Parsed Parser::starred_or_named() {
  if (!is("*")) return named_expression();
  MutablePtr node = make(NodeKind::Starred, take().offset);
  MIMUS_ASSIGN(MutablePtr inner, binary(1));
  node->children.push_back(std::move(inner));
  return close(std::move(node));
}

Parsed Parser::named_expression() {
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

Parsed Parser::expression() {
  const Deeper deeper(depth_);
  if (deeper.too_deep()) return too_deep();
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

Parsed Parser::lambda() {
  MutablePtr node = make(NodeKind::Lambda, take().offset);
  std::vector<NodePtr> defaults;
  MIMUS_TRY(lambda_parameters(*node, defaults));
  MIMUS_TRY(expect(":"));
  MIMUS_ASSIGN(MutablePtr body, expression());
  node->children.push_back(std::move(body));
  for (NodePtr& value : defaults) node->children.push_back(std::move(value));
  return close(std::move(node));
}

Status Parser::lambda_parameters(Node& node, std::vector<NodePtr>& defaults) {
  while (!is(":")) {
    // Which argument goes to which parameter is Python's matter then; the names are bound all the same.
    if (is("*") || is("**") || is("/")) {
      node.text = take().text;
      const bool has_name = peek().kind == TokenKind::Name && node.text != "/";
      if (has_name) node.names.emplace_back(take().text);
      if (node.text == "**" && has_name) break;
      if (!accept(",")) {
        if (node.text == "/" || has_name) break;
        return unexpected();
      }
      if (node.text == "*" && !has_name && peek().kind != TokenKind::Name) return unexpected();
      continue;
    }
    if (peek().kind != TokenKind::Name) return unexpected();
    node.names.emplace_back(take().text);
    if (accept("=")) {
      MIMUS_ASSIGN(MutablePtr value, expression());
      defaults.push_back(std::move(value));
    } else if (!defaults.empty() && node.text.empty()) {
      return syntax_error(peek().offset, "a parameter without a default follows one with a default");
    }
    if (!accept(",")) break;
  }
  return {};
}

Parsed Parser::disjunction() { return chain("or", NodeKind::Or, &Parser::conjunction); }

Parsed Parser::conjunction() { return chain("and", NodeKind::And, &Parser::inversion); }

Parsed Parser::chain(std::string_view word, NodeKind kind, Parsed (Parser::*inner)()) {
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

Parsed Parser::inversion() {
  if (!is("not")) return comparison();
  const Deeper deeper(depth_);
  if (deeper.too_deep()) return too_deep();
  MutablePtr node = make(NodeKind::Not, take().offset);
  MIMUS_ASSIGN(MutablePtr inner, inversion());
  node->children.push_back(std::move(inner));
  return close(std::move(node));
}

std::optional<Operator> Parser::accept_comparison() {
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

Parsed Parser::comparison() {
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

Parsed Parser::binary(int level) {
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

Parsed Parser::unary() {
  const bool sign = peek().kind == TokenKind::Operator && (is("-") || is("+") || is("~"));
  if (!sign) return power();
  const Deeper deeper(depth_);
  if (deeper.too_deep()) return too_deep();
  MutablePtr node = make(NodeKind::Unary, peek().offset);
  const std::string_view text = take().text;
  node->op = text == "-" ? Operator::Negate : text == "+" ? Operator::Plus : Operator::Invert;
  MIMUS_ASSIGN(MutablePtr inner, unary());
  node->children.push_back(std::move(inner));
  return close(std::move(node));
}

Parsed Parser::power() {
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

namespace {

Result<std::vector<Token>> tokens_of(std::string_view text, Colons colons) {
  std::size_t first = 0;
  while (first < text.size() && (text[first] == ' ' || text[first] == '\t')) ++first;
  return tokenize(text, first, text.size(), false, colons);
}

Result<NodePtr> parse_with(std::string_view text, Colons colons) {
  if (text.size() > kMaxExpressionBytes) return syntax_error(0, "the expression is longer than 1 MiB");
  if (!is_utf8(text)) return syntax_error(0, "the expression is not UTF-8");
  MIMUS_ASSIGN(std::vector<Token> tokens, tokens_of(text, colons));
  if (tokens.size() == 1) return syntax_error(0, "the expression is empty", std::max<std::size_t>(text.size(), 1));
  const Token start = tokens.front();
  MIMUS_ASSIGN(std::unique_ptr<Node> node, Parser(text, std::move(tokens), 0).whole());
  // Brackets are missing then: `*items, 1` is a statement's.
  if (node->kind == NodeKind::Tuple && start.text == "*") return syntax_error(start.offset, "'*' cannot stand here");
  return NodePtr(std::move(node));
}

}  // namespace

Result<NodePtr> parse_expression(std::string_view text) {
  auto tree = parse_with(text, Colons::Operators);
  if (tree || !text.contains(':')) return tree;
  auto with_names = parse_with(text, Colons::Names);
  return with_names ? std::move(with_names) : std::move(tree);
}

std::string python_name(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (c == ':') {
      out += "__";
    } else {
      out += c;
    }
  }
  return out;
}

std::string python_text(std::string_view text) {
  std::string out(text);
  if (!text.contains(':') || parse_with(text, Colons::Operators) || !parse_with(text, Colons::Names)) return out;
  const auto tokens = tokens_of(text, Colons::Names);
  std::size_t at = 0;
  out.clear();
  for (const Token& token : *tokens) {
    out += text.substr(at, token.offset - at);
    out += token.kind == TokenKind::Name ? python_name(name_of(token)) : std::string(token.text);
    at = token.offset + token.text.size();
  }
  return out;
}

}  // namespace mimus::script
