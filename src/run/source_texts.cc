// The texts of scripted sources, for a batch.
//
// What a generate's texts name may stand in the setup or be made by the statements of the record: they are tried when
// the row is read, so that the statements see their values, and what failed then is tried once more at the end.
#include <algorithm>

#include "plan/value.h"
#include "run/evaluate.h"

namespace mimus {
namespace {

// Texts that are kept compiled, of one source; a compiled text takes some twenty times its length.
constexpr std::size_t kMaxCompiled = 4096;
constexpr std::size_t kMaxCompiledBytes = 1U << 20U;

// The text of a cell where it lies; nullopt for other cells.
std::optional<std::string_view> text_in(const Column& column, std::size_t row) {
  if (column.form == Form::Dictionary) return text_in(*column.dictionary, column.indices[row]);
  if (column.type != Type::String || !column.is_valid(row)) return std::nullopt;
  return column.texts[column.form == Form::Constant ? 0 : row];
}

bool may_hold_text(const Column& column) {
  return column.type == Type::String || column.type == Type::Dynamic || column.type == Type::Struct ||
         column.type == Type::List;
}

// New values in the rows that are there.
void replace_values(Column& column, const std::vector<Value>& values) {
  std::vector<std::uint8_t> present(column.size, 1);
  for (std::size_t k = 0; k < column.size; ++k) present[k] = column.is_present(k) ? 1 : 0;
  const auto made = column_of(values);
  column = *made;
  column.owner = made;
  if (std::ranges::find(present, 0) != present.end()) column.present = std::move(present);
}

std::vector<Value> values_of(const Column& column) {
  std::vector<Value> out(column.size);
  for (std::size_t k = 0; k < column.size; ++k) out[k] = value_at(column, k);
  return out;
}

}  // namespace

const Result<CompiledText>& Evaluation::compiled_text(const TextScope& scope, const std::string& text) {
  CompiledTexts& known = compiled_[&scope];
  if (const auto found = known.texts.find(text); found != known.texts.end()) return found->second;
  if (known.texts.size() >= kMaxCompiled || known.bytes + text.size() > kMaxCompiledBytes) known = {};
  known.bytes += text.size();
  return known.texts.emplace(text, scope.compile(text)).first->second;
}

Result<Value> Evaluation::text_value(const TextScope& scope, const std::string& text, const std::string& path,
                                     const LevelRows& rows, std::size_t row) {
  const Result<CompiledText>& compiled = compiled_text(scope, text);
  if (!compiled) return fail(compiled.error());
  if (compiled->constant) return *compiled->constant;
  const Stream stream = compiled->draws ? scope.stream_at(path) : Stream();
  std::uint64_t piece = 0;
  const auto evaluated = [&](const ExpressionPlan& expression) {
    const Stream own = compiled->draws ? stream.sub(std::to_string(piece++)) : stream;
    return evaluate_row(expression, rows, row, &own);
  };
  Result<Value> out = Value();
  if (compiled->whole) {
    out = evaluated(*compiled->whole);
  } else {
    auto joined = joined_text(compiled->text, evaluated);
    out = joined ? Result<Value>(Value(std::move(*joined))) : Result<Value>(fail(std::move(joined).error()));
  }
  if (!out) return fail(scope.located(std::move(out).error()));
  return out;
}

Result<Value> Evaluation::fill_in_row(const TextScope& scope, const TextScope* then, bool* left, const Value& value,
                                      const std::string& path, const LevelRows& rows, std::size_t row) {
  return fill_in(value, scope, path, [&](const std::string& text, const std::string& place) -> Result<Value> {
    auto out = text_value(scope, text, place, rows, row);
    if (out) return out;
    if (then != nullptr) return text_value(*then, text, place, rows, row);
    if (left == nullptr) return out;
    *left = true;
    return Value(text);
  });
}

std::optional<RowFailure> Evaluation::fill_variable(const TextScope& texts, const LevelRows& rows, Column& column) {
  std::vector<Value> values = values_of(column);
  for (std::size_t k = 0; k < values.size(); ++k) {
    auto filled = fill_in_row(texts, nullptr, nullptr, values[k], {}, rows, k);
    if (!filled) return RowFailure{k, std::move(filled).error()};
    values[k] = std::move(*filled);
  }
  replace_values(column, values);
  return std::nullopt;
}

std::optional<RowFailure> Evaluation::run_step(const TextsPlan& texts, LevelRows& rows) {
  Record& record = *shapes_[texts.shape];
  LeftTexts& left = left_[texts.shape];
  left = {};
  Failure failure;
  if (record.has_base) keep_earliest(failure, fill_base(texts, record, left, rows));
  for (std::size_t f = 0; f < texts.fields && f < record.fields.size(); ++f) {
    if (may_hold_text(record.fields[f].column)) keep_earliest(failure, fill_field(texts, record, f, left, rows));
  }
  return failure;
}

std::optional<RowFailure> Evaluation::fill_base(const TextsPlan& texts, Record& record, LeftTexts& left,
                                                const LevelRows& rows) {
  std::vector<Value> values = values_of(record.base);
  bool changed = false;
  for (std::size_t k = 0; k < values.size(); ++k) {
    if (!texts.scope->is_scripted(values[k])) continue;
    changed = true;
    bool some_left = false;
    auto filled = fill_in_row(*texts.scope, nullptr, texts.tentative ? &some_left : nullptr, values[k], {}, rows, k);
    if (!filled) return RowFailure{k, std::move(filled).error()};
    if (some_left) left.rows.emplace_back(k, values[k]);
    values[k] = std::move(*filled);
  }
  if (!changed) return std::nullopt;
  record.base.reset(Type::Dynamic, values.size());
  record.base.values = std::move(values);
  return std::nullopt;
}

std::optional<RowFailure> Evaluation::fill_field(const TextsPlan& texts, Record& record, std::size_t field,
                                                 LeftTexts& left, const LevelRows& rows) {
  Column& column = record.fields[field].column;
  std::vector<std::size_t> scripted;
  for (std::size_t k = 0; k < column.size; ++k) {
    const auto text = text_in(column, k);
    const bool is_text = text || column.type == Type::String;
    if (is_text ? text && texts.scope->is_scripted(*text) : texts.scope->is_scripted(value_at(column, k)))
      scripted.push_back(k);
  }
  if (scripted.empty()) return std::nullopt;
  std::vector<Value> values = values_of(column);
  Failure failure;
  for (const std::size_t k : scripted) {
    bool some_left = false;
    auto filled = fill_in_row(*texts.scope, nullptr, texts.tentative ? &some_left : nullptr, values[k],
                              record.fields[field].name, rows, k);
    if (!filled) {
      failure = RowFailure{k, std::move(filled).error()};
      break;
    }
    if (some_left) left.cells.push_back({.field = field, .row = k, .original = values[k], .now = *filled});
    values[k] = std::move(*filled);
  }
  replace_values(column, values);
  return failure;
}

std::optional<RowFailure> Evaluation::run_step(const LastTextsPlan& texts, LevelRows& rows) {
  LeftTexts& left = left_[texts.shape];
  Failure failure = finish_base(texts, texts.shape, left, rows);
  for (const ExtendedEntry& entry : texts.extended) {
    // The entry as it stood in the source's row, in the rows where it has been extended.
    LeftTexts inner;
    for (const auto& [row, original] : left_[entry.outer].rows) {
      const ValueMap* map = original.as_map();
      const Value* value = map == nullptr ? nullptr : find(*map, entry.name);
      if (value != nullptr && value->as_map() != nullptr && texts.first->is_scripted(*value))
        inner.rows.emplace_back(row, *value);
    }
    left_[entry.shape] = std::move(inner);
    keep_earliest(failure, finish_base(texts, entry.shape, left_[entry.shape], rows));
  }
  keep_earliest(failure, finish_fields(texts, left, rows));
  for (const ExtendedEntry& entry : texts.extended) left_[entry.shape] = {};
  left = {};
  return failure;
}

// The entries of maps that no field overrides.
std::optional<RowFailure> Evaluation::finish_base(const LastTextsPlan& texts, std::size_t shape, const LeftTexts& left,
                                                  const LevelRows& rows) {
  Record& record = *shapes_[shape];
  for (const auto& [row, original] : left.rows) {
    if (record.base.type != Type::Dynamic || row >= record.base.values.size()) continue;
    const ValueMap* now = record.base.values[row].as_map();
    if (now == nullptr) continue;
    ValueMap out = *now;
    for (auto& [name, value] : out) {
      const auto field = std::ranges::find(record.fields, name, &Field::name);
      if (field != record.fields.end() && row < field->column.size && field->column.is_present(row)) continue;
      const Value* from = find(*original.as_map(), name);
      if (from == nullptr) continue;
      auto filled = fill_in_row(*texts.first, texts.last.get(), nullptr, *from, name, rows, row);
      if (!filled) return RowFailure{row, std::move(filled).error()};
      value = std::move(*filled);
    }
    record.base.values[row] = Value::map(std::move(out));
  }
  return std::nullopt;
}

// The cells that still hold what the source gave.
std::optional<RowFailure> Evaluation::finish_fields(const LastTextsPlan& texts, const LeftTexts& left,
                                                    const LevelRows& rows) {
  Record& record = *shapes_[texts.shape];
  Failure failure;
  for (std::size_t at = 0; at < left.cells.size();) {
    const std::size_t field = left.cells[at].field;
    Column& column = record.fields[field].column;
    std::vector<Value> values = values_of(column);
    bool changed = false;
    for (; at < left.cells.size() && left.cells[at].field == field; ++at) {
      const LeftTexts::Cell& cell = left.cells[at];
      if (!column.is_present(cell.row) || values[cell.row].data != cell.now.data) continue;
      auto filled = fill_in_row(*texts.first, texts.last.get(), nullptr, cell.original, record.fields[field].name, rows,
                                cell.row);
      if (!filled) {
        keep_earliest(failure, RowFailure{cell.row, std::move(filled).error()});
        continue;
      }
      values[cell.row] = std::move(*filled);
      changed = true;
    }
    if (changed) replace_values(column, values);
  }
  return failure;
}

}  // namespace mimus
