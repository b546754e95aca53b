// Value: one value with its type, for data that is known only at run time (JSON templates, literals in descriptors).
//
// The slow, always-correct form: the engine's rows are columns (column.h); a column of type Dynamic holds Values.
// Copies share lists and maps, which are immutable once built.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/time.h"

namespace mimus {

struct Value;

// An integer beyond 64 bits: its decimal digits, with a sign when negative.
struct BigInteger {
  std::string digits;
  friend bool operator==(const BigInteger&, const BigInteger&) = default;
};

using ValueList = std::vector<Value>;
using ValueMap = std::vector<std::pair<std::string, Value>>;  // in order of insertion; names are unique

struct Value {
  using Data = std::variant<std::monostate, bool, std::int64_t, BigInteger, double, std::string, Timestamp,
                            std::shared_ptr<const ValueList>, std::shared_ptr<const ValueMap>>;
  Data data;

  Value() = default;  // null
  template <class T>
  explicit Value(T value) : data(std::move(value)) {}
  [[nodiscard]] static Value list(ValueList items) {
    return Value(std::make_shared<const ValueList>(std::move(items)));
  }
  [[nodiscard]] static Value map(ValueMap entries) {
    return Value(std::make_shared<const ValueMap>(std::move(entries)));
  }

  [[nodiscard]] bool is_null() const { return std::holds_alternative<std::monostate>(data); }
  [[nodiscard]] const bool* as_bool() const { return std::get_if<bool>(&data); }
  [[nodiscard]] const std::int64_t* as_int() const { return std::get_if<std::int64_t>(&data); }
  [[nodiscard]] const BigInteger* as_big() const { return std::get_if<BigInteger>(&data); }
  [[nodiscard]] const double* as_float() const { return std::get_if<double>(&data); }
  [[nodiscard]] const std::string* as_text() const { return std::get_if<std::string>(&data); }
  [[nodiscard]] const Timestamp* as_time() const { return std::get_if<Timestamp>(&data); }
  [[nodiscard]] const ValueList* as_list() const {
    const auto* held = std::get_if<std::shared_ptr<const ValueList>>(&data);
    return held == nullptr ? nullptr : held->get();
  }
  [[nodiscard]] const ValueMap* as_map() const {
    const auto* held = std::get_if<std::shared_ptr<const ValueMap>>(&data);
    return held == nullptr ? nullptr : held->get();
  }
};

// The entry of that name, or nullptr.
[[nodiscard]] const Value* find(const ValueMap& map, std::string_view name);

// "null", "bool", "int", "float", "string", "datetime", "list", "dict": for messages.
[[nodiscard]] std::string_view kind_name(const Value& value);

// Python's str() and repr() of the value.
[[nodiscard]] std::string text_of(const Value& value);
void append_repr(std::string& out, const Value& value);

}  // namespace mimus
