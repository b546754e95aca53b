// Converters of records and lists: they get each one as a value, and what they give takes its place.
#include <utility>

#include "run/evaluate.h"

namespace mimus {
namespace {

Column dynamic_column(ValueList values) {
  Column out;
  out.reset(Type::Dynamic, values.size());
  out.values = std::move(values);
  return out;
}

}  // namespace

std::optional<RowFailure> Evaluation::run_step(const ConvertPlan& convert, LevelRows& rows) {
  Column& field = column(convert.place);
  ValueList values;
  std::vector<std::uint32_t> parents, ordinals;
  std::vector<std::uint64_t> roots;
  std::vector<std::size_t> ends(rows.rows.count, 0);
  const auto add = [&](std::size_t row, Value value) {
    ordinals.push_back(static_cast<std::uint32_t>(values.size()));
    roots.push_back(rows.rows[row].root);
    parents.push_back(static_cast<std::uint32_t>(row));
    values.push_back(std::move(value));
  };
  std::vector<Value> wholes(rows.rows.count);
  for (std::size_t k = 0; k < rows.rows.count; ++k) {
    if (field.is_present(k)) {
      wholes[k] = value_at(field, k);
      const ValueList* items = convert.each ? wholes[k].as_list() : nullptr;
      if (items == nullptr) add(k, wholes[k]);
      for (std::size_t i = 0; items != nullptr && i < items->size(); ++i) add(k, (*items)[i]);
    }
    ends[k] = values.size();
  }
  // The same for any batch: elements are numbered within their root record.
  for (std::size_t i = 0; i < roots.size(); ++i) {
    ordinals[i] = i > 0 && roots[i] == roots[i - 1] ? ordinals[i - 1] + 1 : 0;
  }
  const Rows own{.count = values.size(), .roots = roots.data(), .ordinals = ordinals.data()};
  Column converted = dynamic_column(std::move(values));
  auto failure = convert_column(convert.conversion, own, converted);
  if (failure) {
    failure->row = parents[failure->row];
    return failure;
  }
  std::vector<std::uint8_t> present = std::move(field.present);
  for (std::size_t k = 0, i = 0; k < rows.rows.count; ++k) {
    const bool is_list = convert.each && wholes[k].as_list() != nullptr;
    ValueList items;
    for (; i < ends[k]; ++i) {
      Value item = value_at(converted, i);
      if (is_list) {
        items.push_back(std::move(item));
      } else {
        wholes[k] = std::move(item);
      }
    }
    if (is_list) wholes[k] = Value::list(std::move(items));
  }
  field = dynamic_column(std::move(wholes));
  field.present = std::move(present);
  return std::nullopt;
}

std::optional<RowFailure> Evaluation::run_step(const ConvertRecordsPlan& convert, LevelRows& rows) {
  const std::size_t count = rows.rows.count;
  ValueList records(count);
  for (std::size_t k = 0; k < count; ++k) records[k] = map_at(*shapes_[convert.from], k);
  Column converted = dynamic_column(std::move(records));
  auto failure = convert_column(convert.conversion, rows.rows, converted);
  Column& base = shapes_[convert.to]->base;
  base.reset(Type::Dynamic, count);
  base.values.assign(count, Value::map({}));
  for (std::size_t k = 0; k < count && !failure; ++k) {
    base.values[k] = value_at(converted, k);
    if (base.values[k].as_map() != nullptr) continue;
    failure = RowFailure{
        k,
        {.code = "converter.record",
         .message = convert.conversion.label + ": a converter must give a record, but gives a value of type " +
                    std::string(kind_name(base.values[k])),
         .where = convert.conversion.steps.back().at}};
  }
  return failure;
}

}  // namespace mimus
