#include <algorithm>
#include <optional>

#include "base/text.h"
#include "script/errors.h"
#include "script/parser.h"

namespace mimus::script {
namespace {

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

}  // namespace

Parsed Parser::number() {
  const Token token = take();
  const char last = token.text.back();
  const bool is_imaginary = last == 'j' || last == 'J';
  auto value = number_value(is_imaginary ? token.text.substr(0, token.text.size() - 1) : token.text);
  if (is_imaginary && value) return close(foreign(token.offset, "a complex number"));
  if (!value || is_imaginary) {
    return syntax_error(token.offset, "'" + std::string(token.text.substr(0, 40)) + "' is no number",
                        token.text.size());
  }
  MutablePtr node = make(NodeKind::Literal, token.offset);
  node->value = std::move(*value);
  return close(std::move(node));
}

// A piece of a text; one that only the interpreter can read is Foreign.
Parsed Parser::piece(std::string_view body, std::size_t offset, bool raw) {
  auto plain = raw ? Result<std::string>(std::string(body)) : unescape(body, offset, false);
  if (!plain && plain.error().code == kNotCovered) return foreign(offset, construct_of(plain.error()));
  if (!plain) return fail(std::move(plain).error());
  MutablePtr out = make(NodeKind::Literal, offset);
  out->value = Value(std::move(*plain));
  return out;
}

// Adjacent texts are one.
Parsed Parser::strings() {
  MutablePtr node = make(NodeKind::Text, peek().offset);
  const bool is_bytes = split_string(peek()).prefix.contains('b');
  std::string bytes;
  while (peek().kind == TokenKind::String) {
    const StringParts parts = split_string(take());
    const bool raw = parts.prefix.contains('r');
    if (parts.prefix.contains('b') != is_bytes)
      return syntax_error(node->offset, "texts and bytes cannot be put together");
    if (is_bytes) {
      if (std::ranges::any_of(parts.body, [](char c) { return static_cast<unsigned char>(c) >= 0x80; }))
        return syntax_error(parts.offset, "bytes are written in ASCII", std::max<std::size_t>(parts.body.size(), 1));
      MIMUS_ASSIGN(const std::string plain,
                   raw ? Result<std::string>(std::string(parts.body)) : unescape(parts.body, parts.offset, true));
      bytes += plain;
    } else if (parts.prefix.contains('f')) {
      MIMUS_TRY(format_parts(parts.offset, parts.offset + parts.body.size(), raw, false, *node));
    } else {
      MIMUS_ASSIGN(MutablePtr literal, piece(parts.body, parts.offset, raw));
      node->children.push_back(close(std::move(literal)));
    }
  }
  const bool is_plain =
      std::ranges::all_of(node->children, [](const NodePtr& part) { return part->kind == NodeKind::Literal; });
  if (is_bytes || is_plain) {
    std::string all;
    for (const NodePtr& part : node->children) all += *part->value.as_text();
    node->children.clear();
    node->kind = NodeKind::Literal;
    node->value = is_bytes ? Value(Bytes{std::move(bytes)}) : Value(std::move(all));
  }
  return close(std::move(node));
}

// The literal pieces and replacement fields of an f-string's body, or of a format specification.
Status Parser::format_parts(std::size_t first, std::size_t last, bool raw, bool in_spec, Node& out) {
  const Deeper deeper(depth_);
  if (deeper.too_deep()) return too_deep();
  const std::string_view text = text_;
  std::string before;  // with doubled braces as one
  std::size_t start = first;
  const auto flush = [&](std::size_t end) -> Status {
    before += text.substr(start, end - start);
    if (before.empty()) return {};
    MIMUS_ASSIGN(MutablePtr literal, piece(before, start, raw));
    out.children.push_back(std::move(literal));
    before.clear();
    return {};
  };
  std::size_t at = first;
  while (at < last) {
    const char c = text[at];
    if (text.substr(at, 3) == "\\N{" && !raw && text.find('}', at) < last) {
      at = text.find('}', at) + 1;
    } else if (c == '\\' && !raw && at + 1 < last && text[at + 1] != '{' && text[at + 1] != '}') {
      at += 2;
    } else if ((c == '{' || c == '}') && !in_spec && at + 1 < last && text[at + 1] == c) {
      before += text.substr(start, at + 1 - start);
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
  MIMUS_ASSIGN(MutablePtr value, Parser(text_, std::move(tokens), depth_).whole());
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
  MIMUS_TRY(replacement_format(next, last, raw, shows_text, *field));
  if (next >= last || text_[next] != '}') return syntax_error(at - 1, "a '{' without its '}' in an f-string");
  at = next + 1;
  field->length = at - field->offset;
  return field;
}

// The conversion and the specification of a field, from `next` on; leaves it behind them.
Status Parser::replacement_format(std::size_t& next, std::size_t last, bool raw, bool shows_text, Node& field) {
  if (next < last && text_[next] == '!') {
    if (next + 1 >= last || std::string_view("rsa").find(text_[next + 1]) == std::string_view::npos) {
      return syntax_error(next, "after '!' stands r, s or a");
    }
    field.conversion = text_[next + 1];
    next += 2;
  }
  if (next < last && text_[next] == ':') {
    std::size_t end = next + 1;
    int depth = 0;
    while (end < last && (text_[end] != '}' || depth > 0)) {
      if (text_[end] == '{') ++depth;
      if (text_[end] == '}') --depth;
      ++end;
    }
    MutablePtr spec = make(NodeKind::Text, next + 1);
    MIMUS_TRY(format_parts(next + 1, end, raw, true, *spec));
    field.children.push_back(std::move(spec));
    next = end;
  } else if (shows_text && field.conversion == 0) {
    field.conversion = 'r';
  }
  return {};
}

}  // namespace mimus::script
