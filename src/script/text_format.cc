#include "script/text_format.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/date_format.h"
#include "base/text.h"
#include "script/big.h"
#include "script/errors.h"
#include "script/numbers.h"
#include "script/operators.h"

namespace mimus::script {
namespace {

// [[fill]align][sign][#][0][width][grouping][.precision][type]
struct Spec {
  std::string fill = " ";
  char align = 0;
  char sign = '-';
  bool alternate = false;
  bool zero = false;
  bool implied_align = false;  // by a zero before the width
  std::size_t width = 0;
  char grouping = 0;
  std::optional<int> precision;
  char type = 0;
};

constexpr std::size_t kMaxWidth = 1'000'000;

std::unexpected<Diagnostic> bad_spec(std::string_view spec, const Value& value) {
  return value_error("the format '" + std::string(spec.substr(0, 40)) + "' does not fit a value of type " +
                     std::string(type_name_of(value)));
}

bool is_align(char c) { return c == '<' || c == '>' || c == '^' || c == '='; }

std::optional<std::size_t> read_size(std::string_view text, std::size_t& i) {
  if (i >= text.size() || text[i] < '0' || text[i] > '9') return std::nullopt;
  std::size_t out = 0;
  for (; i < text.size() && text[i] >= '0' && text[i] <= '9'; ++i)
    out = std::min(out * 10 + static_cast<std::size_t>(text[i] - '0'), kMaxWidth + 1);
  return out;
}

std::optional<Spec> parse_spec(std::string_view text) {
  Spec out;
  std::size_t i = 0;
  std::size_t behind = 0;
  if (!text.empty()) (void)next_code_point(text, behind);
  const bool has_fill = behind < text.size() && is_align(text[behind]);
  if (has_fill) {
    out.fill = text.substr(0, behind);
    out.align = text[behind];
    i = behind + 1;
  } else if (!text.empty() && is_align(text[0])) {
    out.align = text[0];
    i = 1;
  }
  const auto accept = [&](char c) { return i < text.size() && text[i] == c ? (++i, true) : false; };
  if (i < text.size() && (text[i] == '+' || text[i] == '-' || text[i] == ' ')) out.sign = text[i++];
  (void)accept('z');
  out.alternate = accept('#');
  if (accept('0')) {
    out.zero = true;
    if (!has_fill) out.fill = "0";
    if (out.align == 0) {
      out.align = '=';
      out.implied_align = true;
    }
  }
  out.width = read_size(text, i).value_or(0);
  if (i < text.size() && (text[i] == ',' || text[i] == '_')) out.grouping = text[i++];
  if (accept('.')) {
    const auto precision = read_size(text, i);
    if (!precision) return std::nullopt;
    out.precision = static_cast<int>(*precision);
  }
  if (i < text.size()) out.type = text[i++];
  if (i != text.size()) return std::nullopt;
  return out;
}

// What Python would need all memory for, or refuses.
Status check_sizes(const Spec& spec) {
  const auto limit = [] { return " than " + std::to_string(kMaxWidth); };
  if (spec.width > kMaxWidth) return value_error("the width of a format is larger" + limit());
  if (spec.precision.value_or(0) > static_cast<int>(kMaxWidth)) {
    return value_error("precision too big: it is larger" + limit());
  }
  return {};
}

// Digits with a separator every `every` digits from the right.
std::string grouped(const std::string& digits, char separator, std::size_t every) {
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % every == 0) out += separator;
    out += digits[i];
  }
  return out;
}

std::string repeated(const std::string& fill, std::size_t n) {
  std::string out;
  for (std::size_t i = 0; i < n; ++i) out += fill;
  return out;
}

std::string padded(const std::string& text, const Spec& spec, char fallback) {
  const std::size_t size = code_points(text);
  if (size >= spec.width) return text;
  const std::size_t room = spec.width - size;
  const char align = spec.align == 0 ? fallback : spec.align;
  if (align == '<') return text + repeated(spec.fill, room);
  if (align == '^') return repeated(spec.fill, room / 2) + text + repeated(spec.fill, room - room / 2);
  return repeated(spec.fill, room) + text;
}

