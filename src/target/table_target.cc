#include "target/table_target.h"

#include <algorithm>
#include <map>
#include <optional>

#include "base/text.h"
#include "target/cell.h"
#include "target/plain.h"
#include "target/row_bytes.h"
#include "target/sql_values.h"

namespace mimus {
namespace {

// A field that goes into a column.
struct BoundCell {
  std::uint32_t column = 0;
  std::size_t field = 0;
  bool is_exact = false;
  CellSource source = {};
};

struct State final : EncoderState {
  std::vector<std::string> names;                                          // of the fields for which `cells` holds
  std::vector<BoundCell> cells;                                            // in order of their columns
  std::map<std::string, std::optional<std::size_t>, std::less<>> columns;  // by name, of records over maps
  std::string memory;
};

class TableEncoder final : public Encoder {
 public:
  TableEncoder(const TableShape& table, const std::vector<std::string>& null_columns)
      : table_(table), is_null_(table.columns.size()) {
    for (const std::string& name : null_columns) {
      if (const auto column = table.find(name)) is_null_[*column] = true;
    }
  }

  [[nodiscard]] const Frame& frame() const override { return frame_; }
  [[nodiscard]] std::unique_ptr<EncoderState> make_state() const override { return std::make_unique<State>(); }

  [[nodiscard]] std::optional<RowFailure> encode(const Record& records, std::size_t count, EncoderState& state,
                                                 Buffer& out, std::vector<std::size_t>* ends) const override {
    auto& own = static_cast<State&>(state);
    if (!records.has_base) bind(records, own);
    RowWriter writer(out);
    for (std::size_t row = 0; row < count; ++row) {
      writer.begin();
      auto failure = records.has_base ? add_map(records, row, own, writer) : add_fields(records, row, own, writer);
      if (failure) {
        writer.drop();
        return failure;
      }
      writer.end();
      if (ends != nullptr) ends->push_back(out.size());
    }
    return std::nullopt;
  }

 private:
  [[nodiscard]] std::optional<std::size_t> column_of(std::string_view name) const {
    if (is_attribute_name(name)) return std::nullopt;
    const auto column = table_.find(name);
    return column && !table_.columns[*column].is_generated ? column : std::nullopt;
  }

  void bind(const Record& records, State& state) const {
    if (!std::ranges::equal(state.names, records.fields, {}, {}, &Field::name)) {
      state.names.clear();
      state.cells.clear();
      for (std::size_t f = 0; f < records.fields.size(); ++f) {
        const std::string& name = records.fields[f].name;
        state.names.push_back(name);
        const auto column = column_of(name);
        if (!column) continue;
        BoundCell cell{static_cast<std::uint32_t>(*column), f, table_.columns[*column].name == name};
        const auto same = std::ranges::find(state.cells, cell.column, &BoundCell::column);
        if (same == state.cells.end()) {
          state.cells.push_back(cell);
        } else if (cell.is_exact) {
          *same = cell;
        }
      }
      std::ranges::sort(state.cells, {}, &BoundCell::column);
    }
    for (BoundCell& cell : state.cells) cell.source = bind_cell(records.fields[cell.field].column);
  }

  [[nodiscard]] std::optional<RowFailure> add_fields(const Record& records, std::size_t row, State& state,
                                                     RowWriter& writer) const {
    for (const BoundCell& cell : state.cells) {
      const CellSource& source = cell.source;
      if (source.masked && !source.is_present(row)) continue;
      const ColumnKind kind = table_.columns[cell.column].kind;
      if (add_typed(cell, kind, row, writer)) continue;
      const Field& field = records.fields[cell.field];
      if (!add_value(cell.column, plain(value_at(field.column, row)), state, writer)) {
        return refuse(row, field.name, value_at(field.column, row), cell.column);
      }
    }
    return std::nullopt;
  }

  // What needs no conversion; false: something else.
  static bool add_typed(const BoundCell& cell, ColumnKind kind, std::size_t row, RowWriter& writer) {
    if (kind != ColumnKind::Plain && kind != ColumnKind::Text && kind != ColumnKind::Decimal) return false;
    const CellSource& source = cell.source;
    if (source.masked && !source.is_valid(row)) {
      writer.add(cell.column, {});
      return true;
    }
    const std::size_t at = source.at(row);
    switch (source.kind) {
      case CellKind::Null:
        writer.add(cell.column, {});
        return true;
      case CellKind::Int:
        writer.add(cell.column, {.kind = SqlValue::Kind::Integer, .integer = source.values->ints[at]});
        return true;
      case CellKind::Float:
        if (kind == ColumnKind::Text) return false;
        writer.add(cell.column, {.kind = SqlValue::Kind::Real, .real = source.values->floats[at]});
        return true;
      case CellKind::Text:
      case CellKind::CleanText:
        writer.add(cell.column, {.kind = SqlValue::Kind::Text, .bytes = source.values->texts[at]});
        return true;
      default:
        return false;
    }
  }

  [[nodiscard]] bool add_value(std::uint32_t column, const Value& value, State& state, RowWriter& writer) const {
    std::optional<SqlValue> taken;
    if (value.is_null() && is_null_[column]) {
      taken = SqlValue{};
    } else {
      taken = sql_value(value, table_.columns[column].kind, state.memory);
    }
    if (taken) writer.add(column, *taken);
    return taken.has_value();
  }

  // A record over a map of its own.
  [[nodiscard]] std::optional<RowFailure> add_map(const Record& records, std::size_t row, State& state,
                                                  RowWriter& writer) const {
    constexpr std::size_t kMostNames = 10'000;
    const Value record = plain_record(map_at(records, row));
    if (state.columns.size() > kMostNames) state.columns.clear();
    std::map<std::uint32_t, const ValueMap::value_type*> entries;
    for (const auto& entry : *record.as_map()) {
      auto known = state.columns.find(entry.first);
      if (known == state.columns.end()) known = state.columns.emplace(entry.first, column_of(entry.first)).first;
      if (!known->second) continue;
      const auto [place, is_new] = entries.emplace(static_cast<std::uint32_t>(*known->second), &entry);
      if (!is_new && table_.columns[*known->second].name == entry.first) place->second = &entry;
    }
    for (const auto& [column, entry] : entries) {
      if (!add_value(column, entry->second, state, writer)) return refuse(row, entry->first, entry->second, column);
    }
    return std::nullopt;
  }

  [[nodiscard]] RowFailure refuse(std::size_t row, std::string_view field, const Value& value,
                                  std::uint32_t column) const {
    const TableColumn& own = table_.columns[column];
    std::string shown;
    append_repr(shown, value);
    if (shown.size() > 60) shown = shown.substr(0, 60) + "…";
    return {row,
            {.code = "database.type",
             .message = "field '" + std::string(field) + "' is " + shown + ", which the column '" + own.name +
                        "' of the table '" + table_.name + "' does not take (" + own.declared + ")",
             .hint = "it takes " + std::string(taken_by(own.kind))}};
  }

  const TableShape& table_;
  std::vector<bool> is_null_;
  Frame frame_;
};

}  // namespace

std::unique_ptr<Encoder> TableTarget::bind(const Record&) const {
  return std::make_unique<TableEncoder>(table_, null_columns_);
}

}  // namespace mimus
