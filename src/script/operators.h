// Python's operators on single values. Pure, thread-safe.
#pragma once

#include <string>

#include "base/result.h"
#include "data/value.h"
#include "script/ast.h"

namespace mimus::script {

// What type(value).__name__ gives.
[[nodiscard]] std::string_view type_name_of(const Value& value);

[[nodiscard]] bool is_true(const Value& value);
[[nodiscard]] bool is_equal(const Value& a, const Value& b);
// -1, 0, 1; 2 when a float that is no number takes part. Fails with script.type for values without an order.
[[nodiscard]] Result<int> order_of(const Value& a, const Value& b, Operator op);
[[nodiscard]] Result<bool> compare(Operator op, const Value& a, const Value& b);

[[nodiscard]] Result<Value> binary(Operator op, const Value& a, const Value& b);
[[nodiscard]] Result<Value> unary(Operator op, const Value& value);

// container[key]; a text, list or tuple by index, a map by key.
[[nodiscard]] Result<Value> item_at(const Value& container, const Value& key);
// container[start:stop:step]; null for a bound that is not given.
[[nodiscard]] Result<Value> slice_of(const Value& container, const Value& start, const Value& stop, const Value& step);

// The values that a loop over it gives. Fails with script.type.
[[nodiscard]] Result<ValueList> items_of(const Value& iterable);
// Fails with script.type for a value that has no hash, or that holds one.
[[nodiscard]] Status check_hashable(const Value& value);
// The items without their doubles, as a set holds them. Fails with script.type for values that have no hash.
[[nodiscard]] Result<Value> set_of(ValueList items);

// value.name of a map, or of a date and the like. Fails with script.attribute.
[[nodiscard]] Result<Value> attribute_of(const Value& value, const std::string& name);

// A map behind a dot becomes a Dotable, and back.
[[nodiscard]] Value dotted(const Value& value);
[[nodiscard]] Value undotted(const Value& value);

}  // namespace mimus::script