// Sign, prefix (0x), digits before and after the point, put together and padded.
std::string assembled(bool negative, const std::string& prefix, std::string whole, const std::string& rest,
                      const Spec& spec, std::size_t every) {
  std::string sign;
  if (negative) {
    sign = "-";
  } else if (spec.sign != '-') {
    sign = std::string(1, spec.sign);
  }
  if (spec.align == '=') {
    const std::size_t fixed = sign.size() + prefix.size() + rest.size();
    if (spec.fill == "0" && spec.grouping != 0) {
      // Zeros are grouped too, and never more than the width asks for.
      std::string digits = whole;
      while (fixed + grouped(digits, spec.grouping, every).size() < spec.width) digits.insert(digits.begin(), '0');
      std::string text = grouped(digits, spec.grouping, every);
      if (fixed + text.size() > spec.width && digits.size() > whole.size() && text[1] == spec.grouping)
        text = text.substr(0);
      return sign + prefix + text + rest;
    }
    if (spec.grouping != 0) whole = grouped(whole, spec.grouping, every);
    const std::size_t size = fixed + whole.size();
    const std::size_t room = spec.width > size ? spec.width - size : 0;
    return sign + prefix + repeated(spec.fill, room) + whole + rest;
  }
  if (spec.grouping != 0) whole = grouped(whole, spec.grouping, every);
  return padded(sign + prefix + whole + rest, spec, '>');
}

