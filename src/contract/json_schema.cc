#include "contract/json_schema.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/text.h"
#include "base/time.h"
#include "contract/message_text.h"

namespace mimus::contract {
namespace {

// Python's repr.
std::string shown(const Value& value) {
  std::string out;
  append_repr(out, value);
  return shortened(std::move(out));
}

bool has_type(const Value& value, std::string_view type) {
  if (type == "object") return value.as_map() != nullptr;
  if (type == "array") return value.as_list() != nullptr;
  if (type == "string") return value.as_text() != nullptr;
  if (type == "boolean") return value.as_bool() != nullptr;
  if (type == "null") return value.is_null();
  if (value.as_int() != nullptr || value.as_big() != nullptr) return type == "integer" || type == "number";
  const double* number = value.as_float();
  if (number == nullptr) return false;
  // A float without a fraction is an integer; from 2^53 on it says no longer which one.
  return type == "number" || (type == "integer" && std::trunc(*number) == *number && std::fabs(*number) < 0x1p53);
}

// A number as far as bounds of a few digits need it.
std::optional<double> number_of(const Value& value) {
  if (const std::int64_t* number = value.as_int()) return static_cast<double>(*number);
  if (const BigInteger* big = value.as_big()) return big->digits.starts_with('-') ? -HUGE_VAL : HUGE_VAL;
  if (const double* number = value.as_float()) return *number;
  return std::nullopt;
}

class Validation {
 public:
  void check(const Value& schema, const Value& value) {
    const ValueMap& rules = *schema.as_map();
    if (const Value* type = find(rules, "type"); type != nullptr && !check_type(*type, value)) return;
    check_choice(rules, value);
    if (const auto number = number_of(value)) check_number(rules, value, *number);
    if (const std::string* text = value.as_text()) check_text(rules, value, *text);
    if (const ValueList* list = value.as_list()) check_list(rules, value, *list);
    if (const ValueMap* map = value.as_map()) check_map(rules, *map);
  }

  [[nodiscard]] std::vector<SchemaError> take() {
    std::ranges::stable_sort(errors_, precedes);
    return std::move(errors_);
  }

 private:
  static bool precedes(const SchemaError& a, const SchemaError& b) {
    return std::ranges::lexicographical_compare(a.path, b.path, [](const Value& one, const Value& other) {
      if (one.as_int() != nullptr && other.as_int() != nullptr) return *one.as_int() < *other.as_int();
      return text_of(one) < text_of(other);
    });
  }

  void add(std::string message) {
    if (errors_.size() < kMaxSchemaErrors) errors_.push_back({.message = std::move(message), .path = path_});
  }

  bool check_type(const Value& type, const Value& value) {
    const ValueList one{type};
    const ValueList& types = type.as_list() != nullptr ? *type.as_list() : one;
    for (const Value& allowed : types) {
      if (has_type(value, *allowed.as_text())) return true;
    }
    std::vector<std::string> names;
    for (const Value& allowed : types) names.push_back(shown(allowed));
    add(fmt::format("{} is not of type {}", shown(value), listed(names)));
    return false;
  }

  void check_choice(const ValueMap& rules, const Value& value) {
    const auto equals = [&value](const Value& other) {
      return value.data.index() == other.data.index() && text_of(value) == text_of(other);
    };
    if (const Value* only = find(rules, "const"); only != nullptr && !equals(*only)) {
      add(fmt::format("{} was expected", shown(*only)));
    }
    if (const Value* choices = find(rules, "enum");
        choices != nullptr && std::ranges::none_of(*choices->as_list(), equals)) {
      add(fmt::format("{} is not one of {}", shown(value), shown(*choices)));
    }
  }

  void check_number(const ValueMap& rules, const Value& value, double number) {
    const Value* least = find(rules, "minimum");
    if (least != nullptr && number < *number_of(*least)) {
      add(fmt::format("{} is less than the minimum of {}", shown(value), shown(*least)));
    }
    const Value* most = find(rules, "maximum");
    if (most != nullptr && number > *number_of(*most)) {
      add(fmt::format("{} is greater than the maximum of {}", shown(value), shown(*most)));
    }
  }

  void check_text(const ValueMap& rules, const Value& value, const std::string& text) {
    if (const Value* least = find(rules, "minLength");
        least != nullptr && code_points(text) < static_cast<std::size_t>(*least->as_int())) {
      add(shown(value) + (*least->as_int() == 1 ? " should be non-empty" : " is too short"));
    }
    if (const Value* pattern = find(rules, "pattern")) {
      if (!re2::RE2::PartialMatch(text, re2::RE2(*pattern->as_text()))) {
        add(fmt::format("{} does not match {}", shown(value), shown(*pattern)));
      }
    }
    if (const Value* format = find(rules, "format");
        format != nullptr && *format->as_text() == "date-time" && !parse_rfc3339(text)) {
      add(fmt::format("{} is not a 'date-time'", shown(value)));
    }
  }

  void check_list(const ValueMap& rules, const Value& value, const ValueList& list) {
    if (const Value* least = find(rules, "minItems");
        least != nullptr && list.size() < static_cast<std::size_t>(*least->as_int())) {
      add(shown(value) + (*least->as_int() == 1 ? " should be non-empty" : " is too short"));
    }
    const Value* items = find(rules, "items");
    if (items == nullptr) return;
    for (std::size_t k = 0; k < list.size() && errors_.size() < kMaxSchemaErrors; ++k) {
      path_.emplace_back(static_cast<std::int64_t>(k));
      check(*items, list[k]);
      path_.pop_back();
    }
  }

  void check_map(const ValueMap& rules, const ValueMap& map) {
    if (const Value* required = find(rules, "required")) {
      for (const Value& name : *required->as_list()) {
        if (find(map, *name.as_text()) == nullptr) add(shown(name) + " is a required property");
      }
    }
    const Value* properties = find(rules, "properties");
    if (properties == nullptr) return;
    std::vector<std::string> unknown;
    for (const auto& [name, value] : map) {
      const Value* rule = find(*properties->as_map(), name);
      if (rule == nullptr) {
        unknown.push_back(shown(Value(name)));
        continue;
      }
      path_.emplace_back(name);
      check(*rule, value);
      path_.pop_back();
    }
    const Value* more = find(rules, "additionalProperties");
    if (!unknown.empty() && more != nullptr && more->as_bool() != nullptr && !*more->as_bool()) add_unknown(unknown);
  }

  void add_unknown(std::vector<std::string>& names) {
    std::ranges::sort(names);
    add(fmt::format("Additional properties are not allowed ({} {} unexpected)", listed(names, 10),
                    names.size() == 1 ? "was" : "were"));
  }

  ValueList path_;
  std::vector<SchemaError> errors_;
};

}  // namespace

std::vector<SchemaError> schema_errors(const Value& schema, const Value& value) {
  Validation validation;
  validation.check(schema, value);
  return validation.take();
}

std::string json_pointer(const ValueList& path) {
  std::string out;
  for (const Value& step : path) {
    out += '/';
    // RFC 6901: '~' and '/' of a name are escaped.
    for (const char c : text_of(step)) {
      if (c == '~') {
        out += "~0";
      } else if (c == '/') {
        out += "~1";
      } else {
        out += c;
      }
    }
  }
  return out.empty() ? "/" : out;
}

}  // namespace mimus::contract
