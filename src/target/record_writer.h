// RecordWriter: records as texts of one notation, nested ones included. bind() once a batch, then write() for its rows.
//
// Template over the notation (notation.h); used by the encoders, one object a thread. Records are written in their
// plain form (plain.h), or as they are.
#pragma once

#include <cstring>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/buffer.h"
#include "base/put.h"
#include "data/record.h"
#include "target/cell.h"
#include "target/notation.h"
#include "target/plain.h"

namespace mimus {

template <class Notation>
class RecordWriter {
 public:
  enum class Form : std::uint8_t { Plain, Raw };
  explicit RecordWriter(Form form = Form::Plain, bool nested = false) : form_(form), nested_(nested) {}

  // The record is borrowed until the next call. `cache` is shared with the nested writers and outlives this one.
  void bind(const Record& record, EntryCache& cache);

  // Writes row `row` at `p`, which lies in `out`; returns the end, also in `out`.
  [[nodiscard]] char* write(char* p, Buffer& out, std::size_t row);

  // True when a value since the last bind has no form in the notation; what stands in its place is of no use.
  [[nodiscard]] bool has_refused() const { return refused_; }

 private:
  struct Cell {
    CellSource source;
    std::string name;  // with the colon, and a comma before when every field of every row is there
    std::unique_ptr<RecordWriter> nested;
    bool left_out = false;  // an attribute
  };

  // What is known of a base map: per entry the finished bytes, or the field that stands in its place.
  struct BaseEntry {
    std::string bytes;        // name and value
    std::size_t field = kNo;  // overriding field
    bool refused = false;
  };
  struct BaseLayout {
    Value base;  // kept alive, so that its address stays its own
    std::vector<BaseEntry> entries;
    std::vector<std::size_t> added;  // fields that are not in the base
    bool has_text = false;           // "#text"
  };
  static constexpr std::size_t kNo = static_cast<std::size_t>(-1);
  static constexpr std::size_t kMaxLayouts = 4096;

  void bind_cell_of(const Field& field, std::size_t index, EntryCache& cache);
  [[nodiscard]] char* write_cell(char* p, Buffer& out, Cell& cell, std::size_t row);
  [[nodiscard]] char* write_list(char* p, Buffer& out, Cell& cell, std::size_t row);
  [[nodiscard]] char* write_named(char* p, Buffer& out, Cell& cell, std::size_t row, bool& first);
  [[nodiscard]] char* write_value(char* p, Buffer& out, const Value& value);
  [[nodiscard]] char* write_over_base(char* p, Buffer& out, std::size_t row);
  [[nodiscard]] const BaseLayout& layout_of(const Value& base);

  // Appends a value; tells whether the notation can hold it.
  [[nodiscard]] bool append_value(std::string& out, const Value& value) const {
    return form_ == Form::Raw ? Notation::append(out, value) : Notation::append(out, plain(value));
  }

