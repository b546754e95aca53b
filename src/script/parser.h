// The parser of expressions: recursive descent over the tokens of one expression, or of one field of an f-string.
//
// parse.cc has what binds loosest, down to unary operators; parse_primary.cc attributes, calls, subscripts, displays
// and comprehensions; parse_literals.cc numbers and texts. Source: the expression grammar of the Python 3.11 language
// reference.
#pragma once

#include <algorithm>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "script/ast.h"
#include "script/lexer.h"
#include "script/parse.h"

namespace mimus::script {

using MutablePtr = std::unique_ptr<Node>;
using Parsed = Result<MutablePtr>;

class Parser {
 public:
  // `depth`: how deeply the text is nested already. The text outlives the parser.
  Parser(std::string_view text, std::vector<Token> tokens, int depth)
      : text_(text), tokens_(std::move(tokens)), depth_(depth) {}

  // All of the tokens as one expression, or several with commas: a tuple.
  Parsed whole();

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
  Status expect(std::string_view text);
  [[nodiscard]] std::unexpected<Diagnostic> unexpected() const;

  // ---- nodes
  [[nodiscard]] static MutablePtr make(NodeKind kind, std::size_t offset);
  // The node ends before the next token.
  MutablePtr close(MutablePtr node) const;
  // What only the interpreter evaluates.
  [[nodiscard]] static MutablePtr foreign(std::size_t offset, std::string construct);

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
  [[nodiscard]] std::unexpected<Diagnostic> too_deep() const;

  // ---- operators
  Parsed expressions();
  Parsed starred_or_named();
  Parsed named_expression();
  Parsed expression();
  Parsed lambda();
  Status lambda_parameters(Node& node, std::vector<NodePtr>& defaults);
  Parsed disjunction();
  Parsed conjunction();
  Parsed chain(std::string_view word, NodeKind kind, Parsed (Parser::*inner)());
  Parsed inversion();
  std::optional<Operator> accept_comparison();
  Parsed comparison();
  Parsed binary(int level);
  Parsed unary();
  Parsed power();

  // ---- what stands by itself
  Parsed primary();
  Parsed trailer(MutablePtr node);
  Status arguments(Node& call);
  Status argument(Node& call, bool& has_names);
  Parsed subscript();
  Parsed subscript_part();
  Status fors(Node& node);
  Status targets(Node& part, std::string_view last);
  Status target(Node& part);
  Parsed atom();
  Parsed constant();
  Parsed parentheses();
  Parsed list();
  Parsed braces();
  Status braces_item(Node& node, bool first);

  // ---- literals
  Parsed number();
  Parsed strings();
  Parsed piece(std::string_view body, std::size_t offset, bool raw);
  Status format_parts(std::size_t first, std::size_t last, bool raw, bool in_spec, Node& out);
  // A field, `at` behind its opening brace; leaves it behind the closing one.
  Parsed replacement(std::size_t& at, std::size_t last, bool raw, Node& out);
  Status replacement_format(std::size_t& next, std::size_t last, bool raw, bool shows_text, Node& field);

  std::string_view text_;
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  int depth_;
};

}  // namespace mimus::script
