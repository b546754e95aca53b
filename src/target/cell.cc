#include "target/cell.h"

namespace mimus {
namespace {

CellKind kind_of(const Column& values) {
  switch (values.type) {
    case Type::Null:
      return CellKind::Null;
    case Type::Bool:
      return CellKind::Bool;
    case Type::Int64:
      return CellKind::Int;
    case Type::Float64:
      return values.scale >= 0 ? CellKind::Scaled : CellKind::Float;
    case Type::String:
      return values.clean ? CellKind::CleanText : CellKind::Text;
    case Type::DateTime:
      return CellKind::Time;
    case Type::Dynamic:
      return CellKind::Dynamic;
    case Type::Struct:
      return CellKind::Struct;
    case Type::List:
      return CellKind::List;
  }
  return CellKind::Null;
}

}  // namespace

CellSource bind_cell(const Column& column) {
  CellSource out;
  out.present = column.present.empty() ? nullptr : column.present.data();
  out.valid = column.valid.empty() ? nullptr : column.valid.data();
  out.values = &column;
  out.constant = column.form == Form::Constant;
  if (column.form == Form::Dictionary) {
    out.values = column.dictionary.get();
    out.indices = column.indices.data();
  }
  out.kind = kind_of(*out.values);
  out.scale = static_cast<std::uint8_t>(std::max(out.values->scale, 0));
  out.masked = out.present != nullptr || out.valid != nullptr ||
               (out.indices != nullptr && (!out.values->present.empty() || !out.values->valid.empty()));
  return out;
}

}  // namespace mimus