std::string upper_ascii(std::string text) {
  for (char& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  return text;
}

// |value| in the form of e, f, g, % or repr.
std::string float_digits(double value, const Spec& spec) {
  const double size = std::abs(value);
  const int precision = spec.precision.value_or(6);
  const char type = spec.type == 'F'                       ? 'f'
                    : spec.type == 'E'                     ? 'e'
                    : spec.type == 'G' || spec.type == 'n' ? 'g'
                                                           : spec.type;
  if (type == '%') return fmt::format("{:.{}f}", size * 100, precision) + "%";
  if (type == 'f') return fmt::format("{:.{}f}", size, precision);
  if (type == 'e') return fmt::format("{:.{}e}", size, precision);
  if (type == 'g')
    return spec.alternate ? fmt::format("{:#.{}g}", size, std::max(precision, 1))
                          : fmt::format("{:.{}g}", size, std::max(precision, 1));
  if (!spec.precision) return float_text(size);
  // Without a type: like g, but with a digit after the point at least.
  std::string text = fmt::format("{:.{}g}", size, std::max(precision, 1));
  const std::size_t exponent = text.find('e');
  if (exponent == std::string::npos && text.find('.') == std::string::npos) {
    // As many digits as the precision in front of the point: the exponent form is used.
    if (static_cast<int>(text.size()) >= std::max(precision, 1) && text != "0") {
      std::string scientific = fmt::format("{:.{}e}", size, std::max(precision, 1) - 1);
      const std::size_t mark = scientific.find('e');
      if (scientific.contains('.')) {
        const std::size_t digits = scientific.find_last_not_of('0', mark - 1) + 1;
        const std::size_t end = scientific[digits - 1] == '.' ? digits - 1 : digits;
        scientific.erase(end, mark - end);
      }
      return scientific;
    }
    text += ".0";
  }
  return text;
}

Result<std::string> format_float(double value, const Spec& spec, std::string_view text, const Value& original) {
  if (spec.type != 0 && std::string_view("eEfFgGn%").find(spec.type) == std::string_view::npos)
    return bad_spec(text, original);
  const bool negative = std::signbit(value) && !std::isnan(value);
  if (std::isnan(value) || std::isinf(value)) {
    std::string digits = std::isnan(value) ? "nan" : "inf";
    if (spec.type == 'F' || spec.type == 'E' || spec.type == 'G') digits = upper_ascii(digits);
    if (spec.type == '%') digits += '%';
    Spec plain = spec;
    plain.grouping = 0;
    return assembled(negative, "", digits, "", plain, 3);
  }
  std::string digits = float_digits(value, spec);
  if (spec.type == 'E' || spec.type == 'G') digits = upper_ascii(digits);
  const std::size_t end = digits.find_first_not_of("0123456789");
  const std::string whole = digits.substr(0, end);
  const std::string rest = end == std::string::npos ? "" : digits.substr(end);
  return assembled(negative, "", whole, rest, spec, 3);
}

Result<std::string> format_whole(const Value& value, const Spec& spec, std::string_view text) {
  const char type = spec.type == 0 || spec.type == 'n' ? 'd' : spec.type;
  if (std::string_view("eEfFgG%").find(type) != std::string_view::npos) {
    MIMUS_ASSIGN(const Value real, binary(Operator::Multiply, value, Value(1.0)));
    return format_float(*real.as_float(), spec, text, value);
  }
  if (spec.precision) return value_error("a precision cannot be given for a whole number");
  if (type == 'c') {
    const auto* code = value.as_int();
    if (code == nullptr || *code < 0 || *code > 0x10FFFF) return overflow_error("no character has this number");
    std::string out;
    append_utf8(out, static_cast<char32_t>(*code));
    return padded(out, spec, '<');
  }
  const unsigned base = type == 'd' ? 10 : type == 'x' || type == 'X' ? 16 : type == 'o' ? 8 : type == 'b' ? 2 : 0;
  if (base == 0) return bad_spec(text, value);
  if (base == 10) MIMUS_TRY(check_digits(value));
  std::string digits = big_digits(value, base);
  const bool negative = digits.starts_with('-');
  if (negative) digits.erase(0, 1);
  std::string prefix;
  if (spec.alternate && base != 10) prefix = std::string("0") + type;
  if (type == 'X') digits = upper_ascii(digits);
  return assembled(negative, prefix, digits, "", spec, base == 10 ? 3 : 4);
}

Result<std::string> format_text(std::string_view value, const Spec& spec, std::string_view text,
                                const Value& original) {
  const bool fits = (spec.type == 0 || spec.type == 's') && (spec.align != '=' || spec.implied_align) &&
                    spec.sign == '-' && spec.grouping == 0 && !spec.alternate;
  if (!fits) return bad_spec(text, original);
  std::string out(value);
  if (spec.precision) {
    std::size_t end = 0;
    for (int i = 0; i < *spec.precision && end < out.size(); ++i) (void)next_code_point(out, end);
    out.resize(end);
  }
  Spec plain = spec;
  if (plain.align == '=') plain.align = '<';
  return padded(out, plain, '<');
}

}  // namespace

Result<Value> converted(const Value& value, char conversion) {
  if (conversion != 0) MIMUS_TRY(check_digits(value));
  if (conversion == 'r') {
    std::string out;
    append_repr(out, value);
    return Value(std::move(out));
  }
  if (conversion == 's') return Value(text_of(value));
  if (conversion == 'a') return Value(ascii_of(value));
  return value;
}

std::string ascii_of(const Value& value) {
  std::string text;
  append_repr(text, value);
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const char32_t c = next_code_point(text, i);
    if (c < 0x80) {
      out += static_cast<char>(c);
    } else if (c < 0x100) {
      out += fmt::format("\\x{:02x}", static_cast<unsigned>(c));
    } else if (c < 0x10000) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      out += fmt::format("\\U{:08x}", static_cast<unsigned>(c));
    }
  }
  return out;
}

Result<std::string> format_time(Timestamp time, std::string_view format) {
  if (!format.contains('%')) return std::string(format);
  const auto compiled = DateFormat::compile(format);
  // Codes beyond those are as the system has them.
  if (!compiled) return not_covered("the date format '" + std::string(format.substr(0, 40)) + "'");
  std::string out;
  compiled->append(out, time);
  return out;
}

