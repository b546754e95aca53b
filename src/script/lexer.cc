#include "script/lexer.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "script/errors.h"
#include "script/letter_case.h"

namespace mimus::script {
namespace {

constexpr std::array<std::string_view, 17> kKeywords = {"and", "as",   "await", "else",   "False", "for",
                                                        "if",  "in",   "is",    "lambda", "None",  "not",
                                                        "or",  "True", "yield", "async",  "from"};
// Longest first.
constexpr std::array<std::string_view, 38> kOperators = {
    "...", "**", "//", "<<", ">>", "<=", ">=", "==", "!=", ":=", "->", "+", "-", "*", "/", "%", "@", "&", "|",
    "^",   "~",  "<",  ">",  "(",  ")",  "[",  "]",  "{",  "}",  ",",  ":", ".", ";", "=", "!", "$", "?", "`"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_name_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}
bool is_name_part(char c) { return is_name_start(c) || is_digit(c); }

// The end of a quoted text that begins at text[at] (a quote); npos when it is not closed. `inside`: of another text's
// replacement field.
std::size_t find_quoted_end(std::string_view text, std::size_t at, std::size_t last, bool is_format,
                            bool inside = false);

// The end of a replacement field's braces; `at` stands behind the opening one.
std::size_t find_braces_end(std::string_view text, std::size_t at, std::size_t last) {
  int depth = 1;
  while (at < last) {
    const char c = text[at];
    if (c == '\'' || c == '"') {
      const bool is_format = at > 0 && (text[at - 1] == 'f' || text[at - 1] == 'F');
      at = find_quoted_end(text, at, last, is_format, true);
      if (at == std::string_view::npos) return at;
      continue;
    }
    if (c == '{') ++depth;
    if (c == '}' && --depth == 0) return at + 1;
    ++at;
  }
  return std::string_view::npos;
}

std::size_t find_quoted_end(std::string_view text, std::size_t at, std::size_t last, bool is_format, bool inside) {
  const char quote = text[at];
  const bool triple = at + 2 < last && text[at + 1] == quote && text[at + 2] == quote;
  at += triple ? 3 : 1;
  while (at < last) {
    const char c = text[at];
    if (c == '\\') {
      at += 2;
    } else if (is_format && c == '{' && at + 1 < last && text[at + 1] != '{') {
      const std::size_t end = find_braces_end(text, at + 1, last);
      // Within another field there is no second try: each would double the time.
      if (end == std::string_view::npos && inside) return end;
      // As before 3.12, a field that is not closed may end with the text; the parser tells.
      at = end == std::string_view::npos ? at + 1 : end;
    } else if (is_format && c == '{') {
      at += 2;
    } else if (c == quote && (!triple || (at + 2 < last && text[at + 1] == quote && text[at + 2] == quote))) {
      return at + (triple ? 3 : 1);
    } else if (c == '\n' && !triple) {
      return std::string_view::npos;
    } else {
      ++at;
    }
  }
  return std::string_view::npos;
}

// The letters before a string's quotes; npos when text[at] begins no string.
std::size_t prefix_length(std::string_view text, std::size_t at, std::size_t last) {
  constexpr std::array<std::string_view, 9> kPrefixes = {"", "r", "u", "b", "f", "br", "rb", "fr", "rf"};
  std::string letters;
  while (letters.size() < 3 && at + letters.size() < last) {
    const char c = text[at + letters.size()];
    if (c == '"' || c == '\'')
      return std::ranges::find(kPrefixes, letters) != kPrefixes.end() ? letters.size() : std::string_view::npos;
    letters += static_cast<char>(c | 0x20);
  }
  return std::string_view::npos;
}

// The end of a number: digits, points, exponents, prefixes; checked when it is converted.
std::size_t number_end(std::string_view text, std::size_t at, std::size_t last) {
  const bool prefixed =
      text[at] == '0' && at + 1 < last && std::string_view("xXoObB").find(text[at + 1]) != std::string_view::npos;
  std::size_t end = at;
  bool takes_point = !prefixed;
  while (end < last) {
    const char c = text[end];
    const bool exponent_sign = (c == '+' || c == '-') && !prefixed && (text[end - 1] == 'e' || text[end - 1] == 'E');
    // A point behind a point, an exponent or a prefixed number begins an attribute.
    if (!is_name_part(c) && (c != '.' || !takes_point) && !(end > at && exponent_sign)) break;
    takes_point = takes_point && c != '.' && c != 'e' && c != 'E';
    ++end;
  }
  return end;
}

// Where a word of operators begins that follows a number without a blank (`1if x else 2`), or npos. Hexadecimal digits
// come first: `0xfor` is 0xf or ….
std::size_t word_in_number(std::string_view number) {
  constexpr std::array<std::string_view, 8> kWords = {"and", "or", "if", "else", "in", "is", "not", "for"};
  const char kind = number.size() > 1 && number[0] == '0' ? static_cast<char>(number[1] | 0x20) : '0';
  const bool hexadecimal = kind == 'x';
  const std::size_t first = hexadecimal || kind == 'o' || kind == 'b' ? 2 : 1;
  for (std::size_t i = first; i < number.size(); ++i) {
    const auto is_word = [&](std::string_view word) { return number.substr(i) == word; };
    const char c = static_cast<char>(number[i] | 0x20);
    if ((hexadecimal && c >= 'a' && c <= 'f') || is_digit(number[i]) || number[i] == '_') continue;
    if (is_name_start(number[i]) && std::ranges::any_of(kWords, is_word)) return i;
    // The letter of an exponent or of a complex number may come before.
    if (is_name_start(number[i]) && c != 'e' && c != 'j') break;
  }
  return std::string_view::npos;
}

class Lexer {
 public:
  Lexer(std::string_view text, std::size_t first, std::size_t last, bool nested, Colons colons)
      : text_(text), at_(first), last_(last), depth_(nested ? 1 : 0) {
    if (colons == Colons::Names) first_point_ = std::min(text.find('.'), last);
  }

