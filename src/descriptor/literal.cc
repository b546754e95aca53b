#include "descriptor/literal.h"

#include <charconv>
#include <cmath>

#include "base/text.h"

namespace mimus {
namespace {

constexpr bool is_name_start(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_name_char(char c) { return is_name_start(c) || is_digit(c); }

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  Result<LiteralList> literals() {
    LiteralList out;
    blanks();
    while (!done()) {
      MIMUS_ASSIGN(Value item, value(0));
      out.items.push_back(std::move(item));
      blanks();
      if (done()) break;
      if (!take(',')) return wrong("expected a comma or the end");
      out.is_sequence = true;
      blanks();
    }
    if (out.items.empty()) return wrong("expected a value");
    if (!out.is_sequence && out.items[0].as_list() != nullptr) {
      ValueList inner = *out.items[0].as_list();
      out = {.items = std::move(inner), .is_sequence = true};
    }
    return out;
  }

  Result<Call> single_call() {
    expressions_ = true;
    blanks();
    MIMUS_ASSIGN(Call out, call());
    blanks();
    if (!done()) return wrong("unexpected text after the call");
    return out;
  }

  Result<std::vector<Call>> chain() {
    expressions_ = true;
    std::vector<Call> out;
    do {
      blanks();
      MIMUS_ASSIGN(Call next, call());
      out.push_back(std::move(next));
      blanks();
    } while (take(';'));
    if (!done()) return wrong("expected ';' between two calls");
    return out;
  }

  Result<std::vector<Call>> calls() {
    std::vector<Call> out;
    blanks();
    while (!done()) {
      if (take(',')) {
        blanks();
        continue;
      }
      MIMUS_ASSIGN(Call next, call());
      out.push_back(std::move(next));
      blanks();
      if (!done() && !take(',')) return wrong("expected a comma between two targets");
      blanks();
    }
    return out;
  }

 private:
  [[nodiscard]] bool done() const { return i_ >= text_.size(); }
  [[nodiscard]] char peek() const { return done() ? '\0' : text_[i_]; }
  bool take(char c) {
    if (peek() != c || done()) return false;
    ++i_;
    return true;
  }
  void blanks() {
    while (!done() && (text_[i_] == ' ' || text_[i_] == '\t' || text_[i_] == '\n' || text_[i_] == '\r')) ++i_;
  }
  [[nodiscard]] std::unexpected<Diagnostic> wrong(std::string message) const {
    return fail(
        Diagnostic{.code = "literal.syntax", .message = std::move(message), .where = {"", 0, static_cast<int>(i_)}});
  }

  std::string name() {
    const std::size_t start = i_;
    while (!done() && is_name_char(text_[i_])) ++i_;
    return std::string(text_.substr(start, i_ - start));
  }

  Result<Call> call() {
    Call out{.name = {}, .offset = i_, .has_parentheses = false, .arguments = {}};
    if (peek() == '\'' || peek() == '"') {
      MIMUS_ASSIGN(const std::string quoted, text(false));
      out.name = quoted;
      return out;
    }
    if (!is_name_start(peek())) return wrong("expected a name");
    out.name = name();
    while (take('.')) out.name += '.' + name();
    blanks();
    if (!take('(')) return out;
    out.has_parentheses = true;
    blanks();
    while (!take(')')) {
      MIMUS_ASSIGN(Argument argument, this->argument());
      out.arguments.push_back(std::move(argument));
      blanks();
      if (!take(',') && peek() != ')') return wrong("expected ',' or ')'");
      blanks();
    }
    return out;
  }

  Result<Argument> argument() {
    Argument out{.name = {}, .value = Value(), .offset = i_};
    const std::size_t start = i_;
    if (is_name_start(peek())) {
      std::string word = name();
      blanks();
      if (peek() == '=' && (i_ + 1 >= text_.size() || text_[i_ + 1] != '=')) {
        ++i_;
        blanks();
        out.name = std::move(word);
      } else {
        i_ = start;
      }
    }
    const std::size_t from = i_;
    auto literal = value(0);
    blanks();
    if (literal && (peek() == ',' || peek() == ')')) {
      out.value = std::move(*literal);
      return out;
    }
    const std::size_t stop = i_;
    if (expressions_) {
      i_ = from;
      out.expression = expression();
      if (!done() && !out.expression.empty()) return out;
      i_ = stop;
    }
    if (!literal) return fail(std::move(literal).error());
    return wrong("expected ',' or ')'");
  }

  // The text up to the comma or bracket that ends an argument.
  std::string expression() {
    const std::size_t start = i_;
    int depth = 0;
    for (char quote = '\0'; !done(); ++i_) {
      const char c = text_[i_];
      if (quote != '\0') {
        if (c == '\\') ++i_;
        if (c == quote) quote = '\0';
        continue;
      }
      if (c == '\'' || c == '"') quote = c;
      if (depth == 0 && (c == ',' || c == ')')) break;
      if (c == '(' || c == '[' || c == '{') ++depth;
      if (c == ')' || c == ']' || c == '}') --depth;
    }
    i_ = std::min(i_, text_.size());
    return std::string(trim(text_.substr(start, i_ - start)));
  }

  Result<Value> value(int depth) {
    if (depth > kMaxLiteralDepth) return wrong("nested too deeply");
    const char c = peek();
    if (c == '[') return sequence(']', depth);
    if (c == '(') return sequence(')', depth);
    if (c == '{') return mapping(depth);
    if (c == '\'' || c == '"') return joined_text();
    if (is_digit(c) || c == '-' || c == '+' || c == '.') return number();
    if (is_name_start(c)) return word();
    return wrong(done() ? "expected a value" : "unexpected character");
  }

  Result<Value> word() {
    const std::size_t start = i_;
    const std::string text = name();
    if (peek() == '\'' || peek() == '"') {
      if (text == "r" || text == "R") return raw_text();
      if (text == "u" || text == "U") return joined_text();
    }
    if (text == "True") return Value(true);
    if (text == "False") return Value(false);
    if (text == "None") return Value();
    i_ = start;
    return wrong("'" + text + "' is not a literal: texts stand in quotes");
  }

  Result<Value> raw_text() {
    MIMUS_ASSIGN(std::string out, text(true));
    return Value(std::move(out));
  }

  // Adjacent texts are joined, as in Python.
  Result<Value> joined_text() {
    std::string out;
    while (peek() == '\'' || peek() == '"') {
      MIMUS_ASSIGN(const std::string piece, text(false));
      out += piece;
      blanks();
    }
    return Value(std::move(out));
  }

  Result<std::string> text(bool raw) {
    const char quote = text_[i_++];
    std::string out;
    while (!done() && text_[i_] != quote) {
      if (text_[i_] == '\\' && i_ + 1 < text_.size()) {
        if (raw) out += text_[i_];
        ++i_;
        if (raw) {
          out += text_[i_++];
        } else {
          MIMUS_TRY(escape(out));
        }
      } else {
        out += text_[i_++];
      }
    }
    if (!take(quote)) return wrong("the text is not closed");
    return out;
  }

  Status escape(std::string& out) {
    const char c = text_[i_++];
    switch (c) {
      case 'n':
        out += '\n';
        return {};
      case 't':
        out += '\t';
        return {};
      case 'r':
        out += '\r';
        return {};
      case 'b':
        out += '\b';
        return {};
      case 'f':
        out += '\f';
        return {};
      case 'v':
        out += '\v';
        return {};
      case 'a':
        out += '\a';
        return {};
      case '\\':
      case '\'':
      case '"':
        out += c;
        return {};
      case 'x':
        return code_point(2, 16, out);
      case 'u':
        return code_point(4, 16, out);
      case 'U':
        return code_point(8, 16, out);
      default:
        if (c >= '0' && c <= '7') return octal(out);
        out += '\\';
        out += c;
        return {};
    }
  }

  Status octal(std::string& out) {
    --i_;
    std::size_t digits = 0;
    while (digits < 3 && i_ + digits < text_.size() && text_[i_ + digits] >= '0' && text_[i_ + digits] <= '7') ++digits;
    return code_point(digits, 8, out);
  }

  Status code_point(std::size_t digits, int base, std::string& out) {
    std::uint32_t value = 0;
    const char* first = text_.data() + i_;
    if (i_ + digits > text_.size()) return wrong("an escape is cut off");
    const auto [end, error] = std::from_chars(first, first + digits, value, base);
    if (error != std::errc{} || end != first + digits || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000)) {
      return wrong("an escape names no character");
    }
    i_ += digits;
    append_utf8(out, value);
    return {};
  }

