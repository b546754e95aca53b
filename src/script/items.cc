// Access to the parts of values: items, slices, attributes, iteration.
#include <algorithm>
#include <limits>

#include "base/text.h"
#include "script/errors.h"
#include "script/function.h"
#include "script/operators.h"
#include "script/other_attributes.h"

namespace mimus::script {
namespace {

const ValueList* sequence_of(const Value& value) {
  return value.as_list() != nullptr ? value.as_list() : value.as_tuple();
}

std::optional<std::int64_t> index_of(const Value& value) {
  if (const auto* integer = value.as_int()) return *integer;
  if (const bool* truth = value.as_bool()) return *truth ? 1 : 0;
  return std::nullopt;
}

// The code points of a text as texts.
ValueList characters_of(std::string_view text) {
  ValueList out;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t start = i;
    (void)next_code_point(text, i);
    out.emplace_back(std::string(text.substr(start, i - start)));
  }
  return out;
}

ValueList numbers_of(const Bytes& bytes) {
  ValueList out;
  for (const char c : bytes.bytes) out.emplace_back(static_cast<std::int64_t>(static_cast<unsigned char>(c)));
  return out;
}

struct Range {
  std::int64_t start, step;
  std::size_t count;
};

// The indices that a slice takes from a sequence of that size (Python's slice.indices).
Result<Range> range_of(std::size_t size, const Value& start, const Value& stop, const Value& step) {
  const auto bound = [](const Value& value) -> Result<std::optional<std::int64_t>> {
    if (value.is_null()) return std::optional<std::int64_t>();
    if (const auto* big = value.as_big()) {
      const bool negative = big->digits.starts_with('-');
      return std::optional(negative ? std::numeric_limits<std::int64_t>::min()
                                    : std::numeric_limits<std::int64_t>::max());
    }
    const auto index = index_of(value);
    if (!index) return type_error("slice indices must be whole numbers or None");
    return index;
  };
  MIMUS_ASSIGN(const auto from, bound(start));
  MIMUS_ASSIGN(const auto to, bound(stop));
  MIMUS_ASSIGN(const auto by, bound(step));
  const std::int64_t stride = by.value_or(1);
  if (stride == 0) return value_error("slice step cannot be zero");
  const auto length = static_cast<std::int64_t>(size);
  const std::int64_t least = stride < 0 ? -1 : 0;
  const std::int64_t most = stride < 0 ? length - 1 : length;
  const auto clamped = [&](std::int64_t index) {
    if (index < 0) index = index < -length ? least : index + length;
    return std::clamp(index, least, most);
  };
  const std::int64_t first = from ? clamped(*from) : (stride < 0 ? most : least);
  const std::int64_t last = to ? clamped(*to) : (stride < 0 ? least : most);
  std::size_t count = 0;
  if (stride > 0 && first < last) count = static_cast<std::size_t>((last - first - 1) / stride + 1);
  if (stride < 0 && first > last)
    count = static_cast<std::size_t>((first - last - 1) / -(stride + 1 == 0 ? -1 : stride) + 1);
  return Range{first, stride, count};
}

Result<Value> item_of_map(const ValueMap& map, const Value& key) {
  MIMUS_TRY(check_hashable(key));
  const Value* found = key.as_text() == nullptr ? nullptr : find(map, *key.as_text());
  if (found == nullptr) {
    std::string shown;
    append_repr(shown, key);
    return key_error(shown);
  }
  return *found;
}

Result<Value> date_attribute(const Value& value, const std::string& name) {
  const bool has_date = value.as_time() != nullptr || value.as_date() != nullptr;
  const bool has_time = value.as_time() != nullptr || value.as_clock_time() != nullptr;
  Timestamp time{};
  if (const auto* stamp = value.as_time()) time = *stamp;
  if (const auto* date = value.as_date()) time = {date->days * kMicrosPerDay};
  if (const auto* clock = value.as_clock_time()) time = {clock->micros};
  const Civil civil = civil_from(time);
  const auto whole = [](int number) { return Value(std::int64_t{number}); };
  if (has_date && name == "year") return whole(civil.year);
  if (has_date && name == "month") return whole(civil.month);
  if (has_date && name == "day") return whole(civil.day);
  if (has_time && name == "hour") return whole(civil.hour);
  if (has_time && name == "minute") return whole(civil.minute);
  if (has_time && name == "second") return whole(civil.second);
  if (has_time && name == "microsecond") return whole(civil.micro);
  if (has_time && name == "tzinfo") return Value();
  return unknown_attribute(type_name_of(value), name);
}

Result<Value> duration_attribute(Duration duration, const std::string& name) {
  std::int64_t days = duration.micros / kMicrosPerDay;
  std::int64_t rest = duration.micros % kMicrosPerDay;
  if (rest < 0) {
    rest += kMicrosPerDay;
    --days;
  }
  if (name == "days") return Value(days);
  if (name == "seconds") return Value(rest / kMicrosPerSecond);
  if (name == "microseconds") return Value(rest % kMicrosPerSecond);
  return unknown_attribute("timedelta", name);
}

}  // namespace

