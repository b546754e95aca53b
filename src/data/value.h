// Value: one value with its type, for data that is known only at run time (JSON templates, literals in descriptors).
//
// The slow, always-correct form: the engine's rows are columns (column.h); a column of type Dynamic holds Values.
// Copies share lists and maps, which are immutable once built.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
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

// A day, without a time.
struct Date {
  std::int64_t days = 0;  // since 1970-01-01
  friend auto operator<=>(const Date&, const Date&) = default;
};

// A length of time (Python's timedelta).
struct Duration {
  std::int64_t micros = 0;
  friend auto operator<=>(const Duration&, const Duration&) = default;
};

// A time of day.
struct ClockTime {
  std::int64_t micros = 0;  // since midnight
  friend auto operator<=>(const ClockTime&, const ClockTime&) = default;
};

struct Bytes {
  std::string bytes;
  friend bool operator==(const Bytes&, const Bytes&) = default;
};

// Identifier of 128 bits (RFC 9562).
struct Uuid {
  std::array<std::uint8_t, 16> bytes{};  // the first stands first in its text
  friend auto operator<=>(const Uuid&, const Uuid&) = default;
};

// A hash of something, with the algorithm that made it.
struct Digest {
  std::string algorithm;
  std::string bytes;
};

// An object that only an interpreter knows more of. Immutable as a value: what happens inside of it is the
// interpreter's.
class Opaque {
 public:
  virtual ~Opaque() = default;
  [[nodiscard]] virtual std::string type_name() const = 0;
  // Python's str() and repr() of it.
  [[nodiscard]] virtual std::string text() const = 0;
  [[nodiscard]] virtual std::string repr() const = 0;
};

// Python's tuple and set: lists of another kind. A set's items are unique, in the order in which they were put in.
struct Tuple;
struct Set;
// A map as a name of an expression holds it: its entries are reached by a dot.
struct Dotable;

using ValueList = std::vector<Value>;
using ValueMap = std::vector<std::pair<std::string, Value>>;  // in order of insertion; names are unique

template <class T, class Variant>
inline constexpr bool kIsAlternative = false;
template <class T, class... Alternatives>
inline constexpr bool kIsAlternative<T, std::variant<Alternatives...>> = (std::is_same_v<T, Alternatives> || ...);

struct Value {
  using Data =
      std::variant<std::monostate, bool, std::int64_t, BigInteger, double, std::string, Timestamp,
                   std::shared_ptr<const ValueList>, std::shared_ptr<const ValueMap>, Date, Duration, ClockTime, Bytes,
                   std::shared_ptr<const Tuple>, std::shared_ptr<const Set>, std::shared_ptr<const Dotable>, Uuid,
                   std::shared_ptr<const Digest>, std::shared_ptr<const Opaque>>;
  Data data;

  Value() = default;  // null
  template <class T>
    requires kIsAlternative<T, Data>
  explicit Value(T value) : data(std::move(value)) {}
  [[nodiscard]] static Value list(ValueList items) {
    return Value(std::make_shared<const ValueList>(std::move(items)));
  }
  [[nodiscard]] static Value map(ValueMap entries) {
    return Value(std::make_shared<const ValueMap>(std::move(entries)));
  }

  [[nodiscard]] static Value tuple(ValueList items);
  [[nodiscard]] static Value set(ValueList items);  // already unique
  [[nodiscard]] static Value dotable(std::shared_ptr<const ValueMap> entries);

  [[nodiscard]] bool is_null() const { return std::holds_alternative<std::monostate>(data); }
  [[nodiscard]] const bool* as_bool() const { return std::get_if<bool>(&data); }
  [[nodiscard]] const std::int64_t* as_int() const { return std::get_if<std::int64_t>(&data); }
  [[nodiscard]] const BigInteger* as_big() const { return std::get_if<BigInteger>(&data); }
  [[nodiscard]] const double* as_float() const { return std::get_if<double>(&data); }
  [[nodiscard]] const std::string* as_text() const { return std::get_if<std::string>(&data); }
  [[nodiscard]] const Timestamp* as_time() const { return std::get_if<Timestamp>(&data); }
  [[nodiscard]] const Date* as_date() const { return std::get_if<Date>(&data); }
  [[nodiscard]] const Duration* as_duration() const { return std::get_if<Duration>(&data); }
  [[nodiscard]] const ClockTime* as_clock_time() const { return std::get_if<ClockTime>(&data); }
  [[nodiscard]] const Bytes* as_bytes() const { return std::get_if<Bytes>(&data); }
  [[nodiscard]] const Uuid* as_uuid() const { return std::get_if<Uuid>(&data); }
  [[nodiscard]] const Digest* as_digest() const {
    const auto* held = std::get_if<std::shared_ptr<const Digest>>(&data);
    return held == nullptr ? nullptr : held->get();
  }
  [[nodiscard]] const Opaque* as_opaque() const {
    const auto* held = std::get_if<std::shared_ptr<const Opaque>>(&data);
    return held == nullptr ? nullptr : held->get();
  }
  [[nodiscard]] const ValueList* as_tuple() const;
  [[nodiscard]] const ValueList* as_set() const;
  [[nodiscard]] const std::shared_ptr<const ValueMap>* as_dotable() const;
  [[nodiscard]] const ValueList* as_list() const {
    const auto* held = std::get_if<std::shared_ptr<const ValueList>>(&data);
    return held == nullptr ? nullptr : held->get();
  }
  [[nodiscard]] const ValueMap* as_map() const {
    const auto* held = std::get_if<std::shared_ptr<const ValueMap>>(&data);
    return held == nullptr ? nullptr : held->get();
  }
};

struct Tuple {
  ValueList items;
};
struct Set {
  ValueList items;
};
struct Dotable {
  std::shared_ptr<const ValueMap> entries;
};

// The entry of that name, or nullptr.
[[nodiscard]] const Value* find(const ValueMap& map, std::string_view name);

// "null", "bool", "int", "float", "string", "datetime", "list", "dict" and so on: for messages.
[[nodiscard]] std::string_view kind_name(const Value& value);

// Python's str() and repr() of the value.
[[nodiscard]] std::string text_of(const Value& value);
void append_repr(std::string& out, const Value& value);

}  // namespace mimus