Result<std::string> format_value(const Value& value, std::string_view spec) {
  if (spec.empty()) {
    MIMUS_TRY(check_digits(value));
    return text_of(value);
  }
  const bool is_date = value.as_time() != nullptr || value.as_date() != nullptr || value.as_clock_time() != nullptr;
  if (is_date) {
    Timestamp time{};
    if (const auto* stamp = value.as_time()) time = *stamp;
    if (const auto* date = value.as_date()) time = {date->days * kMicrosPerDay};
    if (const auto* clock = value.as_clock_time()) time = {timestamp_from({.year = 1900}).micros + clock->micros};
    return format_time(time, spec);
  }
  const bool takes_spec = value.as_text() != nullptr || value.as_float() != nullptr || value.as_bool() != nullptr ||
                          value.as_int() != nullptr || value.as_big() != nullptr;
  if (!takes_spec) {
    return type_error("a value of type " + std::string(type_name_of(value)) + " takes no format specification");
  }
  const auto parsed = parse_spec(spec);
  if (!parsed) return value_error("'" + std::string(spec.substr(0, 40)) + "' is no format specification");
  MIMUS_TRY(check_sizes(*parsed));
  if (const auto* text = value.as_text()) return format_text(*text, *parsed, spec, value);
  if (const double* real = value.as_float()) return format_float(*real, *parsed, spec, value);
  if (const bool* truth = value.as_bool()) {
    if (parsed->type == 0) return format_text(*truth ? "True" : "False", *parsed, spec, value);
    return format_whole(Value(std::int64_t{*truth ? 1 : 0}), *parsed, spec);
  }
  return format_whole(value, *parsed, spec);
}

namespace {

// One %…letter of a format: flags, width and precision in the manner of Spec.
struct Percent {
  std::string name;  // of %(name)s
  Spec spec;
  bool left = false;
  bool star_width = false;
  bool star_precision = false;
  char letter = 0;
};

std::optional<Percent> read_percent(std::string_view format, std::size_t& i) {
  Percent out;
  if (i < format.size() && format[i] == '(') {
    const std::size_t close = format.find(')', i);
    if (close == std::string_view::npos) return std::nullopt;
    out.name = format.substr(i + 1, close - i - 1);
    i = close + 1;
  }
  for (; i < format.size() && std::string_view("-+ #0").find(format[i]) != std::string_view::npos; ++i) {
    if (format[i] == '-') out.left = true;
    if (format[i] == '+') out.spec.sign = '+';
    if (format[i] == ' ' && out.spec.sign == '-') out.spec.sign = ' ';
    if (format[i] == '#') out.spec.alternate = true;
    if (format[i] == '0') out.spec.zero = true;
  }
  if (i < format.size() && format[i] == '*') {
    out.star_width = true;
    ++i;
  } else {
    out.spec.width = read_size(format, i).value_or(0);
  }
  if (i < format.size() && format[i] == '.') {
    ++i;
    if (i < format.size() && format[i] == '*') {
      out.star_precision = true;
      ++i;
    } else {
      out.spec.precision = static_cast<int>(read_size(format, i).value_or(0));
    }
  }
  if (i >= format.size()) return std::nullopt;
  out.letter = format[i++];
  return out;
}

Result<std::string> percent_item(Percent item, const Value& value, std::string_view shown) {
  Spec& spec = item.spec;
  const auto align = [&](bool number) {
    if (item.left) {
      spec.align = '<';
    } else if (spec.zero && number) {
      spec.align = '=';
      spec.fill = "0";
    } else {
      spec.align = '>';
    }
  };
  switch (item.letter) {
    case 's':
    case 'r':
    case 'a': {
      align(false);
      spec.sign = '-';
      MIMUS_ASSIGN(const Value text, converted(value, item.letter));
      return format_text(*text.as_text(), spec, shown, value);
    }
    case 'd':
    case 'i':
    case 'u': {
      align(true);
      Value whole = value;
      if (const double* real = value.as_float(); real != nullptr && std::isfinite(*real)) whole = big_from_float(*real);
      if (whole.as_int() == nullptr && whole.as_big() == nullptr && whole.as_bool() == nullptr) {
        return type_error("%d needs a number, not " + std::string(type_name_of(value)));
      }
      if (spec.precision) return not_covered("%d with a precision");
      spec.type = 'd';
      return format_whole(whole, spec, shown);
    }
    case 'x':
    case 'X':
    case 'o':
      align(true);
      if (value.as_int() == nullptr && value.as_big() == nullptr && value.as_bool() == nullptr) {
        return type_error(std::string("%") + item.letter + " needs a whole number, not " +
                          std::string(type_name_of(value)));
      }
      if (spec.precision) return not_covered(std::string("%") + item.letter + " with a precision");
      spec.type = item.letter;
      return format_whole(value, spec, shown);
    case 'c': {
      align(false);
      if (const auto* text = value.as_text(); text != nullptr && code_points(*text) == 1)
        return format_text(*text, spec, shown, value);
      spec.type = 'c';
      return format_whole(value, spec, shown);
    }
    default:
      break;
  }
  if (std::string_view("eEfFgG").find(item.letter) == std::string_view::npos) {
    return value_error(std::string("unsupported format character '") + item.letter + "'");
  }
  align(true);
  spec.type = item.letter;
  if (const double* real = value.as_float()) return format_float(*real, spec, shown, value);
  if (value.as_int() == nullptr && value.as_big() == nullptr && value.as_bool() == nullptr) {
    return type_error(std::string("%") + item.letter + " needs a number, not " + std::string(type_name_of(value)));
  }
  return format_whole(value, spec, shown);
}

}  // namespace

