#include "target/xml_writer.h"

#include "base/put.h"

#include <cstring>

namespace mimus {
namespace {

bool is_scalar(const Column& values) {
  return values.type != Type::Dynamic && values.type != Type::Struct && values.type != Type::List;
}

}  // namespace

void XmlWriter::bind(const Record& record, std::string_view element, bool top, XmlCaches& caches) {
  record_ = &record;
  top_ = top;
  element_ = element;
  open_ = "<" + element_;
  close_ = "</" + element_ + ">";
  room_ = open_.size() + close_.size() + 16;
  has_markup_ = false;
  cells_.resize(record.fields.size());
  for (std::size_t f = 0; f < cells_.size(); ++f) bind_cell_of(record.fields[f], cells_[f], caches);
}

void XmlWriter::bind_cell_of(const Field& field, Cell& cell, XmlCaches& caches) {
  cell.source = bind_cell(field.column);
  if (cell.name != field.name || cell.open.empty()) {
    cell.name = field.name;
    cell.role = field.name.starts_with('@') ? Role::Attribute : field.name == "#text" ? Role::Text : Role::Child;
    cell.named = cell.role == Role::Text || is_xml_name(field.name.substr(cell.role == Role::Attribute ? 1 : 0));
    cell.open = "<" + field.name + ">";
    cell.close = "</" + field.name + ">";
  }
  has_markup_ = has_markup_ || cell.role != Role::Child;
  room_ += cell.open.size() + cell.close.size() + std::max(kMaxFloatText, kMaxTimeText);
  bind_entries(field, cell, caches);
  const CellSource& source = cell.source;
  if (source.kind != CellKind::Struct && source.kind != CellKind::List) return;
  if (!cell.nested) cell.nested = std::make_unique<XmlWriter>();
  cell.nested->bind(*source.values->record, field.name, false, caches);
}

void XmlWriter::bind_entries(const Field& field, Cell& cell, XmlCaches& caches) {
  const CellSource& source = cell.source;
  if (source.indices == nullptr || source.values->size > kMaxEntries || !is_scalar(*source.values)) return;
  EntryCache& cache = top_ ? caches.top : caches.nested;
  const CellEntries* entries = cache.entries_of(field.column.dictionary, [&](std::string& out, std::size_t k) {
    XmlProblem problem;
    append_xml_scalar(out, value_at(*source.values, k), top_, problem);
    return !problem.found();
  });
  // What cannot be written is told of for the row that has it.
  if (!entries->complete) return;
  cell.source.entries = entries;
  cell.source.kind = CellKind::Entries;
  room_ += entries->longest + CellEntries::kCopy;
}

char* XmlWriter::append(char* p, Buffer& out, std::string_view text) const {
  return out.room(put(out.room(p, text.size()), text), room_);
}

char* XmlWriter::write(char* p, Buffer& out, std::size_t row, XmlProblem& problem) {
  p = out.room(p, room_);
  if (record_->has_base) {
    scratch_.clear();
    append_xml_map(scratch_, element_, *map_at(*record_, row).as_map(), top_, problem);
    return append(p, out, scratch_);
  }
  p = put(p, open_);
  if (has_markup_) p = write_attributes(p, out, row, problem);
  *p++ = '>';
  if (has_markup_) {
    for (Cell& cell : cells_) {
      if (cell.role != Role::Text || !cell.source.is_present(row)) continue;
      scratch_.clear();
      append_xml_scalar(scratch_,
                        value_at(record_->fields[static_cast<std::size_t>(&cell - cells_.data())].column, row), false,
                        problem);
      p = append(p, out, scratch_);
    }
  }
  for (Cell& cell : cells_) {
    if (cell.role == Role::Child) p = write_child(p, out, cell, row, problem);
  }
  return put(p, close_);
}

char* XmlWriter::write_attributes(char* p, Buffer& out, std::size_t row, XmlProblem& problem) {
  scratch_.clear();
  for (std::size_t f = 0; f < cells_.size(); ++f) {
    if (cells_[f].role != Role::Attribute || !cells_[f].source.is_present(row)) continue;
    append_xml_attribute(scratch_, cells_[f].name, value_at(record_->fields[f].column, row), top_, problem);
  }
  return append(p, out, scratch_);
}

char* XmlWriter::write_child(char* p, Buffer& out, Cell& cell, std::size_t row, XmlProblem& problem) {
  const CellSource& source = cell.source;
  if (source.masked && !source.is_present(row)) return p;
  if (!cell.named) check_xml_name(cell.name, problem);
  const bool is_null = source.masked && !source.is_valid(row);
  if (!is_null && source.kind == CellKind::Struct) {
    return out.room(cell.nested->write(p, out, source.at(row), problem), room_);
  }
  if (!is_null && source.kind == CellKind::List) {
    const std::size_t at = source.at(row);
    for (std::uint32_t i = source.values->offsets[at]; i < source.values->offsets[at + 1]; ++i) {
      p = cell.nested->write(p, out, i, problem);
    }
    return out.room(p, room_);
  }
  if (!is_null && source.kind == CellKind::Dynamic) return write_general(p, out, cell, row, problem);
  p = put(p, cell.open);
  if (!is_null) {
    p = write_value(p, out, cell, row, problem);
  } else if (top_) {
    p = put(p, kXmlNull);
  }
  return put(p, cell.close);
}

char* XmlWriter::write_general(char* p, Buffer& out, const Cell& cell, std::size_t row, XmlProblem& problem) {
  scratch_.clear();
  append_xml_element(scratch_, cell.name, cell.source.values->values[cell.source.at(row)], top_, problem);
  return append(p, out, scratch_);
}

// A scalar that is not null.
char* XmlWriter::write_value(char* p, Buffer& out, const Cell& cell, std::size_t row, XmlProblem& problem) {
  const CellSource& source = cell.source;
  const std::size_t at = source.at(row);
  switch (source.kind) {
    case CellKind::Entries:
      return put_entry(p, *source.entries, at);
    case CellKind::Bool:
      return put(p, source.values->bools[at] != 0 ? "true" : "false");
    case CellKind::Int:
      return write_int(p, source.values->ints[at]);
    case CellKind::Scaled:
      return write_scaled(p, source.values->ints[at], source.scale);
    case CellKind::Float:
      return write_float(p, source.values->floats[at]);
    case CellKind::Time:
      // The day alone, as descriptors for XML expect it.
      (void)write_time(p, {source.values->ints[at]}, ' ');
      return p + 10;
    case CellKind::CleanText: {
      const std::string_view text = source.values->texts[at];
      return put(out.room(p, text.size() + room_), text);
    }
    case CellKind::Text: {
      const std::string_view text = source.values->texts[at];
      return write_xml_text(out.room(p, 5 * text.size() + room_), text, problem);
    }
    default:
      return top_ ? put(p, kXmlNull) : p;
  }
}

}  // namespace mimus
