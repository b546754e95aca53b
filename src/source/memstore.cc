#include "source/memstore.h"

#include <algorithm>

#include "data/gather.h"

namespace mimus {
namespace {

// A row of one of the batches.
struct BatchRow {
  std::uint32_t batch, row;
};

// A field of all batches: its column in each, nullptr where the batch has no such field.
struct StoredField {
  std::vector<const Column*> columns;
  // The one type of all of them, when it is simple, with one scale; else Dynamic.
  Type type = Type::Null;
  int scale = -1;
};

bool is_simple(Type type) {
  return type == Type::Bool || type == Type::Int64 || type == Type::Float64 || type == Type::String ||
         type == Type::DateTime;
}

void add_column(StoredField& field, const Column* column) {
  const bool first = field.type == Type::Null;
  field.columns.push_back(column);
  if (column == nullptr || column->type == Type::Null) return;
  if (first && is_simple(column->type)) {
    field.type = column->type;
    field.scale = column->scale;
  } else if (!is_simple(column->type) || column->type != field.type || column->scale != field.scale) {
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

class MemoryStoreSource final : public Source {
 public:
  explicit MemoryStoreSource(RecordBatches batches) : batches_(std::move(batches)) {
    starts_.push_back(0);
    for (const auto& batch : batches_) {
      starts_.push_back(starts_.back() + batch->rows);
      has_base_ = has_base_ || batch->has_base;
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
    if (!rows.empty() && one_batch) return read_batch(places, out);
    for (std::size_t f = 0; f < fields_.size(); ++f) read_field(fields_[f], places, out.fields[f].column);
  }

 private:
  void index_fields() {
    for (const auto& batch : batches_) {
      for (const Field& field : batch->fields) {
        if (std::ranges::find(names_, field.name) == names_.end()) names_.push_back(field.name);
      }
    }
    fields_.resize(names_.size());
    for (const auto& batch : batches_) {
      for (std::size_t f = 0; f < names_.size(); ++f) {
        const auto found = std::ranges::find(batch->fields, names_[f], &Field::name);
        add_column(fields_[f], found == batch->fields.end() ? nullptr : &found->column);
      }
    }
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
      if (const Column* stored = fields_[f].columns[places[0].batch]) {
        gather(*stored, rows, column);
      } else {
        column.reset(Type::Null, rows.size());
        column.present.assign(rows.size(), 0);
      }
    }
  }

  static void read_field(const StoredField& field, std::span<const BatchRow> places, Column& out) {
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
    for (std::size_t k = 0; k < places.size(); ++k) read_cell(field, places[k], k, out);
  }

  static void read_cell(const StoredField& field, BatchRow place, std::size_t k, Column& out) {
    const Column* column = field.columns[place.batch];
    if (column == nullptr || !column->is_present(place.row)) {
      out.make_present()[k] = 0;
      return;
    }
    if (!column->is_valid(place.row)) {
      out.make_valid()[k] = 0;
      return;
    }
    if (out.type == Type::Dynamic) {
      out.values[k] = value_at(*column, place.row);
      return;
    }
    const Cell cell = cell_of(*column, place.row);
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

  // Records over maps: each row as a map of its own.
  void read_maps(std::span<const BatchRow> places, Record& out) const {
    out.has_base = true;
    out.base.reset(Type::Dynamic, places.size());
    out.base.values.resize(places.size());
    for (std::size_t k = 0; k < places.size(); ++k) {
      out.base.values[k] = map_at(*batches_[places[k].batch], places[k].row);
    }
  }

  RecordBatches batches_;
  std::vector<std::uint64_t> starts_;  // first row of each batch, and the end
  bool has_base_ = false;
  std::vector<std::string> names_;
  std::vector<StoredField> fields_;
};

}  // namespace

void MemoryStore::append(const std::string& type, const RecordBatches& batches) {
  RecordBatches& all = types_[type];
  all.insert(all.end(), batches.begin(), batches.end());
}

std::shared_ptr<const Source> MemoryStore::open(const std::string& type) const {
  const auto found = types_.find(type);
  if (found == types_.end() || found->second.empty()) return nullptr;
  return std::make_shared<MemoryStoreSource>(found->second);
}

std::vector<std::string_view> MemoryStore::types() const {
  std::vector<std::string_view> out;
  for (const auto& [type, batches] : types_) out.push_back(type);
  return out;
}

}  // namespace mimus
