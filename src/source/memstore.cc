#include "source/memstore.h"

#include <algorithm>
#include <optional>

#include "data/gather.h"

namespace mimus {
namespace {

// A row of one of the batches.
struct BatchRow {
  std::uint32_t batch, row;
};

// A column of a batch: in memory, or in a file; neither where the batch has no such field.
struct StoredColumn {
  const Column* column = nullptr;
  const SpilledColumn* spilled = nullptr;
  const SpillFile* file = nullptr;
};

// A field of all batches: its column in each.
struct StoredField {
  std::vector<StoredColumn> columns;
  // The one type of all of them, when it is simple, with one scale; else Dynamic.
  Type type = Type::Null;
  int scale = -1;
};

bool is_simple(Type type) {
  return type == Type::Bool || type == Type::Int64 || type == Type::Float64 || type == Type::String ||
         type == Type::DateTime;
}

void add_column(StoredField& field, const StoredColumn& column) {
  const bool first = field.type == Type::Null;
  field.columns.push_back(column);
  const Type type = column.column != nullptr    ? column.column->type
                    : column.spilled != nullptr ? column.spilled->type
                                                : Type::Null;
  const int scale = column.column != nullptr    ? column.column->scale
                    : column.spilled != nullptr ? column.spilled->scale
                                                : -1;
  if (type == Type::Null) return;
  if (first && is_simple(type)) {
    field.type = type;
    field.scale = scale;
  } else if (!is_simple(type) || type != field.type || scale != field.scale) {
    field.type = Type::Dynamic;
  }
}

// Where the value of a row lies: dictionaries and constants followed to their flat column.
struct Cell {
  const Column* column;
  std::size_t row;
};

Cell cell_of(const Column& column, std::size_t row) {
  if (column.form == Form::Dictionary) return cell_of(*column.dictionary, column.indices[row]);
  return {&column, column.form == Form::Constant ? 0 : row};
}

// Texts that come from a file, one behind the other in the column's arena. Views are set when all are there.
class SpilledTexts {
 public:
  explicit SpilledTexts(Column& column) : column_(column) { column_.arena.clear(); }

  void add(std::size_t row, std::string_view text) {
    column_.arena.insert(column_.arena.end(), text.begin(), text.end());
    texts_.emplace_back(row, text.size());
  }
  void finish() {
    const char* p = column_.arena.data();
    for (const auto& [row, size] : texts_) {
      column_.texts[row] = {p, size};
      p += size;
    }
  }

 private:
  Column& column_;
  std::vector<std::pair<std::size_t, std::size_t>> texts_;  // row, size
};

class MemoryStoreSource final : public Source {
 public:
  explicit MemoryStoreSource(StoredBatches batches) : batches_(std::move(batches)) {
    starts_.push_back(0);
    for (const StoredBatch& batch : batches_) {
      starts_.push_back(starts_.back() + batch.rows());
      has_base_ = has_base_ || (batch.record ? batch.record->has_base : batch.spilled->has_base);
    }
    if (!has_base_) index_fields();
  }

  [[nodiscard]] std::uint64_t length() const override { return starts_.back(); }
  [[nodiscard]] const std::vector<std::string>& names() const override { return names_; }
  [[nodiscard]] bool has_base() const override { return has_base_; }

  void read(std::span<const std::uint64_t> rows, Record& out) const override {
    std::vector<BatchRow> places(rows.size());
    bool one_batch = true;
    for (std::size_t k = 0; k < rows.size(); ++k) {
      places[k] = place_of(rows[k], k == 0 ? 0 : places[k - 1].batch);
      one_batch = one_batch && places[k].batch == places[0].batch;
    }
    if (has_base_) return read_maps(places, out);
    if (!rows.empty() && one_batch && batches_[places[0].batch].record) return read_batch(places, out);
    for (std::size_t f = 0; f < fields_.size(); ++f) read_field(fields_[f], places, out.fields[f].column);
  }

 private:
  void index_fields() {
    for (const StoredBatch& batch : batches_) {
      const std::size_t count = batch.record ? batch.record->fields.size() : batch.spilled->names.size();
      for (std::size_t f = 0; f < count; ++f) {
        const std::string& name = batch.record ? batch.record->fields[f].name : batch.spilled->names[f];
        if (std::ranges::find(names_, name) == names_.end()) names_.push_back(name);
      }
    }
    fields_.resize(names_.size());
    for (const StoredBatch& batch : batches_) {
      for (std::size_t f = 0; f < names_.size(); ++f) add_column(fields_[f], column_of_batch(batch, names_[f]));
    }
  }

  [[nodiscard]] StoredColumn column_of_batch(const StoredBatch& batch, const std::string& name) const {
    if (batch.record) {
      const auto found = std::ranges::find(batch.record->fields, name, &Field::name);
      return {.column = found == batch.record->fields.end() ? nullptr : &found->column};
    }
    const auto found = std::ranges::find(batch.spilled->names, name);
    if (found == batch.spilled->names.end()) return {};
    const auto place = static_cast<std::size_t>(found - batch.spilled->names.begin());
    return {.spilled = &batch.spilled->columns[place], .file = batch.spilled->file.get()};
  }

  // `guess`: the batch of the row before, most often the right one.
  [[nodiscard]] BatchRow place_of(std::uint64_t row, std::uint32_t guess) const {
    if (row < starts_[guess] || row >= starts_[guess + 1]) {
      const auto above = std::ranges::upper_bound(starts_, row);
      guess = static_cast<std::uint32_t>(above - starts_.begin() - 1);
    }
    return {guess, static_cast<std::uint32_t>(row - starts_[guess])};
  }

