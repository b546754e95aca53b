// json: JSON as Python's json.dumps writes it, and json.loads.
#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.h"
#include "data/json.h"
#include "script/errors.h"
#include "script/function.h"
#include "script/numbers.h"
#include "script/operators.h"

namespace mimus::script {
namespace {

// Python's own limit of nested calls is about as high.
constexpr std::size_t kMaxDepth = 900;

struct Style {
  bool ascii = true;
  bool allow_nan = true;
  bool sort_keys = false;
  bool others_as_text = false;        // default=str
  std::optional<std::string> indent;  // of one level; nullopt: one line
  std::string item_separator = ", ";
  std::string key_separator = ": ";
};

class Writer {
 public:
  explicit Writer(const Style& style) : style_(style) {}

  Status write(const Value& value, std::size_t depth = 0) {
    if (depth > kMaxDepth) return fail("script.memory", "json.dumps() of values nested too deeply");
    if (value.is_null()) {
      out_ += "null";
    } else if (const bool* truth = value.as_bool()) {
      out_ += *truth ? "true" : "false";
    } else if (const auto* text = value.as_text()) {
      append_json_string(out_, *text, style_.ascii);
    } else if (value.as_int() != nullptr || value.as_big() != nullptr) {
      MIMUS_TRY(check_digits(value));
      out_ += text_of(value);
    } else if (const double* real = value.as_float()) {
      return number(*real);
    } else if (const ValueList* items = value.as_list() != nullptr ? value.as_list() : value.as_tuple()) {
      return list(*items, depth);
    } else if (const ValueMap* entries = value.as_dotable() != nullptr ? value.as_dotable()->get() : value.as_map()) {
      return map(*entries, depth);
    } else if (style_.others_as_text) {
      append_json_string(out_, text_of(value), style_.ascii);
    } else {
      return type_error("Object of type " + std::string(type_name_of(value)) + " is not JSON serializable");
    }
    return {};
  }

  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  Status number(double real) {
    if (!std::isfinite(real)) {
      if (!style_.allow_nan) return value_error("Out of range float values are not JSON compliant");
      out_ += std::isnan(real) ? "NaN" : real < 0 ? "-Infinity" : "Infinity";
    } else {
      append_float(out_, real);
    }
    return {};
  }

  void next_line(std::size_t depth) {
    if (!style_.indent) return;
    out_ += '\n';
    for (std::size_t i = 0; i < depth; ++i) out_ += *style_.indent;
  }

  Status list(const ValueList& items, std::size_t depth) {
    out_ += '[';
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (i > 0) out_ += style_.item_separator;
      next_line(depth + 1);
      MIMUS_TRY(write(items[i], depth + 1));
    }
    if (!items.empty()) next_line(depth);
    out_ += ']';
    return {};
  }

  Status map(const ValueMap& entries, std::size_t depth) {
    std::vector<const ValueMap::value_type*> order;
    for (const auto& entry : entries) order.push_back(&entry);
    // UTF-8 sorts as its code points do.
    if (style_.sort_keys) std::ranges::sort(order, {}, [](const auto* entry) { return entry->first; });
    out_ += '{';
    for (std::size_t i = 0; i < order.size(); ++i) {
      if (i > 0) out_ += style_.item_separator;
      next_line(depth + 1);
      append_json_string(out_, order[i]->first, style_.ascii);
      out_ += style_.key_separator;
      MIMUS_TRY(write(order[i]->second, depth + 1));
    }
    if (!order.empty()) next_line(depth);
    out_ += '}';
    return {};
  }

  const Style& style_;
  std::string out_;
};

Status read_indent(const Value& value, Style& style) {
  constexpr std::int64_t kMost = 1000;
  if (value.is_null()) return {};
  if (const auto* text = value.as_text()) {
    style.indent = *text;
  } else if (const auto* width = value.as_int(); width != nullptr && *width <= kMost) {
    style.indent = std::string(static_cast<std::size_t>(std::max<std::int64_t>(*width, 0)), ' ');
  } else {
    return type_error("indent must be a text or a whole number up to 1000");
  }
  // An explicit separator comes later and wins.
  style.item_separator = ",";
  return {};
}

Status read_separators(const Value& value, Style& style) {
  if (value.is_null()) return {};
  MIMUS_ASSIGN(const ValueList both, items_of(value));
  if (both.size() != 2 || both[0].as_text() == nullptr || both[1].as_text() == nullptr)
    return type_error("separators must be two texts: (',', ':')");
  style.item_separator = *both[0].as_text();
  style.key_separator = *both[1].as_text();
  return {};
}

Result<Value> dumps(const CallArguments& arguments) {
  Style style;
  if (const Value* indent = find(arguments.named, "indent")) MIMUS_TRY(read_indent(*indent, style));
  for (const auto& [name, value] : arguments.named) {
    if (name == "ensure_ascii") {
      style.ascii = is_true(value);
    } else if (name == "allow_nan") {
      style.allow_nan = is_true(value);
    } else if (name == "sort_keys") {
      style.sort_keys = is_true(value);
    } else if (name == "separators") {
      MIMUS_TRY(read_separators(value, style));
    } else if (name == "default" && value.as_text() != nullptr) {
      style.others_as_text = true;
    } else if (name != "indent" && name != "skipkeys" && name != "check_circular" &&
               !(name == "default" && value.is_null())) {
      return not_covered("the parameter '" + name + "' of json.dumps()");
    }
  }
  Writer writer(style);
  MIMUS_TRY(writer.write(arguments.positional[0]));
  return Value(writer.take());
}

Result<Value> loads(const CallArguments& arguments) {
  const Value& given = arguments.positional[0];
  const std::string* text = given.as_text();
  if (given.as_bytes() != nullptr) text = &given.as_bytes()->bytes;
  if (text == nullptr) {
    return type_error("the JSON object must be str, bytes or bytearray, not " + std::string(type_name_of(given)));
  }
  if (!arguments.named.empty()) return not_covered("the parameter '" + arguments.named[0].first + "' of json.loads()");
  auto value = parse_json(*text, "json.loads()");
  if (!value) return value_error(std::move(value).error().message);
  return *value;
}

constexpr std::array kFunctions{
    Function{"json.dumps", 1, 11, dumps, "*"},
    Function{"json.loads", 1, 7, loads, "*"},
};

}  // namespace

std::span<const Function> json_functions() { return kFunctions; }

}  // namespace mimus::script
