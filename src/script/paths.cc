#include "script/paths.h"

#include <algorithm>
#include <array>

namespace mimus::script {
namespace {

// Of maps that are reached by dots: these names win over entries (Dotable).
constexpr std::array<std::string_view, 3> kMethods{"get", "keys", "to_dict"};

std::vector<std::string_view> names_of_path(const Node& path) {
  std::vector<std::string_view> out;
  for (const Node* at = &path; at->kind == NodeKind::Attribute; at = at->children[0].get()) out.push_back(at->text);
  std::ranges::reverse(out);
  return out;
}

bool is_ordinary(std::string_view name) {
  return !name.starts_with("__") && std::ranges::find(kMethods, name) == kMethods.end();
}

// The value of a row, where the column has it as such; else nullptr.
const Value* value_in(const Column& column, std::size_t row) {
  if (column.form == Form::Dictionary) return value_in(*column.dictionary, column.indices[row]);
  if (column.type != Type::Dynamic || column.form != Form::Flat || !column.is_present(row)) return nullptr;
  return &column.values[row];
}

const Value* entry_at(const Value* value, std::span<const std::string_view> names) {
  for (const std::string_view name : names) {
    const ValueMap* map = value == nullptr ? nullptr : value->as_map();
    if (map == nullptr) return nullptr;
    value = find(*map, name);
  }
  return value;
}

// What an expression gives as it is held.
bool is_plain(const Value& value) { return value.as_opaque() == nullptr && value.as_dotable() == nullptr; }

}  // namespace

std::string_view root_of_path(const Node& node) {
  const Node* at = &node;
  while (at->kind == NodeKind::Attribute) at = at->children[0].get();
  return at != &node && at->kind == NodeKind::Name ? std::string_view(at->text) : std::string_view();
}

std::optional<std::vector<Value>> values_of_path(const Node& path, const Column& root,
                                                 std::span<const std::uint8_t> skip) {
  const std::vector<std::string_view> names = names_of_path(path);
  if (!std::ranges::all_of(names, is_ordinary)) return std::nullopt;
  std::vector<Value> out(root.size);
  for (std::size_t k = 0; k < root.size; ++k) {
    if (!skip.empty() && skip[k] != 0) continue;
    const Value* entry = entry_at(value_in(root, k), names);
    if (entry == nullptr || !is_plain(*entry)) return std::nullopt;
    out[k] = *entry;
  }
  return out;
}

}  // namespace mimus::script
