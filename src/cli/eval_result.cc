// Values of expressions as `mimus eval` prints them.
#include <algorithm>
#include <cmath>

#include "base/hash.h"
#include "base/text.h"
#include "cli/eval.h"
#include "script/errors.h"
#include "script/operators.h"

namespace mimus::cli {
namespace {

void append_json(std::string& out, const Value& value);

void append_text(std::string& out, std::string_view text) { append_json_string(out, text, false); }

void append_list(std::string& out, const ValueList& items) {
  out += '[';
  for (std::size_t k = 0; k < items.size(); ++k) {
    if (k > 0) out += ", ";
    append_json(out, items[k]);
  }
  out += ']';
}

void append_map(std::string& out, const ValueMap& map) {
  out += '{';
  for (std::size_t k = 0; k < map.size(); ++k) {
    if (k > 0) out += ", ";
    append_text(out, map[k].first);
    out += ": ";
    append_json(out, map[k].second);
  }
  out += '}';
}

// By Python's order, or by their JSON when two of them have none.
ValueList sorted(ValueList items) {
  bool have_order = true;
  std::ranges::stable_sort(items, [&](const Value& a, const Value& b) {
    const auto order = script::order_of(a, b, script::Operator::Less);
    have_order = have_order && order;
    return order && *order == -1;
  });
  if (!have_order) std::ranges::stable_sort(items, {}, json_of_result);
  return items;
}

void append_float_json(std::string& out, double number) {
  if (std::isfinite(number)) {
    append_float(out, number);
  } else {
    append_text(out, std::isnan(number) ? "nan" : number < 0 ? "-inf" : "inf");
  }
}

void append_json(std::string& out, const Value& value) {
  if (value.is_null()) {
    out += "null";
  } else if (const bool* truth = value.as_bool()) {
    out += *truth ? "true" : "false";
  } else if (value.as_int() != nullptr || value.as_big() != nullptr) {
    out += text_of(value);
  } else if (const double* number = value.as_float()) {
    append_float_json(out, *number);
  } else if (const std::string* text = value.as_text()) {
    append_text(out, *text);
  } else if (const Timestamp* time = value.as_time()) {
    std::string text_of_time;
    append_datetime(text_of_time, *time, 'T');
    append_text(out, text_of_time);
  } else if (const Bytes* bytes = value.as_bytes()) {
    append_text(out, hex({reinterpret_cast<const std::uint8_t*>(bytes->bytes.data()), bytes->bytes.size()}));
  } else if (const ValueList* list = value.as_list()) {
    append_list(out, *list);
  } else if (const ValueList* tuple = value.as_tuple()) {
    append_list(out, *tuple);
  } else if (const ValueList* set = value.as_set()) {
    append_list(out, sorted(*set));
  } else if (const ValueMap* map = value.as_map()) {
    append_map(out, *map);
  } else if (const auto* dotable = value.as_dotable()) {
    append_map(out, **dotable);
  } else {
    append_text(out, text_of(value));
  }
}

}  // namespace

std::string json_of_result(const Value& value) {
  std::string out;
  append_json(out, value);
  return out;
}

std::string type_of_result(const Value& value) {
  if (const Opaque* object = value.as_opaque()) {
    const std::string name = object->type_name();  // with its module
    return name.substr(name.rfind('.') + 1);
  }
  return std::string(script::type_name_of(value));
}

std::string exception_of(const Diagnostic& failure) {
  if (const auto name = script::exception_name(failure.code); !name.empty()) return std::string(name);
  if (failure.code == "script.end") return "StopIteration";
  // "JSONDecodeError: Expecting value": classes without a code of their own stand in the message.
  if (failure.code == "script.exception") return failure.message.substr(0, failure.message.find_first_of(": "));
  return "Error";
}

}  // namespace mimus::cli
