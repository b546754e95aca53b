// str.format.
#include <algorithm>

#include "base/text.h"
#include "script/errors.h"
#include "script/operators.h"
#include "script/text_format.h"

namespace mimus::script {
namespace {

// How the fields of a format are numbered: by their places or by themselves, not both.
struct Numbering {
  std::size_t next = 0;
  bool is_manual = false;
};

// The field names of str.format: "0", "name", "a.b[c]".
Result<Value> field_value(std::string_view path, const ValueList& positional, const ValueMap& named,
                          Numbering& numbering) {
  const std::size_t end = std::min(path.find_first_of(".["), path.size());
  const std::string_view head = path.substr(0, end);
  Value value;
  if (head.empty() || parse_uint(head)) {
    if (head.empty() ? numbering.is_manual : numbering.next > 0) {
      return value_error("fields with and without a number in one format");
    }
    numbering.is_manual = !head.empty();
    const std::uint64_t index = head.empty() ? numbering.next++ : *parse_uint(head);
    if (index >= positional.size()) return index_error("a replacement index is out of range");
    value = positional[index];
  } else if (const Value* known = find(named, head)) {
    value = *known;
  } else {
    return key_error("'" + std::string(head) + "'");
  }
  for (std::size_t i = end; i < path.size();) {
    const bool by_index = path[i] == '[';
    const std::size_t stop = by_index ? path.find(']', i) : std::min(path.find_first_of(".[", i + 1), path.size());
    if (stop == std::string_view::npos) return value_error("a '[' without its ']'");
    const std::string key(path.substr(i + 1, stop - i - 1));
    Result<Value> next = !by_index         ? attribute_of(value, key)
                         : parse_uint(key) ? item_at(value, Value(static_cast<std::int64_t>(*parse_uint(key))))
                                           : item_at(value, Value(key));
    MIMUS_ASSIGN(value, std::move(next));
    i = by_index ? stop + 1 : stop;
  }
  return value;
}

Result<Value> brace_format(std::string_view format, const ValueList& positional, const ValueMap& named,
                           Numbering& numbering) {
  std::string out;
  for (std::size_t i = 0; i < format.size();) {
    const char c = format[i];
    if ((c == '{' || c == '}') && i + 1 < format.size() && format[i + 1] == c) {
      out += c;
      i += 2;
      continue;
    }
    if (c == '}') return value_error("a single '}' in the format");
    if (c != '{') {
      out += c;
      ++i;
      continue;
    }
    int depth = 1;
    std::size_t end = i + 1;
    for (; end < format.size() && depth > 0; ++end) depth += format[end] == '{' ? 1 : format[end] == '}' ? -1 : 0;
    if (depth > 0) return value_error("a single '{' in the format");
    const std::string_view field = format.substr(i + 1, end - i - 2);
    const std::size_t name_end = std::min(field.find_first_of("!:"), field.size());
    MIMUS_ASSIGN(Value value, field_value(field.substr(0, name_end), positional, named, numbering));
    std::size_t at = name_end;
    if (at + 1 < field.size() && field[at] == '!') {
      MIMUS_ASSIGN(value, converted(value, field[at + 1]));
      at += 2;
    }
    std::string spec;
    if (at < field.size() && field[at] == ':') {
      spec = field.substr(at + 1);
      if (spec.find('{') != std::string::npos) {
        MIMUS_ASSIGN(const Value inner, brace_format(spec, positional, named, numbering));
        spec = *inner.as_text();
      }
    }
    MIMUS_ASSIGN(const std::string text, format_value(value, spec));
    out += text;
    i = end;
  }
  return Value(std::move(out));
}

}  // namespace

Result<Value> brace_format(std::string_view format, const ValueList& positional, const ValueMap& named) {
  Numbering numbering;
  return brace_format(format, positional, named, numbering);
}

}  // namespace mimus::script
