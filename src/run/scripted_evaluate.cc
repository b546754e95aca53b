// Statements that expressions govern, for a batch.
#include <algorithm>
#include <deque>

#include "data/gather.h"
#include "data/merge.h"
#include "generator/faker_call.h"
#include "plan/value.h"
#include "run/expressions.h"
#include "script/draw_columns.h"
#include "script/errors.h"
#include "script/evaluate.h"
#include "script/kernel.h"
#include "script/operators.h"
#include "script/paths.h"

namespace mimus {
namespace {

// The text of an object may be another in each run.
bool has_object(const Value& value) {
  if (value.as_opaque() != nullptr) return true;
  if (const auto* map = value.as_map())
    return std::ranges::any_of(*map, [](const auto& entry) { return has_object(entry.second); });
  const auto* items = value.as_list();
  return items != nullptr && std::ranges::any_of(*items, has_object);
}

}  // namespace

std::optional<Value> Evaluation::value_of(const NameLink& link, const LevelRows& rows, std::size_t row) const {
  if (link.kind == NameLink::Kind::Value) return link.value;
  const LevelRows* level = &rows;
  std::size_t level_row = row;
  while (level->number != link.level && level->parent != nullptr) {
    if (level->parents != nullptr) level_row = level->parents[level_row];
    level = level->parent;
  }
  if (link.kind == NameLink::Kind::Record) return record_of(link, rows, row, level_row);
  const Column& column = link.kind == NameLink::Kind::Field ? shapes_[link.field.shape]->fields[link.field.field].column
                                                            : variables_[link.variable];
  if (level_row >= column.size || !column.is_present(level_row)) return std::nullopt;
  return value_at(column, level_row);
}

// The variables and fields so far of a nested record under way.
std::optional<Value> Evaluation::record_of(const NameLink& link, const LevelRows& rows, std::size_t row,
                                           std::size_t level_row) const {
  ValueMap out;
  const auto put = [&](const std::string& name, Value value) {
    const auto known = std::ranges::find(out, name, &ValueMap::value_type::first);
    if (known == out.end()) {
      out.emplace_back(name, std::move(value));
    } else {
      known->second = std::move(value);
    }
  };
  for (const auto& [name, variable] : link.variables) {
    const Column& column = variables_[variable];
    if (level_row < column.size) put(name, value_at(column, level_row));
  }
  const Value fields = map_at(*shapes_[link.field.shape], level_row, link.inner_name);
  for (const auto& [name, value] : *fields.as_map()) put(name, value);
  for (const NameLink& inner : link.inner) {
    if (auto value = value_of(inner, rows, row)) put(link.inner_name, std::move(*value));
  }
  return Value::map(std::move(out));
}

Result<Value> Evaluation::evaluate_row(const ExpressionPlan& expression, const LevelRows& rows, std::size_t row,
                                       const Stream* stream) const {
  auto value = try_row(expression, rows, row, stream);
  if (!value) explain(value.error(), expression, rows, row);
  return value;
}

void Evaluation::explain(Diagnostic& finding, const ExpressionPlan& expression, const LevelRows& rows,
                         std::size_t row) const {
  constexpr std::size_t kNames = 6;
  constexpr std::size_t kShown = 60;
  std::string text = "in record " + std::to_string(rows.rows[row].root + 1);
  if (rows.parents != nullptr) {
    text += ", element " + std::to_string(rows.rows.position(row) + 1) + " of its list";
  }
  std::string values;
  std::size_t shown = 0;
  for (const NameBinding& name : expression.names) {
    const auto value = RowNames(*this, expression, rows, row).find(name.name);
    if (!value || has_object(*value) || ++shown > kNames) continue;
    std::string repr;
    append_repr(repr, *value);
    if (repr.size() > kShown) {
      std::size_t end = kShown;
      while (end > 0 && (static_cast<unsigned char>(repr[end]) & 0xC0U) == 0x80U) --end;
      repr = repr.substr(0, end) + "…";
    }
    values += (values.empty() ? ": " : ", ") + name.name + " = " + repr;
  }
  text += values;
  finding.hint = finding.hint.empty() ? std::move(text) : text + "; " + finding.hint;
}

Result<Value> Evaluation::try_natively(const ExpressionPlan& expression, const LevelRows& rows, std::size_t row,
                                       const Stream& stream) const {
  const RowNames names(*this, expression, rows, row);
  return script::evaluate(
      *expression.tree,
      {.names = names, .now = expression.now, .stream = stream, .row = rows.rows[row], .fake = call_faker});
}

Result<Value> Evaluation::try_row(const ExpressionPlan& expression, const LevelRows& rows, std::size_t row,
                                  const Stream* stream) const {
  const Stream& draws = stream == nullptr ? expression.stream : *stream;
  if (expression.python_only) return evaluate_row_in_python(expression, rows, row, draws);
  auto value = try_natively(expression, rows, row, draws);
  if (value) return value;
  if (value.error().code == script::kNotCovered) return evaluate_row_in_python(expression, rows, row, draws);
  return fail(located(std::move(value).error(), expression));
}

std::optional<RowFailure> Evaluation::evaluate_expression(const ExpressionPlan& expression,
                                                          const ExpressionPlan* fallback, const LevelRows& rows,
                                                          Column& out) const {
  if (expression.python_only) return evaluate_in_python(expression, fallback, rows, out);
  const RowColumns columns(*this, expression, rows);
  if (auto column = script::evaluate_columns(*expression.tree, columns)) {
    out = std::move(*column);
    return std::nullopt;
  }
  if (auto drawn = script::draw_columns(*expression.tree, columns, rows.rows, expression.stream)) {
    out = std::move(*drawn);
    return std::nullopt;
  }
  if (const Column* root = columns.find_name(script::root_of_path(*expression.tree))) {
    if (const auto entries = script::values_of_path(*expression.tree, *root, rows.over)) {
      set_values(out, *entries);
      return std::nullopt;
    }
  }
  std::vector<Value> values(rows.rows.count);
  Failure failure;
  for (std::size_t k = 0; k < values.size() && !failure; ++k) {
    if (!rows.over.empty() && rows.over[k] != 0) continue;
    auto value = try_natively(expression, rows, k, expression.stream);
    // Nothing has happened yet that could not happen once more: the interpreter takes all of the rows.
    if (!value && value.error().code == script::kNotCovered) return evaluate_in_python(expression, fallback, rows, out);
    if (!value) value = fail(located(std::move(value).error(), expression));
    if (!value && fallback == nullptr) explain(value.error(), expression, rows, k);
    if (!value && fallback != nullptr) value = evaluate_row(*fallback, rows, k);
    if (value) {
      values[k] = std::move(*value);
    } else {
      failure = RowFailure{k, std::move(value).error()};
    }
  }
  set_values(out, values);
  return failure;
}

std::optional<RowFailure> Evaluation::Expressions::evaluate(const ExpressionPlan& expression,
                                                            const ExpressionPlan* fallback, Column& out) const {
  return evaluation_.evaluate_expression(expression, fallback, rows_, out);
}

std::optional<RowFailure> Evaluation::Expressions::evaluate(const TextPlan& text, Column& out) const {
  std::vector<Value> values(rows_.rows.count);
  Failure failure;
  for (std::size_t k = 0; k < values.size() && !failure; ++k) {
    if (!rows_.over.empty() && rows_.over[k] != 0) continue;
    auto joined = joined_text(
        text, [&](const ExpressionPlan& expression) { return evaluation_.evaluate_row(expression, rows_, k); });
    if (joined) {
      values[k] = Value(std::move(*joined));
    } else {
      failure = RowFailure{k, std::move(joined).error()};
    }
  }
  set_values(out, values);
  return failure;
}

std::optional<RowFailure> Evaluation::run_step(const EchoPlan& echo, LevelRows& rows) {
  Column ignored;
  return Expressions(*this, rows).evaluate(echo.text, ignored);
}

std::optional<RowFailure> Evaluation::run_step(const ArrayPlan& array, LevelRows& rows) {
  Column& out = column(array.place);
  const std::size_t count = rows.rows.count;
  std::vector<Value> values(count);
  Failure failure;
  for (std::size_t k = 0; k < count && !failure; ++k) {
    if (!array.script) {
      ValueList items;
      for (std::uint64_t i = 0; i < array.count; ++i) {
        const std::uint64_t root = rows.rows[k].root;
        const std::uint32_t ordinal = static_cast<std::uint32_t>(rows.rows[k].ordinal * array.count + i);
        Column one;
        array.generator->generate({.count = 1, .roots = &root, .ordinals = &ordinal}, array.stream, one);
        items.push_back(value_at(one, 0));
      }
      values[k] = Value::list(std::move(items));
      continue;
    }
    auto value = evaluate_row(*array.script, rows, k);
    if (!value) {
      failure = RowFailure{k, std::move(value).error()};
      continue;
    }
    const ValueList* items = value->as_list();
    const auto is_simple = [](const Value& item) {
      return item.as_text() != nullptr || item.as_int() != nullptr || item.as_bool() != nullptr ||
             item.as_float() != nullptr || item.as_big() != nullptr;
    };
    const auto same = [&](const Value& item) {
      const auto kind = [](const Value& v) { return v.as_text() != nullptr ? 0 : v.as_float() != nullptr ? 1 : 2; };
      return is_simple(item) && kind(item) == kind(items->front());
    };
    if (items == nullptr || !std::ranges::all_of(*items, same)) {
      failure = RowFailure{
          k,
          {.code = "array.type",
           .message = array.label + ": the script must give a list of texts, of numbers or of truths, all of one type",
           .where = array.script->at}};
    }
    values[k] = std::move(*value);
  }
  out.reset(Type::Dynamic, count);
  out.values = std::move(values);
  mask_bound(rows, out);
  return failure;
}

std::optional<RowFailure> Evaluation::run_step(const ItemsPlan& items, LevelRows& rows) {
  const std::size_t count = rows.rows.count;
  std::vector<ValueList> lists(count);
  Failure failure;
  for (const ItemPlan& item : items.items) {
    start_shape(item.level->shape, count);
    LevelRows inner{.rows = rows.rows, .parent = &rows};
    keep_earliest(failure, evaluate_level(*item.level, inner));
    for (std::size_t k = 0; k < count; ++k) {
      bool wanted = true;
      if (item.condition && !failure) {
        const auto holds = evaluate_row(*item.condition, rows, k);
        if (!holds) {
          keep_earliest(failure, RowFailure{k, holds.error()});
        } else if (holds->as_bool() == nullptr) {
          keep_earliest(failure, RowFailure{k, not_a_truth(*item.condition, *holds)});
        } else {
          wanted = *holds->as_bool();
        }
      }
      lists[k].push_back(wanted ? map_at(*shapes_[item.level->shape], k) : Value());
    }
  }
  Column& out = column(items.place);
  out.reset(Type::Dynamic, count);
  out.values.resize(count);
  for (std::size_t k = 0; k < count; ++k) out.values[k] = Value::list(std::move(lists[k]));
  mask_bound(rows, out);
  return failure;
}

// ---- records that a script gives

std::optional<RowFailure> Evaluation::run_step(const ScriptedPlan& scripted, LevelRows& rows) {
  const std::size_t count = rows.rows.count;
  std::vector<Given> given(count);
  Failure failure;
  std::vector<std::uint32_t> offsets(count + 1, 0);
  std::vector<std::uint32_t> wanted(count + 1, 0);
  if (scripted.count.kind != CountPlan::Kind::Source) {
    const ElementsPlan counting{
        .count = scripted.count, .source = {}, .level = nullptr, .label = scripted.label, .at = scripted.at};
    failure = count_elements(counting, rows, wanted);
  }
  ValueList bases;
  for (std::size_t k = 0; k < count; ++k) {
    auto value = evaluate_row(scripted.script, rows, k);
    if (value && scripted.open) value = scripted.open(text_of(*value));
    bool fallback = false;
    if (!value && scripted.fallback) {
      value = evaluate_row(*scripted.fallback, rows, k);
      fallback = true;
    }
    const bool is_list = value && value->as_list() != nullptr;
    const bool is_map = value && value->as_map() != nullptr;
    const bool all_maps =
        is_list && std::ranges::all_of(*value->as_list(), [](const Value& item) { return item.as_map() != nullptr; });
    given[k].is_list = is_list;
    given[k].is_null = value && value->is_null() && fallback;
    if (!value) {
      keep_earliest(failure, RowFailure{k, value.error()});
    } else if (!is_map && !all_maps && !given[k].is_null) {
      keep_earliest(failure,
                    RowFailure{k,
                               {.code = "nested.script",
                                .message = scripted.label + ": the script must give a dict or a list of dicts, not " +
                                           std::string(kind_name(*value)),
                                .where = scripted.script.at}});
    }
    if (!failure && is_map) bases.push_back(std::move(*value));
    if (!failure && all_maps) {
      const ValueList& items = *value->as_list();
      std::size_t n = items.size();
      if (scripted.count.kind != CountPlan::Kind::Source) {
        const std::size_t asked = wanted[k + 1] - wanted[k];
        n = scripted.cyclic && !items.empty() ? asked : std::min(asked, items.size());
      }
      const std::optional<Permutation> shuffled =
          scripted.shuffle && n > 0 ? std::optional(Permutation(*scripted.shuffle, rows.rows[k], n)) : std::nullopt;
      for (std::size_t i = 0; i < n; ++i) bases.push_back(items[(shuffled ? (*shuffled)(i) : i) % items.size()]);
    }
    offsets[k + 1] = static_cast<std::uint32_t>(bases.size());
  }
  start_shape(scripted.list_shape, bases.size());
  Record& record = *shapes_[scripted.list_shape];
  record.base.reset(Type::Dynamic, bases.size());
  record.base.values = std::move(bases);
  expand(scripted.level->number, rows, offsets, {0, offsets.back()});
  LevelRows inner = inner_rows(scripted.level->number, rows);
  auto inner_failure = evaluate_level(*scripted.level, inner);
  if (inner_failure) {
    inner_failure->row = lists_[scripted.level->number].parents[inner_failure->row];
    keep_earliest(failure, std::move(inner_failure));
  }
  store_given(scripted, given, offsets, rows);
  return failure;
}

// A list where the script gave lists, dicts where it gave dicts.
void Evaluation::store_given(const ScriptedPlan& scripted, const std::vector<Given>& given,
                             std::vector<std::uint32_t>& offsets, const LevelRows& rows) {
  Column& out = column(scripted.place);
  const std::size_t count = given.size();
  const bool all_lists = std::ranges::all_of(given, &Given::is_list);
  if (all_lists) {
    out.reset(Type::List, count);
    out.offsets = std::move(offsets);
    out.record = shapes_[scripted.list_shape];
  } else {
    const Record& record = *shapes_[scripted.list_shape];
    out.reset(Type::Dynamic, count);
    out.values.resize(count);
    for (std::size_t k = 0; k < count; ++k) {
      if (given[k].is_null || (offsets[k] == offsets[k + 1] && !given[k].is_list)) {
        out.make_valid()[k] = 0;
        continue;
      }
      if (!given[k].is_list) {
        out.values[k] = map_at(record, offsets[k]);
        continue;
      }
      ValueList items;
      for (std::uint32_t i = offsets[k]; i < offsets[k + 1]; ++i) items.push_back(map_at(record, i));
      out.values[k] = Value::list(std::move(items));
    }
  }
  mask_bound(rows, out);
}

}  // namespace mimus