  Result<Value> number() {
    const std::size_t start = i_;
    bool negative = false;
    while (peek() == '-' || peek() == '+') {
      negative ^= peek() == '-';
      ++i_;
      blanks();
    }
    std::string digits;
    bool real = false;
    while (!done() && (is_digit(peek()) || peek() == '_' || peek() == '.' || peek() == 'e' || peek() == 'E' ||
                       ((peek() == '-' || peek() == '+') && (digits.ends_with('e') || digits.ends_with('E'))))) {
      real = real || peek() == '.' || peek() == 'e' || peek() == 'E';
      if (peek() != '_') digits += peek();
      ++i_;
    }
    if (digits.empty() || (!done() && is_name_char(peek()))) {
      i_ = start;
      return wrong("not a number");
    }
    if (digits.starts_with('.')) digits.insert(0, "0");
    if (real) return real_number(digits, negative, start);
    return whole_number(digits, negative, start);
  }

  Result<Value> real_number(const std::string& digits, bool negative, std::size_t start) {
    const std::string text = digits.ends_with('.') ? digits + "0" : digits;
    const auto parsed = parse_float(text);
    if (!parsed) {
      i_ = start;
      return wrong("not a number");
    }
    return Value(negative ? -*parsed : *parsed);
  }

  Result<Value> whole_number(const std::string& digits, bool negative, std::size_t start) {
    if (digits.size() > 1 && digits[0] == '0' && digits.find_first_not_of('0') != std::string::npos) {
      i_ = start;
      return wrong("leading zeros are not allowed in a number");
    }
    const std::string text = (negative ? "-" : "") + digits;
    if (const auto small = parse_int(text)) return Value(*small);
    return Value(BigInteger{text});
  }

