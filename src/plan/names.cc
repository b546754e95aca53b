#include "plan/names.h"

#include <algorithm>

#include "base/text.h"
#include "plan/cast.h"

namespace mimus {
namespace {

std::vector<std::string> keys_of(std::string_view text) {
  std::vector<std::string> out;
  for (const std::string_view key : split(text, '.')) out.emplace_back(key);
  return out;
}

std::vector<std::string> tail(const std::vector<std::string>& keys, std::size_t first) {
  return {keys.begin() + static_cast<std::ptrdiff_t>(std::min(first, keys.size())), keys.end()};
}

// A field or variable of one level; keys[at] is its name.
std::optional<NameRef> find_in_level(const OpenLevel& level, const std::vector<std::string>& keys, std::size_t at,
                                     const std::vector<ShapePlan>& shapes) {
  if (at >= keys.size()) return std::nullopt;
  const ShapePlan& shape = shapes[level.shape];
  NameRef out;
  out.level = level.number;
  out.path = tail(keys, at + 1);
  if (const auto field = std::ranges::find(shape.fields, keys[at]); field != shape.fields.end()) {
    out.kind = NameRef::Kind::Field;
    out.field = {level.shape, static_cast<std::size_t>(field - shape.fields.begin())};
    return out;
  }
  if (const auto variable = level.variables.find(keys[at]); variable != level.variables.end()) {
    out.kind = NameRef::Kind::Variable;
    out.variable = variable->second;
    return out;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Value> find_setup_name(std::string_view name, const SetupScope& scope) {
  if (const auto known = scope.shared.variables.find(name); known != scope.shared.variables.end()) return known->second;
  for (const auto& [key, value] : scope.setup.properties) {
    if (key == name) return Value(value);
  }
  return std::nullopt;
}

std::optional<Value> value_at_path(const Value& value, const std::vector<std::string>& keys) {
  Value current = value;
  for (const std::string& key : keys) {
    const ValueMap* map = current.as_map();
    const Value* entry = map == nullptr ? nullptr : find(*map, key);
    if (entry == nullptr) return std::nullopt;
    Value next = *entry;
    current = std::move(next);
  }
  return current;
}

Result<NameRef> find_name(std::string_view text, const std::vector<OpenLevel>& levels,
                          const std::vector<ShapePlan>& shapes, const SetupScope& scope) {
  const std::vector<std::string> keys = keys_of(text);
  // How far the path follows the names of the nested levels that are open.
  std::size_t depth = 0;
  while (depth + 1 < levels.size() && depth < keys.size() && levels[depth + 1].name == keys[depth]) ++depth;
  for (std::size_t d = depth + 1; d-- > 0;) {
    if (d >= levels.size() || (d < depth && d > 0)) continue;
    if (auto found = find_in_level(levels[d], keys, d, shapes)) {
      found->text = text;
      return *found;
    }
  }
  NameRef out;
  out.text = text;
  if (const auto known = find_setup_name(keys[0], scope)) {
    if (auto value = value_at_path(*known, tail(keys, 1))) {
      out.value = std::move(*value);
      return out;
    }
  }
  return fail("name.unknown", "unknown name '" + std::string(text) + "'",
              "a field or variable before this place, a variable of the setup, a parameter or a property");
}

Result<std::uint64_t> count_of(const Value& value, std::string_view name) {
  const auto number = cast_value(value, SimpleType::Int, "'" + std::string(name) + "'");
  const std::int64_t* whole = number ? number->as_int() : nullptr;
  if (whole == nullptr) {
    std::string shown;
    append_repr(shown, value);
    return fail("count.invalid", "'" + std::string(name) + "' gives no count, but " + shown.substr(0, 80));
  }
  return *whole < 0 ? 0 : static_cast<std::uint64_t>(*whole);
}

}  // namespace mimus