  Form form_;
  bool nested_;
  bool refused_ = false;
  const Record* record_ = nullptr;
  std::vector<Cell> cells_;
  std::size_t text_ = kNo;  // the cell of "#text" in a nested record
  std::size_t room_ = 0;    // bytes that one row needs at most, texts and nested records left out
  bool all_present_ = true;
  CellSource base_;
  std::vector<std::string> layout_names_;  // the fields for which the layouts hold
  std::unordered_map<const ValueMap*, BaseLayout> layouts_;
  BaseLayout uncached_;
};

template <class Notation>
void RecordWriter<Notation>::bind(const Record& record, EntryCache& cache) {
  record_ = &record;
  cells_.resize(record.fields.size());
  room_ = 8;
  refused_ = false;
  text_ = kNo;
  all_present_ = !record.has_base;
  for (const Field& field : record.fields) {
    if (form_ == Form::Plain && is_attribute_name(field.name)) all_present_ = false;
    if (form_ == Form::Plain && nested_ && field.name == "#text") {
      text_ = static_cast<std::size_t>(&field - record.fields.data());
    }
    const CellSource source = bind_cell(field.column);
    const bool partly = source.present != nullptr || (source.indices != nullptr && !source.values->present.empty());
    all_present_ = all_present_ && !partly;
  }
  for (std::size_t f = 0; f < cells_.size(); ++f) bind_cell_of(record.fields[f], f, cache);
  if (!record.has_base) return;
  base_ = bind_cell(record.base);
  const bool same = std::ranges::equal(layout_names_, record.fields, {}, {}, &Field::name);
  if (!same || layouts_.size() >= kMaxLayouts) layouts_.clear();
  if (!same) {
    layout_names_.clear();
    for (const Field& field : record.fields) layout_names_.push_back(field.name);
  }
}

template <class Notation>
void RecordWriter<Notation>::bind_cell_of(const Field& field, std::size_t index, EntryCache& cache) {
  Cell& cell = cells_[index];
  cell.source = bind_cell(field.column);
  cell.left_out = form_ == Form::Plain && is_attribute_name(field.name);
  cell.name.clear();
  if (all_present_ && index > 0) cell.name = ", ";
  Notation::append_name(cell.name, field.name);
  room_ += cell.name.size() + 2;
  const CellSource& source = cell.source;
  if (source.indices != nullptr && source.values->size <= kMaxEntries) {
    const CellEntries* entries = cache.entries_of(field.column.dictionary, [&](std::string& out, std::size_t k) {
      return append_value(out, value_at(*source.values, k));
    });
    // A value that has no form counts for the rows that hold it only.
    if (entries->complete) {
      cell.source.entries = entries;
      cell.source.kind = CellKind::Entries;
      room_ += entries->longest + CellEntries::kCopy;
      return;
    }
  }
  room_ += std::max(kMaxFloatText, Notation::kMaxTime);
  if (source.kind == CellKind::Struct || source.kind == CellKind::List) {
    if (!cell.nested) cell.nested = std::make_unique<RecordWriter>(form_, true);
    cell.nested->bind(*source.values->record, cache);
  }
}

template <class Notation>
char* RecordWriter<Notation>::write_list(char* p, Buffer& out, Cell& cell, std::size_t row) {
  const Column& list = *cell.source.values;
  const std::size_t at = cell.source.at(row);
  *p++ = '[';
  for (std::uint32_t i = list.offsets[at]; i < list.offsets[at + 1]; ++i) {
    if (i > list.offsets[at]) p = put(p, ", ");
    p = cell.nested->write(p, out, i);
    p = out.room(p, 8);
  }
  refused_ = refused_ || cell.nested->refused_;
  *p++ = ']';
  return p;
}

// The cell's value; there is room for it but for texts and nested records.
template <class Notation>
char* RecordWriter<Notation>::write_cell(char* p, Buffer& out, Cell& cell, std::size_t row) {
  const CellSource& source = cell.source;
  if (source.masked && !source.is_valid(row)) return put(p, Notation::kNull);
  const std::size_t at = source.at(row);
  switch (source.kind) {
    case CellKind::Null:
      return put(p, Notation::kNull);
    case CellKind::Entries:
      return put_entry(p, *source.entries, at);
    case CellKind::Bool:
      return put(p, source.values->bools[at] != 0 ? Notation::kTrue : Notation::kFalse);
    case CellKind::Int:
      return write_int(p, source.values->ints[at]);
    case CellKind::Scaled:
      return write_scaled(p, source.values->ints[at], source.scale);
    case CellKind::Float:
      return Notation::write_float(p, source.values->floats[at]);
    case CellKind::Time:
      return Notation::write_time(p, {source.values->ints[at]});
    case CellKind::CleanText: {
      const std::string_view text = source.values->texts[at];
      return Notation::write_clean_text(out.room(p, text.size() + room_), text);
    }
    case CellKind::Text: {
      const std::string_view text = source.values->texts[at];
      return Notation::write_text(out.room(p, Notation::max_text(text.size()) + room_), text);
    }
    case CellKind::Dynamic:
      return out.room(write_value(p, out, source.values->values[at]), room_);
    case CellKind::Struct:
      p = cell.nested->write(p, out, at);
      refused_ = refused_ || cell.nested->refused_;
      return out.room(p, room_);
    case CellKind::List:
      return out.room(write_list(p, out, cell, row), room_);
  }
  return p;
}

template <class Notation>
char* RecordWriter<Notation>::write_value(char* p, Buffer& out, const Value& value) {
  std::string text;
  if (!append_value(text, value)) refused_ = true;
  return put(out.room(p, text.size()), text);
}

template <class Notation>
char* RecordWriter<Notation>::write_named(char* p, Buffer& out, Cell& cell, std::size_t row, bool& first) {
  if (cell.left_out || (cell.source.masked && !cell.source.is_present(row))) return p;
  if (!first) p = put(p, ", ");
  first = false;
  return write_cell(put(p, cell.name), out, cell, row);
}

template <class Notation>
char* RecordWriter<Notation>::write(char* p, Buffer& out, std::size_t row) {
  p = out.room(p, room_);
  if (record_->has_base) return write_over_base(p, out, row);
  if (text_ != kNo && cells_[text_].source.is_present(row)) return write_cell(p, out, cells_[text_], row);
  *p++ = '{';
  if (all_present_) {
    for (Cell& cell : cells_) p = write_cell(put(p, cell.name), out, cell, row);
  } else {
    bool first = true;
    for (Cell& cell : cells_) p = write_named(p, out, cell, row, first);
  }
  *p++ = '}';
  return p;
}

template <class Notation>
char* RecordWriter<Notation>::write_over_base(char* p, Buffer& out, std::size_t row) {
  const Value base = base_.is_valid(row) ? base_.values->values[base_.at(row)] : Value();
  const BaseLayout& layout = layout_of(base);
  if (nested_ && (layout.has_text || text_ != kNo)) return write_value(p, out, map_at(*record_, row));
  *p++ = '{';
  bool first = true;
  for (const BaseEntry& entry : layout.entries) {
    if (entry.field != kNo && cells_[entry.field].source.is_present(row)) {
      p = write_named(p, out, cells_[entry.field], row, first);
      continue;
    }
    refused_ = refused_ || entry.refused;
    p = out.room(p, entry.bytes.size() + room_);
    if (!first) p = put(p, ", ");
    first = false;
    p = put(p, entry.bytes);
  }
  for (const std::size_t f : layout.added) p = write_named(p, out, cells_[f], row, first);
  *p++ = '}';
  return p;
}

template <class Notation>
const typename RecordWriter<Notation>::BaseLayout& RecordWriter<Notation>::layout_of(const Value& base) {
  const ValueMap* map = base.as_map();
  if (const auto known = layouts_.find(map); known != layouts_.end()) return known->second;
  BaseLayout layout{.base = base, .entries = {}, .added = {}};
  std::vector<bool> in_base(record_->fields.size());
  for (std::size_t e = 0; map != nullptr && e < map->size(); ++e) {
    const auto& [name, value] = (*map)[e];
    layout.has_text = layout.has_text || (form_ == Form::Plain && name == "#text");
    BaseEntry entry;
    Notation::append_name(entry.bytes, name);
    entry.refused = !append_value(entry.bytes, value);
    const auto field = std::ranges::find(record_->fields, name, &Field::name);
    if (field != record_->fields.end()) {
      entry.field = static_cast<std::size_t>(field - record_->fields.begin());
      in_base[entry.field] = true;
    }
    if (form_ == Form::Raw || !is_attribute_name(name)) layout.entries.push_back(std::move(entry));
  }
  for (std::size_t f = 0; f < in_base.size(); ++f) {
    if (!in_base[f]) layout.added.push_back(f);
  }
  if (layouts_.size() < kMaxLayouts) return layouts_.emplace(map, std::move(layout)).first->second;
  uncached_ = std::move(layout);
  return uncached_;
}

}  // namespace mimus