  Result<Value> sequence(char close, int depth) {
    ++i_;
    ValueList items;
    bool comma = false;
    blanks();
    while (!take(close)) {
      MIMUS_ASSIGN(Value item, value(depth + 1));
      items.push_back(std::move(item));
      blanks();
      if (take(',')) {
        comma = true;
      } else if (peek() != close) {
        return wrong(std::string("expected ',' or '") + close + "'");
      }
      blanks();
    }
    if (close == ')' && !comma && items.size() == 1) return std::move(items[0]);  // only brackets
    return Value::list(std::move(items));
  }

  Result<Value> mapping(int depth) {
    ++i_;
    ValueMap entries;
    blanks();
    while (!take('}')) {
      MIMUS_ASSIGN(const Value key, value(depth + 1));
      blanks();
      if (!take(':')) return wrong("expected ':' after a key");
      blanks();
      MIMUS_ASSIGN(Value item, value(depth + 1));
      set(entries, text_of(key), std::move(item));
      blanks();
      if (!take(',') && peek() != '}') return wrong("expected ',' or '}'");
      blanks();
    }
    return Value::map(std::move(entries));
  }

  static void set(ValueMap& entries, std::string key, Value value) {
    for (auto& [known, old] : entries) {
      if (known == key) {
        old = std::move(value);
        return;
      }
    }
    entries.emplace_back(std::move(key), std::move(value));
  }

  std::string_view text_;
  std::size_t i_ = 0;
  bool expressions_ = false;  // arguments may be expressions
};

}  // namespace

Result<LiteralList> parse_literals(std::string_view text) { return Parser(text).literals(); }
Result<Call> parse_call(std::string_view text) { return Parser(text).single_call(); }
Result<std::vector<Call>> parse_calls(std::string_view text) { return Parser(text).calls(); }
Result<std::vector<Call>> parse_chain(std::string_view text) { return Parser(text).chain(); }

}  // namespace mimus
