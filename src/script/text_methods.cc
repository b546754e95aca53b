#include "script/text_methods.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "script/errors.h"
#include "script/letter_case.h"
#include "script/operators.h"
#include "script/other_attributes.h"
#include "script/text_format.h"

namespace mimus::script {
namespace {

using Method = Result<Value> (*)(const std::string& self, const CallArguments& arguments);

struct TextMethod {
  std::string_view name;
  std::size_t least, most;  // arguments
  Method call;
  std::string_view names = {};  // of parameters that may be given by their names; "*": the method looks itself
};

Value text(std::string value) { return Value(std::move(value)); }
Value whole(std::size_t value) { return Value(static_cast<std::int64_t>(value)); }

Result<std::string> text_argument(const CallArguments& arguments, std::size_t place, std::string_view name) {
  const Value* value = arguments.get(place, name);
  if (value == nullptr || value->as_text() == nullptr) {
    return type_error("a text is needed, not " + std::string(value == nullptr ? "nothing" : type_name_of(*value)));
  }
  return *value->as_text();
}

Result<std::int64_t> whole_argument(const CallArguments& arguments, std::size_t place, std::string_view name,
                                    std::int64_t fallback) {
  const Value* value = arguments.get(place, name);
  if (value == nullptr) return fallback;
  if (const bool* truth = value->as_bool()) return *truth ? 1 : 0;
  if (value->as_int() == nullptr)
    return type_error("a whole number is needed, not " + std::string(type_name_of(*value)));
  return *value->as_int();
}

// Without the characters of `set` (blanks when it is null) at the ends.
Result<Value> stripped(const std::string& self, const CallArguments& arguments, bool left, bool right) {
  const Value* set = arguments.get(0, "chars");
  if (set != nullptr && set->is_null()) set = nullptr;
  if (set != nullptr && set->as_text() == nullptr) return type_error("strip needs a text or None");
  const auto goes = [&](char32_t c) {
    if (set == nullptr) return is_blank(c);
    const std::string& characters = *set->as_text();
    for (std::size_t i = 0; i < characters.size();) {
      if (next_code_point(characters, i) == c) return true;
    }
    return false;
  };
  std::size_t first = 0;
  while (left && first < self.size()) {
    std::size_t i = first;
    if (!goes(next_code_point(self, i))) break;
    first = i;
  }
  std::size_t last = self.size();
  while (right && last > first) {
    std::size_t start = last - 1;
    while (start > first && (static_cast<unsigned char>(self[start]) & 0xC0U) == 0x80U) --start;
    std::size_t i = start;
    if (!goes(next_code_point(self, i))) break;
    last = start;
  }
  return text(self.substr(first, last - first));
}

// Offsets in bytes as positions in characters.
std::size_t position_of(const std::string& self, std::size_t offset) {
  return code_points(std::string_view(self).substr(0, offset));
}

// self[start:end] of find(), count(), startswith() and the like.
Result<std::pair<std::size_t, std::size_t>> window(const std::string& self, const CallArguments& arguments) {
  const auto size = static_cast<std::int64_t>(code_points(self));
  MIMUS_ASSIGN(std::int64_t start, whole_argument(arguments, 1, "start", 0));
  MIMUS_ASSIGN(std::int64_t end, whole_argument(arguments, 2, "end", size));
  const auto offset = [&](std::int64_t position) {
    if (position < 0) position += size;
    position = std::clamp<std::int64_t>(position, 0, size);
    std::size_t i = 0;
    for (std::int64_t k = 0; k < position; ++k) (void)next_code_point(self, i);
    return i;
  };
  const std::size_t first = offset(start);
  return std::pair(first, std::max(first, offset(end)));
}

enum class Search { Find, FindLast, Index, IndexLast };

Result<Value> searched(const std::string& self, const CallArguments& arguments, Search how) {
  MIMUS_ASSIGN(const std::string wanted, text_argument(arguments, 0, "sub"));
  MIMUS_ASSIGN(const auto range, window(self, arguments));
  const std::string_view inside = std::string_view(self).substr(range.first, range.second - range.first);
  const bool last = how == Search::FindLast || how == Search::IndexLast;
  const std::size_t found = last ? inside.rfind(wanted) : inside.find(wanted);
  if (found != std::string_view::npos) return whole(position_of(self, range.first + found));
  if (how == Search::Index || how == Search::IndexLast) return value_error("substring not found");
  return Value(std::int64_t{-1});
}

Result<Value> begins_or_ends(const std::string& self, const CallArguments& arguments, bool begins) {
  const Value* wanted = arguments.get(0, "prefix");
  MIMUS_ASSIGN(const auto range, window(self, arguments));
  const std::string_view inside = std::string_view(self).substr(range.first, range.second - range.first);
  ValueList all;
  if (const ValueList* tuple = wanted->as_tuple()) {
    all = *tuple;
  } else {
    all.push_back(*wanted);
  }
  for (const Value& one : all) {
    if (one.as_text() == nullptr) return type_error("a text or a tuple of texts is needed");
    if (begins ? inside.starts_with(*one.as_text()) : inside.ends_with(*one.as_text())) return Value(true);
  }
  return Value(false);
}

Result<Value> replaced(const std::string& self, const CallArguments& arguments) {
  MIMUS_ASSIGN(const std::string from, text_argument(arguments, 0, "old"));
  MIMUS_ASSIGN(const std::string to, text_argument(arguments, 1, "new"));
  MIMUS_ASSIGN(std::int64_t count, whole_argument(arguments, 2, "count", -1));
  std::string out;
  std::size_t at = 0;
  while (count != 0) {
    std::size_t found = from.empty() ? at : self.find(from, at);
    if (found == std::string::npos || at > self.size()) break;
    out.append(self, at, found - at);
    out += to;
    at = found + from.size();
    if (from.empty()) {
      if (at >= self.size()) return text(std::move(out));
      std::size_t i = at;
      (void)next_code_point(self, i);
      out.append(self, at, i - at);
      at = i;
    }
    if (count > 0) --count;
  }
  out.append(self, std::min(at, self.size()));
  return text(std::move(out));
}

Value list_of(std::vector<std::string> parts) {
  ValueList out;
  for (std::string& part : parts) out.emplace_back(std::move(part));
  return Value::list(std::move(out));
}

// split() at blanks.
std::vector<std::string> words_of(const std::string& self, std::int64_t most, bool from_right) {
  std::vector<std::pair<std::size_t, std::size_t>> words;
  bool inside = false;
  for (std::size_t i = 0; i < self.size();) {
    const std::size_t start = i;
    const bool blank = is_blank(next_code_point(self, i));
    if (!blank && !inside) words.emplace_back(start, start);
    inside = !blank;
    if (inside) words.back().second = i;
  }
  std::vector<std::string> out;
  const std::size_t count = words.size();
  const std::size_t splits = most < 0 ? count : static_cast<std::size_t>(most);
  if (count == 0) return out;
  if (count > splits && from_right) {
    // The first part keeps the blanks before it, as that of split() keeps those behind it.
    const std::size_t joined = count - splits - 1;
    out.push_back(self.substr(0, words[joined].second));
    for (std::size_t k = joined + 1; k < count; ++k)
      out.push_back(self.substr(words[k].first, words[k].second - words[k].first));
    return out;
  }
  for (std::size_t k = 0; k < count; ++k) {
    if (k == splits) {
      out.push_back(self.substr(words[k].first));
      break;
    }
    out.push_back(self.substr(words[k].first, words[k].second - words[k].first));
  }
  return out;
}

Result<Value> split_up(const std::string& self, const CallArguments& arguments, bool from_right) {
  const Value* separator = arguments.get(0, "sep");
  MIMUS_ASSIGN(const std::int64_t most, whole_argument(arguments, 1, "maxsplit", -1));
  if (separator == nullptr || separator->is_null()) return list_of(words_of(self, most, from_right));
  if (separator->as_text() == nullptr) return type_error("a separator must be a text or None");
  const std::string& sep = *separator->as_text();
  if (sep.empty()) return value_error("empty separator");
  std::vector<std::string> out;
  if (from_right) {
    std::size_t end = self.size();
    for (std::int64_t n = most; n != 0; --n) {
      const std::size_t found = end < sep.size() ? std::string::npos : self.rfind(sep, end - sep.size());
      if (found == std::string::npos) break;
      out.insert(out.begin(), self.substr(found + sep.size(), end - found - sep.size()));
      end = found;
    }
    out.insert(out.begin(), self.substr(0, end));
    return list_of(std::move(out));
  }
  std::size_t at = 0;
  for (std::int64_t n = most; n != 0; --n) {
    const std::size_t found = self.find(sep, at);
    if (found == std::string::npos) break;
    out.push_back(self.substr(at, found - at));
    at = found + sep.size();
  }
  out.push_back(self.substr(at));
  return list_of(std::move(out));
}

Result<Value> parted(const std::string& self, const CallArguments& arguments, bool last) {
  MIMUS_ASSIGN(const std::string sep, text_argument(arguments, 0, "sep"));
  if (sep.empty()) return value_error("empty separator");
  const std::size_t found = last ? self.rfind(sep) : self.find(sep);
  if (found == std::string::npos) {
    return last ? Value::tuple({text(""), text(""), text(self)}) : Value::tuple({text(self), text(""), text("")});
  }
  return Value::tuple({text(self.substr(0, found)), text(sep), text(self.substr(found + sep.size()))});
}

Result<Value> joined(const std::string& self, const CallArguments& arguments) {
  MIMUS_ASSIGN(const ValueList items, items_of(arguments.positional.at(0)));
  std::string out;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (items[i].as_text() == nullptr) {
      return type_error("join needs texts, but item " + std::to_string(i) + " is of type " +
                        std::string(type_name_of(items[i])));
    }
    if (i > 0) out += self;
    out += *items[i].as_text();
  }
  return text(std::move(out));
}

constexpr std::int64_t kMostWidth = 1 << 26;

Result<Value> justified(const std::string& self, const CallArguments& arguments, char align) {
  MIMUS_ASSIGN(const std::int64_t width, whole_argument(arguments, 0, "width", 0));
  std::string fill = " ";
  if (arguments.get(1, "fillchar") != nullptr) {
    MIMUS_ASSIGN(fill, text_argument(arguments, 1, "fillchar"));
  }
  if (code_points(fill) != 1) return type_error("the fill character must be exactly one character long");
  if (width > kMostWidth) return fail("script.memory", "the text would be too long");
  const auto size = static_cast<std::int64_t>(code_points(self));
  if (size >= width) return text(self);
  const std::int64_t room = width - size;
  std::int64_t left = align == '>' ? room : 0;
  // Where the blanks cannot be shared out evenly, Python puts the odd one on the left of an odd width.
  if (align == '^') left = room / 2 + (room & width & 1);
  std::string out;
  for (std::int64_t k = 0; k < left; ++k) out += fill;
  out += self;
  for (std::int64_t k = left; k < room; ++k) out += fill;
  return text(std::move(out));
}

Result<Value> zero_filled(const std::string& self, const CallArguments& arguments) {
  MIMUS_ASSIGN(const std::int64_t width, whole_argument(arguments, 0, "width", 0));
  if (width > kMostWidth) return fail("script.memory", "the text would be too long");
  const auto size = static_cast<std::int64_t>(code_points(self));
  if (size >= width) return text(self);
  const std::string zeros(static_cast<std::size_t>(width - size), '0');
  const bool sign = self.starts_with('-') || self.starts_with('+');
  return text(sign ? self[0] + zeros + self.substr(1) : zeros + self);
}

// True when the text is not empty and the property holds for all of its characters.
Value all_are(const std::string& self, bool (*property)(char32_t)) {
  for (std::size_t i = 0; i < self.size();) {
    if (!property(next_code_point(self, i))) return Value(false);
  }
  return Value(!self.empty());
}

Value cased_as(const std::string& self, bool (*wanted)(char32_t), bool (*other)(char32_t)) {
  bool any = false;
  for (std::size_t i = 0; i < self.size();) {
    const char32_t c = next_code_point(self, i);
    if (other(c)) return Value(false);
    any = any || wanted(c);
  }
  return Value(any);
}

// Letters of upper case begin words, those of lower case follow.
bool is_titled(const std::string& self) {
  bool any = false;
  bool inside = false;
  for (std::size_t i = 0; i < self.size();) {
    const char32_t c = next_code_point(self, i);
    const bool begins = is_upper(c) || is_title(c);
    const bool follows = is_lower(c);
    if ((begins && inside) || (follows && !inside)) return false;
    inside = begins || follows;
    any = any || inside;
  }
  return any;
}

Result<Value> lines_of(const std::string& self, const CallArguments& arguments) {
  const Value* keep = arguments.get(0, "keepends");
  const bool keep_ends = keep != nullptr && is_true(*keep);
  std::vector<std::string> out;
  std::size_t start = 0;
  for (std::size_t i = 0; i < self.size();) {
    const std::size_t at = i;
    const char32_t c = next_code_point(self, i);
    const bool ends = c == '\n' || c == '\r' || c == 0x0B || c == 0x0C || (c >= 0x1C && c <= 0x1E) || c == 0x85 ||
                      c == 0x2028 || c == 0x2029;
    if (!ends) continue;
    if (c == '\r' && i < self.size() && self[i] == '\n') ++i;
    out.push_back(self.substr(start, (keep_ends ? i : at) - start));
    start = i;
  }
  if (start < self.size()) out.push_back(self.substr(start));
  return list_of(std::move(out));
}

Result<Value> encoded(const std::string& self, const CallArguments& arguments) {
  std::string name = "utf-8";
  if (arguments.get(0, "encoding") != nullptr) {
    MIMUS_ASSIGN(name, text_argument(arguments, 0, "encoding"));
  }
  if (const Value* errors = arguments.get(1, "errors"); errors != nullptr && !is_equal(*errors, text("strict"))) {
    return not_covered("encode() with 'errors'");
  }
  name = lower_case(name);
  std::erase_if(name, [](char c) { return c == '-' || c == '_'; });
  if (name == "utf8") return Value(Bytes{self});
  const char32_t limit = name == "ascii" ? 0x80 : name == "latin1" || name == "iso88591" ? 0x100 : 0;
  if (limit == 0) return not_covered("the encoding '" + name + "'");
  std::string out;
  for (std::size_t i = 0; i < self.size();) {
    const char32_t c = next_code_point(self, i);
    if (c >= limit) return value_error("a character cannot be encoded in " + name);
    out += static_cast<char>(c);
  }
  return Value(Bytes{std::move(out)});
}

Result<Value> without_affix(const std::string& self, const CallArguments& arguments, bool prefix) {
  MIMUS_ASSIGN(const std::string affix, text_argument(arguments, 0, "affix"));
  if (affix.empty() || (prefix ? !self.starts_with(affix) : !self.ends_with(affix))) return text(self);
  return text(prefix ? self.substr(affix.size()) : self.substr(0, self.size() - affix.size()));
}

Result<Value> tabs_expanded(const std::string& self, const CallArguments& arguments) {
  MIMUS_ASSIGN(const std::int64_t size, whole_argument(arguments, 0, "tabsize", 8));
  if (size > kMostWidth) return fail("script.memory", "the text would be too long");
  std::string out;
  std::int64_t column = 0;
  for (std::size_t i = 0; i < self.size();) {
    const std::size_t start = i;
    const char32_t c = next_code_point(self, i);
    if (c == '\t') {
      const std::int64_t room = size > 0 ? size - column % size : 0;
      out.append(static_cast<std::size_t>(room), ' ');
      column += room;
      continue;
    }
    out.append(self, start, i - start);
    column = c == '\n' || c == '\r' ? 0 : column + 1;
  }
  return text(std::move(out));
}

Result<Value> counted(const std::string& self, const CallArguments& arguments) {
  MIMUS_ASSIGN(const std::string wanted, text_argument(arguments, 0, "sub"));
  MIMUS_ASSIGN(const auto range, window(self, arguments));
  const std::string_view inside = std::string_view(self).substr(range.first, range.second - range.first);
  if (wanted.empty()) return whole(code_points(inside) + 1);
  std::size_t count = 0;
  for (std::size_t at = inside.find(wanted); at != std::string_view::npos; at = inside.find(wanted, at + wanted.size()))
    ++count;
  return whole(count);
}

using S = const std::string&;
using A = const CallArguments&;

constexpr std::array<TextMethod, 45> kMethods{{
    {"upper", 0, 0, [](S s, A) -> Result<Value> { return text(upper_case(s)); }},
    {"lower", 0, 0, [](S s, A) -> Result<Value> { return text(lower_case(s)); }},
    {"title", 0, 0, [](S s, A) -> Result<Value> { return text(title_case(s)); }},
    {"capitalize", 0, 0, [](S s, A) -> Result<Value> { return text(capitalized(s)); }},
    {"swapcase", 0, 0, [](S s, A) -> Result<Value> { return text(swap_case(s)); }},
    {"casefold", 0, 0, [](S s, A) -> Result<Value> { return text(folded(s)); }},
    {"strip", 0, 1, [](S s, A a) { return stripped(s, a, true, true); }},
    {"lstrip", 0, 1, [](S s, A a) { return stripped(s, a, true, false); }},
    {"rstrip", 0, 1, [](S s, A a) { return stripped(s, a, false, true); }},
    {"replace", 2, 3, replaced},
    {"split", 0, 2, [](S s, A a) { return split_up(s, a, false); }, "sep maxsplit"},
    {"rsplit", 0, 2, [](S s, A a) { return split_up(s, a, true); }, "sep maxsplit"},
    {"partition", 1, 1, [](S s, A a) { return parted(s, a, false); }},
    {"rpartition", 1, 1, [](S s, A a) { return parted(s, a, true); }},
    {"splitlines", 0, 1, lines_of, "keepends"},
    {"join", 1, 1, joined},
    {"find", 1, 3, [](S s, A a) { return searched(s, a, Search::Find); }},
    {"rfind", 1, 3, [](S s, A a) { return searched(s, a, Search::FindLast); }},
    {"index", 1, 3, [](S s, A a) { return searched(s, a, Search::Index); }},
    {"rindex", 1, 3, [](S s, A a) { return searched(s, a, Search::IndexLast); }},
    {"count", 1, 3, counted},
    {"startswith", 1, 3, [](S s, A a) { return begins_or_ends(s, a, true); }},
    {"endswith", 1, 3, [](S s, A a) { return begins_or_ends(s, a, false); }},
    {"zfill", 1, 1, zero_filled},
    {"rjust", 1, 2, [](S s, A a) { return justified(s, a, '>'); }},
    {"ljust", 1, 2, [](S s, A a) { return justified(s, a, '<'); }},
    {"center", 1, 2, [](S s, A a) { return justified(s, a, '^'); }},
    {"isdigit", 0, 0, [](S s, A) -> Result<Value> { return all_are(s, is_digit); }},
    {"isdecimal", 0, 0, [](S s, A) -> Result<Value> { return all_are(s, is_decimal); }},
    {"isnumeric", 0, 0, [](S s, A) -> Result<Value> { return all_are(s, is_numeric); }},
    {"isalpha", 0, 0, [](S s, A) -> Result<Value> { return all_are(s, is_letter); }},
    {"isalnum", 0, 0,
     [](S s, A) -> Result<Value> { return all_are(s, [](char32_t c) { return is_letter(c) || is_numeric(c); }); }},
    {"isspace", 0, 0, [](S s, A) -> Result<Value> { return all_are(s, is_blank); }},
    {"isascii", 0, 0,
     [](S s, A) -> Result<Value> {
       return Value(std::ranges::all_of(s, [](char c) { return static_cast<unsigned char>(c) < 0x80; }));
     }},
    {"isupper", 0, 0, [](S s, A) -> Result<Value> { return cased_as(s, is_upper, is_lower); }},
    {"islower", 0, 0, [](S s, A) -> Result<Value> { return cased_as(s, is_lower, is_upper); }},
    {"istitle", 0, 0, [](S s, A) -> Result<Value> { return Value(is_titled(s)); }},
    {"removeprefix", 1, 1, [](S s, A a) { return without_affix(s, a, true); }},
    {"removesuffix", 1, 1, [](S s, A a) { return without_affix(s, a, false); }},
    {"expandtabs", 0, 1, tabs_expanded, "tabsize"},
    {"encode", 0, 2, encoded, "encoding errors"},
    {"format", 0, SIZE_MAX, [](S s, A a) { return brace_format(s, a.positional, a.named); }, "*"},
    {"format_map", 1, 1,
     [](S s, A a) -> Result<Value> {
       if (a.positional.empty() || a.positional[0].as_map() == nullptr) return type_error("format_map needs a dict");
       return brace_format(s, {}, *a.positional[0].as_map());
     }},
    {"isprintable", 0, 0,
     [](S s, A) -> Result<Value> {
       std::string shown;
       append_repr(shown, std::string_view(s));
       return Value(shown.find('\\') == std::string::npos || s.find('\\') != std::string::npos);
     }},
    {"isidentifier", 0, 0,
     [](S s, A) -> Result<Value> {
       const bool starts = !s.empty() && !(s[0] >= '0' && s[0] <= '9');
       for (std::size_t i = 0; i < s.size();) {
         const char32_t c = next_code_point(s, i);
         if (c != '_' && !is_letter(c) && !is_decimal(c)) return Value(false);
       }
       return Value(starts);
     }},
}};

}  // namespace

bool is_text_method(std::string_view name) {
  return std::ranges::find(kMethods, name, &TextMethod::name) != kMethods.end();
}

Result<Value> call_text_method(const std::string& self, std::string_view name, const CallArguments& arguments) {
  const auto method = std::ranges::find(kMethods, name, &TextMethod::name);
  if (method == kMethods.end()) return unknown_attribute("str", name);
  MIMUS_TRY(check_count(arguments, method->least, method->most, name));
  MIMUS_TRY(check_names(arguments, method->least, method->names, false, name));
  return method->call(self, arguments);
}

}  // namespace mimus::script