  void read_batch(std::span<const BatchRow> places, Record& out) const {
    std::vector<std::uint32_t> rows(places.size());
    std::ranges::transform(places, rows.begin(), &BatchRow::row);
    for (std::size_t f = 0; f < fields_.size(); ++f) {
      Column& column = out.fields[f].column;
      if (const Column* stored = fields_[f].columns[places[0].batch].column) {
        gather(*stored, rows, column);
      } else {
        column.reset(Type::Null, rows.size());
        column.present.assign(rows.size(), 0);
      }
    }
  }

  void read_field(const StoredField& field, std::span<const BatchRow> places, Column& out) const {
    out.reset(field.type, places.size());
    out.scale = field.scale;
    switch (field.type) {
      case Type::Bool:
        out.make_bools();
        break;
      case Type::Int64:
      case Type::DateTime:
        out.make_ints();
        break;
      case Type::Float64:
        field.scale >= 0 ? static_cast<void>(out.make_ints()) : static_cast<void>(out.make_floats());
        break;
      case Type::String:
        out.make_texts();
        break;
      case Type::Dynamic:
        out.values.resize(places.size());
        break;
      default:
        break;
    }
    SpilledTexts texts(out);
    std::optional<SpillCursor> cursor;
    for (std::size_t k = 0; k < places.size(); ++k) {
      const StoredColumn& column = field.columns[places[k].batch];
      if (column.spilled == nullptr) {
        read_cell(column.column, places[k].row, k, out);
      } else {
        if (!cursor) cursor.emplace(*column.file);
        read_spilled(*column.spilled, places[k].row, k, *cursor, texts, out);
      }
    }
    texts.finish();
  }

  static void read_cell(const Column* column, std::size_t row, std::size_t k, Column& out) {
    if (column == nullptr || !column->is_present(row)) {
      out.make_present()[k] = 0;
      return;
    }
    if (!column->is_valid(row)) {
      out.make_valid()[k] = 0;
      return;
    }
    if (out.type == Type::Dynamic) {
      out.values[k] = value_at(*column, row);
      return;
    }
    const Cell cell = cell_of(*column, row);
    if (out.type == Type::Bool) {
      out.bools[k] = cell.column->bools[cell.row];
    } else if (out.type == Type::String) {
      out.texts[k] = cell.column->texts[cell.row];
    } else if (out.type == Type::Float64 && out.scale < 0) {
      out.floats[k] = cell.column->floats[cell.row];
    } else {
      out.ints[k] = cell.column->ints[cell.row];
    }
  }

  static void read_spilled(const SpilledColumn& column, std::size_t row, std::size_t k, SpillCursor& cursor,
                           SpilledTexts& texts, Column& out) {
    if (!cursor.is_present(column, row)) {
      out.make_present()[k] = 0;
    } else if (!cursor.is_valid(column, row)) {
      out.make_valid()[k] = 0;
    } else if (out.type == Type::Dynamic) {
      out.values[k] = cursor.value_at(column, row);
    } else if (out.type == Type::Bool) {
      out.bools[k] = cursor.bool_at(column, row);
    } else if (out.type == Type::String) {
      texts.add(k, cursor.text_at(column, row));
    } else if (out.type == Type::Float64 && out.scale < 0) {
      out.floats[k] = cursor.float_at(column, row);
    } else {
      out.ints[k] = cursor.int_at(column, row);
    }
  }

  // Records over maps: each row as a map of its own.
  void read_maps(std::span<const BatchRow> places, Record& out) const {
    out.has_base = true;
    out.base.reset(Type::Dynamic, places.size());
    out.base.values.resize(places.size());
    for (std::size_t k = 0; k < places.size(); ++k) {
      out.base.values[k] = map_of(batches_[places[k].batch], places[k].row);
    }
  }

  [[nodiscard]] Value map_of(const StoredBatch& batch, std::size_t row) const {
    if (batch.record) return map_at(*batch.record, row);
    const SpilledBatch& spilled = *batch.spilled;
    SpillCursor cursor(*spilled.file);
    if (spilled.has_base) {
      Value map = cursor.value_at(spilled.columns[0], row);
      return map;
    }
    ValueMap out;
    for (std::size_t c = 0; c < spilled.columns.size(); ++c) {
      if (!cursor.is_present(spilled.columns[c], row)) continue;
      out.emplace_back(spilled.names[c], cursor.value_at(spilled.columns[c], row));
    }
    return Value::map(std::move(out));
  }

  StoredBatches batches_;
  std::vector<std::uint64_t> starts_;  // first row of each batch, and the end
  bool has_base_ = false;
  std::vector<std::string> names_;
  std::vector<StoredField> fields_;
};

}  // namespace

void MemoryStore::append(const std::string& type, const StoredBatches& batches) {
  StoredBatches& all = types_[type];
  all.insert(all.end(), batches.begin(), batches.end());
}

std::shared_ptr<const Source> MemoryStore::open(const std::string& type) const {
  const auto found = types_.find(type);
  if (found == types_.end() || found->second.empty()) return nullptr;
  return std::make_shared<MemoryStoreSource>(found->second);
}

std::vector<std::string_view> MemoryStore::types() const {
  std::vector<std::string_view> out;
  out.reserve(types_.size());
  for (const auto& [type, batches] : types_) out.push_back(type);
  return out;
}

}  // namespace mimus
