#include <algorithm>

#include "script/parser.h"

namespace mimus::script {

Parsed Parser::primary() {
  MIMUS_ASSIGN(MutablePtr node, atom());
  while (is(".") || is("(") || is("[")) {
    MIMUS_ASSIGN(node, trailer(std::move(node)));
  }
  return node;
}

Parsed Parser::trailer(MutablePtr node) {
  const NodeKind kind = is(".") ? NodeKind::Attribute : is("(") ? NodeKind::Call : NodeKind::Index;
  MutablePtr out = make(kind, node->offset);
  out->children.push_back(std::move(node));
  if (kind == NodeKind::Call) {
    MIMUS_TRY(arguments(*out));
  } else if (accept(".")) {
    if (peek().kind != TokenKind::Name && peek().kind != TokenKind::Keyword) return unexpected();
    out->text = name_of(take());
  } else {
    MIMUS_TRY(expect("["));
    MIMUS_ASSIGN(MutablePtr index, subscript());
    out->children.push_back(std::move(index));
    MIMUS_TRY(expect("]"));
  }
  return close(std::move(out));
}

Status Parser::arguments(Node& call) {
  MIMUS_TRY(expect("("));
  bool has_names = false;
  while (!is(")")) {
    MIMUS_TRY(argument(call, has_names));
    if (!accept(",")) break;
  }
  return expect(")");
}

Status Parser::argument(Node& call, bool& has_names) {
  const std::size_t offset = peek().offset;
  const bool is_named = peek().kind == TokenKind::Name && peek(1).text == "=" && peek(1).kind == TokenKind::Operator;
  if (is_named || is("**")) {
    MutablePtr keyword = make(NodeKind::Keyword, offset);
    if (is_named) keyword->text = name_of(take());
    take();  // '=' or '**'
    MIMUS_ASSIGN(MutablePtr value, expression());
    keyword->children.push_back(std::move(value));
    call.children.push_back(close(std::move(keyword)));
    has_names = true;
    return {};
  }
  const bool starred = is("*");
  MIMUS_ASSIGN(MutablePtr value, starred_or_named());
  if (has_names && !starred) return syntax_error(offset, "an argument without a name follows one with a name");
  if (is("for") || is("async")) {
    MutablePtr generator = make(NodeKind::GeneratorOf, offset);
    generator->children.push_back(std::move(value));
    MIMUS_TRY(fors(*generator));
    value = close(std::move(generator));
  }
  call.children.push_back(std::move(value));
  return {};
}

Parsed Parser::subscript() {
  const std::size_t offset = peek().offset;
  MIMUS_ASSIGN(MutablePtr first, subscript_part());
  // `x[*items]` is a tuple even without a comma.
  if (!is(",") && first->kind != NodeKind::Starred) return first;
  MutablePtr tuple = make(NodeKind::Tuple, offset);
  tuple->children.push_back(std::move(first));
  while (accept(",")) {
    if (is("]")) break;
    MIMUS_ASSIGN(MutablePtr next, subscript_part());
    tuple->children.push_back(std::move(next));
  }
  return close(std::move(tuple));
}

Parsed Parser::subscript_part() {
  if (is("*")) return starred_or_named();
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
Status Parser::fors(Node& node) {
  if (is("async")) return unexpected();
  while (is("for")) {
    MutablePtr part = make(NodeKind::For, take().offset);
    part->children.emplace_back();  // for what is looped over
    MIMUS_TRY(targets(*part, "in"));
    MIMUS_TRY(expect("in"));
    MIMUS_ASSIGN(MutablePtr iterable, disjunction());
    part->children[0] = std::move(iterable);
    while (accept("if")) {
      MIMUS_ASSIGN(MutablePtr condition, disjunction());
      part->children.push_back(std::move(condition));
    }
    node.children.push_back(close(std::move(part)));
  }
  return {};
}

// The targets of a loop up to the word or bracket `last`, which stays.
Status Parser::targets(Node& part, std::string_view last) {
  std::size_t count = 0;
  bool has_comma = false;
  while (!is(last)) {
    MIMUS_TRY(target(part));
    ++count;
    has_comma = accept(",");
    if (!has_comma) break;
  }
  if (count == 0 && last == "in") return unexpected();
  if (!is(last)) return unexpected();
  if (part.text.empty() && count == 1 && has_comma) part.text = "unpack";
  return {};
}

Status Parser::target(Node& part) {
  const bool is_name = peek().kind == TokenKind::Name &&
                       (peek(1).text == "," || peek(1).text == "in" || peek(1).text == ")" || peek(1).text == "]");
  if (is_name) {
    part.names.push_back(name_of(take()));
    return {};
  }
  // One pair of brackets around names is as none, where it is the only target.
  const bool is_first = part.names.empty() && part.text.empty();
  if (is("(") || is("[")) {
    const Deeper deeper(depth_);
    if (deeper.too_deep()) return too_deep();
    const std::string_view last = take().text == "(" ? ")" : "]";
    const bool is_empty = is(last);
    const bool is_list = last == "]";
    MIMUS_TRY(targets(part, last));
    MIMUS_TRY(expect(last));
    if (!is_first || is_empty || is(",")) part.text = "nested";
    if (is_list && part.text.empty() && part.names.size() == 1) part.text = "unpack";
    return {};
  }
  part.text = "nested";
  if (accept("*")) return target(part);
  MIMUS_ASSIGN(MutablePtr place, primary());
  if (place->kind != NodeKind::Attribute && place->kind != NodeKind::Index) {
    return syntax_error(place->offset, "a loop cannot assign to this", std::max<std::size_t>(place->length, 1));
  }
  part.children.push_back(std::move(place));
  return {};
}

Parsed Parser::atom() {
  const Token& token = peek();
  switch (token.kind) {
    case TokenKind::Name: {
      MutablePtr node = make(NodeKind::Name, token.offset);
      node->text = name_of(take());
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
      if (is("...")) return close(foreign(take().offset, "'...'"));
      return unexpected();
    case TokenKind::End:
      break;
  }
  return unexpected();
}

Parsed Parser::constant() {
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

Parsed Parser::parentheses() {
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

Parsed Parser::list() {
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
Parsed Parser::braces() {
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

Status Parser::braces_item(Node& node, bool first) {
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

}  // namespace mimus::script