  Result<std::vector<Token>> tokens() {
    while (true) {
      MIMUS_TRY(skip_blanks());
      if (at_ >= last_) break;
      MIMUS_TRY(next());
    }
    out_.push_back({TokenKind::End, last_, {}});
    return std::move(out_);
  }

 private:
  Status skip_blanks() {
    while (at_ < last_) {
      const char c = text_[at_];
      if (c == ' ' || c == '\t' || c == '\f' || c == '\r') {
        ++at_;
      } else if (c == '#') {
        while (at_ < last_ && text_[at_] != '\n') ++at_;
      } else if (c == '\\' && at_ + 1 < last_ && text_[at_ + 1] == '\n') {
        at_ += 2;
      } else if (c == '\n') {
        // Outside of brackets a line break ends the expression: nothing but blanks may follow.
        if (depth_ == 0 && !trim(text_.substr(at_, last_ - at_)).empty()) {
          return syntax_error(at_, "a line break outside of brackets");
        }
        ++at_;
      } else {
        break;
      }
    }
    return {};
  }

  void add(TokenKind kind, std::size_t end) {
    out_.push_back({kind, at_, text_.substr(at_, end - at_)});
    at_ = end;
  }

  Status next() {
    const char c = text_[at_];
    if (const std::size_t prefix = prefix_length(text_, at_, last_); prefix != std::string_view::npos)
      return string(prefix);
    if (is_name_start(c) || colon_length(at_) > 0) {
      const std::size_t end = name_end();
      const bool keyword = std::ranges::find(kKeywords, text_.substr(at_, end - at_)) != kKeywords.end();
      add(keyword ? TokenKind::Keyword : TokenKind::Name, end);
      return {};
    }
    if (is_digit(c) || (c == '.' && at_ + 1 < last_ && is_digit(text_[at_ + 1]))) {
      const std::size_t end = number_end(text_, at_, last_);
      const std::size_t word = word_in_number(text_.substr(at_, end - at_));
      add(TokenKind::Number, word == std::string_view::npos ? end : at_ + word);
      return {};
    }
    for (const std::string_view op : kOperators) {
      if (text_.substr(at_, std::min(op.size(), last_ - at_)) != op) continue;
      if (op == "(" || op == "[" || op == "{") ++depth_;
      if (op == ")" || op == "]" || op == "}") --depth_;
      add(TokenKind::Operator, at_ + op.size());
      return {};
    }
    return syntax_error(at_, "an expression has no character like this one");
  }

  // The bytes of a colon that is part of a name: ":" or "\:"; 0: none.
  [[nodiscard]] std::size_t colon_length(std::size_t at) const {
    if (first_point_ == std::string_view::npos || at >= last_) return 0;
    if (text_[at] == '\\' && at + 1 < last_ && text_[at + 1] == ':') return 2;
    return text_[at] == ':' && at > first_point_ ? 1 : 0;
  }

  [[nodiscard]] std::size_t name_end() const {
    std::size_t end = at_;
    while (end < last_) {
      const std::size_t colon = colon_length(end);
      if (colon == 0 && !is_name_part(text_[end])) break;
      end += std::max<std::size_t>(colon, 1);
    }
    return end;
  }

  Status string(std::size_t prefix) {
    const std::string_view letters = text_.substr(at_, prefix);
    const bool is_format = letters.find_first_of("fF") != std::string_view::npos;
    const std::size_t end = find_quoted_end(text_, at_ + prefix, last_, is_format);
    if (end == std::string_view::npos || end > last_)
      return syntax_error(at_, "a text without its closing quote", last_ - at_);
    add(TokenKind::String, end);
    return {};
  }

