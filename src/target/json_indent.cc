#include "target/json_indent.h"

#include "target/notation.h"

namespace mimus {
namespace {

void append(std::string& out, const Value& value, std::size_t depth);

// The parts of a list or map, each on a line of its own.
template <class Parts, class AppendPart>
void append_lines(std::string& out, const Parts& parts, std::size_t depth, char open, char close,
                  AppendPart append_part) {
  out += open;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    out += i > 0 ? ",\n" : "\n";
    out.append(4 * (depth + 1), ' ');
    append_part(parts[i]);
  }
  if (!parts.empty()) {
    out += '\n';
    out.append(4 * depth, ' ');
  }
  out += close;
}

void append(std::string& out, const Value& value, std::size_t depth) {
  if (const auto* items = value.as_list()) {
    append_lines(out, *items, depth, '[', ']', [&](const Value& item) { append(out, item, depth + 1); });
  } else if (const auto* entries = value.as_map()) {
    append_lines(out, *entries, depth, '{', '}', [&](const auto& entry) {
      JsonNotation::append_name(out, entry.first);
      append(out, entry.second, depth + 1);
    });
  } else {
    (void)JsonNotation::append(out, value);  // the caller has made sure that there is a form
  }
}

}  // namespace

std::string indented_json(const Value& value) {
  std::string out;
  append(out, value, 0);
  return out;
}

}  // namespace mimus
