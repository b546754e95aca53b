#include "script/draw_columns.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "script/evaluate.h"
#include "script/operators.h"
#include "script/random_functions.h"

namespace mimus::script {
namespace {

class NoNames final : public Names {
 public:
  [[nodiscard]] std::optional<Value> find(std::string_view) const override { return std::nullopt; }
};

bool is_constant(const Node& node) {
  if (node.kind == NodeKind::Literal) return true;
  if (node.kind != NodeKind::Unary && node.kind != NodeKind::List && node.kind != NodeKind::Tuple) return false;
  return std::ranges::all_of(node.children, [](const NodePtr& child) { return child && is_constant(*child); });
}

std::optional<CallArguments> constant_arguments(const Node& call) {
  CallArguments out;
  for (std::size_t i = 1; i < call.children.size(); ++i) {
    if (!is_constant(*call.children[i])) return std::nullopt;
    auto value = evaluate(*call.children[i], {.names = NoNames(), .now = {}});
    if (!value) return std::nullopt;
    out.positional.push_back(std::move(*value));
  }
  return out;
}

std::vector<std::uint64_t> first_draws(const Rows& rows, const Stream& stream) {
  std::vector<std::uint64_t> out(rows.count);
  stream.fill(rows, 0, out.data());
  return out;
}

Column whole_numbers(const WholeDraw& draw, const Rows& rows, const Stream& stream) {
  Column out;
  out.reset(Type::Int64, rows.count);
  std::int64_t* const ints = out.make_ints();
  const auto draws = first_draws(rows, stream);
  for (std::size_t k = 0; k < rows.count; ++k) ints[k] = draw.at(draws[k]);
  return out;
}

Column fractions(double least, double most, const Rows& rows, const Stream& stream) {
  Column out;
  out.reset(Type::Float64, rows.count);
  double* const floats = out.make_floats();
  const auto draws = first_draws(rows, stream);
  for (std::size_t k = 0; k < rows.count; ++k) floats[k] = least + (most - least) * unit(draws[k]);
  return out;
}

// One of several values of one simple type.
std::optional<Column> picks(const Value& from, const Rows& rows, const Stream& stream) {
  const auto items = items_of(from);
  if (!items || items->empty() || items->size() > UINT32_MAX) return std::nullopt;
  auto values = column_of(*items);
  const bool is_simple = values->type == Type::Bool || values->type == Type::Int64 || values->type == Type::Float64 ||
                         values->type == Type::String;
  if (!is_simple || !values->valid.empty()) return std::nullopt;
  Column out;
  out.reset(values->type, rows.count);
  std::uint32_t* const indices = out.make_indices(std::move(values));
  const auto draws = first_draws(rows, stream);
  for (std::size_t k = 0; k < rows.count; ++k) {
    indices[k] = static_cast<std::uint32_t>(bounded(draws[k], items->size()));
  }
  return out;
}

std::optional<double> real_of(const Value& value) {
  if (const auto* real = value.as_float()) return *real;
  if (const auto* whole = value.as_int()) return static_cast<double>(*whole);
  return std::nullopt;
}

}  // namespace

std::optional<Column> draw_columns(const Node& node, const ColumnNames& names, const Rows& rows, const Stream& stream) {
  if (node.kind != NodeKind::Call || node.children[0]->kind != NodeKind::Attribute) return std::nullopt;
  const Node& callee = *node.children[0];
  const Node& module = *callee.children[0];
  if (module.kind != NodeKind::Name || module.text != "random" || names.is_data_name("random")) return std::nullopt;
  const auto arguments = constant_arguments(node);
  if (!arguments) return std::nullopt;
  const ValueList& given = arguments->positional;
  if (const auto draw = whole_draw("random." + callee.text, *arguments)) return whole_numbers(*draw, rows, stream);
  if (callee.text == "random" && given.empty()) return fractions(0, 1, rows, stream);
  if (callee.text == "choice" && given.size() == 1) return picks(given[0], rows, stream);
  if (callee.text != "uniform" || given.size() != 2) return std::nullopt;
  const auto least = real_of(given[0]);
  const auto most = real_of(given[1]);
  return least && most ? std::optional(fractions(*least, *most, rows, stream)) : std::nullopt;
}

}  // namespace mimus::script