  std::string_view text_;
  std::size_t at_;
  std::size_t last_;
  int depth_;
  std::size_t first_point_ = std::string_view::npos;  // with Colons::Names
  std::vector<Token> out_;
};

}  // namespace

Result<std::vector<Token>> tokenize(std::string_view text, std::size_t first, std::size_t last, bool nested,
                                    Colons colons) {
  return Lexer(text, first, last, nested, colons).tokens();
}

std::string name_of(const Token& token) {
  std::string out(token.text);
  std::erase(out, '\\');
  return compatible_form(out);
}

StringParts split_string(const Token& token) {
  StringParts out;
  std::size_t n = 0;
  for (; token.text[n] != '"' && token.text[n] != '\''; ++n) {
    const char c = token.text[n];
    out.prefix += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  const std::string_view quoted = token.text.substr(n);
  const std::size_t quotes = quoted.size() >= 6 && quoted[1] == quoted[0] && quoted[2] == quoted[0] ? 3 : 1;
  out.body = quoted.substr(quotes, quoted.size() - 2 * quotes);
  out.offset = token.offset + n + quotes;
  return out;
}

std::size_t find_field_end(std::string_view text, std::size_t first, std::size_t last) {
  int depth = 0;
  for (std::size_t at = first; at < last;) {
    const char c = text[at];
    if (c == '\'' || c == '"') {
      at = find_quoted_end(text, at, last, at > first && (text[at - 1] == 'f' || text[at - 1] == 'F'));
      if (at == std::string_view::npos) return at;
      continue;
    }
    if (c == '(' || c == '[' || c == '{') ++depth;
    if (depth == 0) {
      if (c == '}' || c == ':') return at;
      if (c == '!' && (at + 1 >= last || text[at + 1] != '=')) return at;
      const bool comparison = at + 1 < last && text[at + 1] == '=';
      const bool second = at > first && std::string_view("=!<>").find(text[at - 1]) != std::string_view::npos;
      if (c == '=' && !comparison && !second) return at;
    }
    if (c == ')' || c == ']' || c == '}') --depth;
    ++at;
  }
  return std::string_view::npos;
}

namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// \xNN, \uNNNN, \UNNNNNNNN: the code point, and `i` behind the digits.
Result<char32_t> hex_escape(std::string_view body, std::size_t& i, std::size_t digits, std::size_t offset) {
  char32_t value = 0;
  const std::size_t start = i;
  for (std::size_t k = 0; k < digits; ++k, ++i) {
    const int digit = i < body.size() ? hex_value(body[i]) : -1;
    if (digit < 0)
      return syntax_error(offset + start - 2, "an escape that needs " + std::to_string(digits) + " hexadecimal digits",
                          i - start + 2);
    value = value * 16 + static_cast<char32_t>(digit);
  }
  if (value > 0x10FFFF) return syntax_error(offset + start - 2, "an escape of no character", digits + 2);
  if (value >= 0xD800 && value <= 0xDFFF) return not_covered("a lone surrogate in a text");
  return value;
}

void append_code(std::string& out, char32_t code, bool bytes) {
  if (bytes) {
    out += static_cast<char>(code);
  } else {
    append_utf8(out, code);
  }
}

}  // namespace

Result<std::string> unescape(std::string_view body, std::size_t offset, bool bytes) {
  std::string out;
  for (std::size_t i = 0; i < body.size();) {
    if (body[i] != '\\' || i + 1 >= body.size()) {
      out += body[i++];
      continue;
    }
    const char c = body[i + 1];
    i += 2;
    constexpr std::string_view kFrom = "\\'\"abfnrtv";
    constexpr std::string_view kTo = "\\'\"\a\b\f\n\r\t\v";
    if (const std::size_t simple = kFrom.find(c); simple != std::string_view::npos) {
      out += kTo[simple];
    } else if (c == '\n') {
      continue;
    } else if (c >= '0' && c <= '7') {
      char32_t code = static_cast<char32_t>(c - '0');
      for (int k = 0; k < 2 && i < body.size() && body[i] >= '0' && body[i] <= '7'; ++k, ++i)
        code = code * 8 + static_cast<char32_t>(body[i] - '0');
      append_code(out, code, bytes);
    } else if (c == 'x' || (!bytes && (c == 'u' || c == 'U'))) {
      MIMUS_ASSIGN(const char32_t code, hex_escape(body, i, c == 'x' ? 2 : c == 'u' ? 4 : 8, offset));
      append_code(out, code, bytes);
    } else if (c == 'N' && !bytes) {
      return not_covered("a character by its name (\\N{…})");
    } else {
      out += '\\';
      out += c;
    }
  }
  return out;
}

}  // namespace mimus::script