Result<Value> percent_format(std::string_view format, const Value& values) {
  const ValueList* tuple = values.as_tuple();
  std::size_t used = 0;
  const auto next = [&]() -> const Value* {
    if (tuple != nullptr) return used < tuple->size() ? &(*tuple)[used++] : nullptr;
    return used++ == 0 ? &values : nullptr;
  };
  std::string out;
  bool by_name = false;
  for (std::size_t i = 0; i < format.size();) {
    if (format[i] != '%') {
      out += format[i++];
      continue;
    }
    ++i;
    auto item = read_percent(format, i);
    if (!item) return value_error("an incomplete format");
    MIMUS_TRY(check_sizes(item->spec));
    if (item->letter == '%') {
      out += '%';
      continue;
    }
    for (const bool width : {true, false}) {
      if (!(width ? item->star_width : item->star_precision)) continue;
      const Value* size = next();
      const auto* number = size == nullptr ? nullptr : size->as_int();
      if (number == nullptr || *number > static_cast<std::int64_t>(kMaxWidth) ||
          *number < -static_cast<std::int64_t>(kMaxWidth))
        return type_error("* needs a whole number");
      if (width) {
        item->left = item->left || *number < 0;
        item->spec.width = static_cast<std::size_t>(std::abs(*number));
      } else {
        item->spec.precision = static_cast<int>(std::max<std::int64_t>(*number, 0));
      }
    }
    const Value* value = nullptr;
    if (!item->name.empty()) {
      by_name = true;
      const ValueMap* map = values.as_map();
      if (map == nullptr) return type_error("%(name) needs a dict");
      value = find(*map, item->name);
      if (value == nullptr) return key_error("'" + item->name + "'");
    } else {
      value = next();
    }
    if (value == nullptr) return type_error("not enough values for the format");
    MIMUS_ASSIGN(const std::string text, percent_item(*item, *value, format));
    out += text;
  }
  const bool left_over = tuple != nullptr ? used < tuple->size() : used == 0 && values.as_map() == nullptr;
  if (left_over && !by_name) return type_error("more values than the format takes");
  return Value(std::move(out));
}

}  // namespace mimus::script