Result<Value> item_at(const Value& container, const Value& key) {
  if (const auto* map = container.as_map()) return item_of_map(*map, key);
  if (container.as_dotable() != nullptr) return type_error("a named dict is reached by a dot or get(), not by [ ]");
  if (const auto* bytes = container.as_bytes()) return item_at(Value::list(numbers_of(*bytes)), key);
  const auto* text = container.as_text();
  const ValueList* items = sequence_of(container);
  if (text == nullptr && items == nullptr)
    return type_error("'" + std::string(type_name_of(container)) + "' has no items");
  if (key.as_big() != nullptr) return index_error("an index beyond every sequence");
  const auto index = index_of(key);
  if (!index) return type_error("indices must be whole numbers, not " + std::string(type_name_of(key)));
  const std::size_t size = text != nullptr ? code_points(*text) : items->size();
  const std::int64_t at = *index < 0 ? *index + static_cast<std::int64_t>(size) : *index;
  if (at < 0 || at >= static_cast<std::int64_t>(size))
    return index_error("index " + std::to_string(*index) + " is out of range: there are " + std::to_string(size));
  if (items != nullptr) return (*items)[static_cast<std::size_t>(at)];
  std::size_t i = 0;
  for (std::int64_t k = 0; k < at; ++k) (void)next_code_point(*text, i);
  const std::size_t start = i;
  (void)next_code_point(*text, i);
  return Value(text->substr(start, i - start));
}

Result<Value> slice_of(const Value& container, const Value& start, const Value& stop, const Value& step) {
  const auto* text = container.as_text();
  const ValueList* sequence = sequence_of(container);
  if (const auto* bytes = container.as_bytes()) {
    MIMUS_ASSIGN(const Value part, slice_of(Value::list(numbers_of(*bytes)), start, stop, step));
    Bytes out;
    for (const Value& number : *part.as_list()) out.bytes += static_cast<char>(*number.as_int());
    return Value(std::move(out));
  }
  if (text == nullptr && sequence == nullptr)
    return type_error("'" + std::string(type_name_of(container)) + "' cannot be sliced");
  const ValueList items = text != nullptr ? characters_of(*text) : *sequence;
  MIMUS_ASSIGN(const Range range, range_of(items.size(), start, stop, step));
  std::string joined;
  ValueList out;
  std::int64_t at = range.start;
  for (std::size_t k = 0; k < range.count; ++k, at += range.step) {
    const Value& item = items[static_cast<std::size_t>(at)];
    if (text != nullptr) {
      joined += *item.as_text();
    } else {
      out.push_back(item);
    }
  }
  if (text != nullptr) return Value(std::move(joined));
  return container.as_list() != nullptr ? Value::list(std::move(out)) : Value::tuple(std::move(out));
}

Result<ValueList> items_of(const Value& iterable) {
  if (const ValueList* items = sequence_of(iterable)) return *items;
  if (const ValueList* set = iterable.as_set()) return *set;
  if (const auto* text = iterable.as_text()) return characters_of(*text);
  if (const auto* map = iterable.as_map()) {
    ValueList out;
    for (const auto& [name, value] : *map) out.emplace_back(name);
    return out;
  }
  if (const auto* bytes = iterable.as_bytes()) return numbers_of(*bytes);
  return type_error("'" + std::string(type_name_of(iterable)) + "' cannot be iterated");
}

Status check_hashable(const Value& value) {
  if (value.as_list() != nullptr || value.as_map() != nullptr || value.as_set() != nullptr) {
    return type_error("unhashable type: " + std::string(type_name_of(value)));
  }
  if (const ValueList* items = value.as_tuple()) {
    for (const Value& item : *items) MIMUS_TRY(check_hashable(item));
  }
  return {};
}

Result<Value> set_of(ValueList items) {
  ValueList out;
  for (Value& item : items) {
    MIMUS_TRY(check_hashable(item));
    const bool known = std::ranges::any_of(out, [&](const Value& other) { return is_equal(item, other); });
    if (!known) out.push_back(std::move(item));
  }
  return Value::set(std::move(out));
}

Result<Value> attribute_of(const Value& value, const std::string& name) {
  if (const auto* dotable = value.as_dotable()) {
    const Value* found = find(**dotable, name);
    if (found == nullptr) return attribute_error("there is no '" + name + "'");
    return dotted(*found);
  }
  if (value.as_time() != nullptr || value.as_date() != nullptr || value.as_clock_time() != nullptr)
    return date_attribute(value, name);
  if (const auto* duration = value.as_duration()) return duration_attribute(*duration, name);
  if (const auto* uuid = value.as_uuid()) return attribute_of(*uuid, name);
  if (const auto* digest = value.as_digest()) {
    if (name == "name") return Value(digest->algorithm);
    if (name == "digest_size") return Value(static_cast<std::int64_t>(digest->bytes.size()));
  }
  return unknown_attribute(type_name_of(value), name);
}

// A map, and the maps that are the items of a list, become dotable; maps deeper down when they are reached.
Value dotted(const Value& value) {
  if (const auto* map = std::get_if<std::shared_ptr<const ValueMap>>(&value.data)) return Value::dotable(*map);
  const ValueList* items = value.as_list();
  if (items == nullptr || std::ranges::none_of(*items, [](const Value& item) { return item.as_map() != nullptr; }))
    return value;
  ValueList out;
  for (const Value& item : *items) {
    const auto* map = std::get_if<std::shared_ptr<const ValueMap>>(&item.data);
    out.push_back(map != nullptr ? Value::dotable(*map) : item);
  }
  return Value::list(std::move(out));
}

Value undotted(const Value& value) {
  if (const auto* dotable = value.as_dotable()) return Value(*dotable);
  const auto needs_work = [](const Value& item) {
    return item.as_dotable() != nullptr || item.as_list() != nullptr || item.as_tuple() != nullptr ||
           item.as_map() != nullptr;
  };
  if (const ValueList* items = sequence_of(value)) {
    if (std::ranges::none_of(*items, needs_work)) return value;
    ValueList out;
    for (const Value& item : *items) out.push_back(undotted(item));
    return value.as_list() != nullptr ? Value::list(std::move(out)) : Value::tuple(std::move(out));
  }
  if (const auto* map = value.as_map()) {
    if (std::ranges::none_of(*map, needs_work, &ValueMap::value_type::second)) return value;
    ValueMap out;
    for (const auto& [name, entry] : *map) out.emplace_back(name, undotted(entry));
    return Value::map(std::move(out));
  }
  return value;
}

}  // namespace mimus::script
