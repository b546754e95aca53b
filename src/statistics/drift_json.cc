#include "statistics/drift.h"
#include "statistics/write_json.h"

namespace mimus::statistics {
namespace {

void write_maybe(Writer& out, std::string_view name, const std::optional<std::uint64_t>& number) {
  if (number) return write_number(out, name, *number);
  write_key(out, name);
  out.Null();
}

void write_column(Writer& out, const ColumnDrift& column) {
  out.StartObject();
  write_key(out, "path");
  write_text(out, column.path);
  write_key(out, "fate");
  write_text(out, fate_name(column.fate));
  if (column.stability_index) write_float(out, "stability_index", *column.stability_index);
  write_key(out, "changes");
  out.StartArray();
  for (const Change& change : column.changes) {
    out.StartObject();
    write_key(out, "what");
    write_text(out, change.what);
    write_key(out, "before");
    write_scalar(out, change.before);
    write_key(out, "after");
    write_scalar(out, change.after);
    out.EndObject();
  }
  out.EndArray();
  out.EndObject();
}

}  // namespace

std::string drift_json(const Drift& drift) {
  rapidjson::StringBuffer buffer;
  Writer out(buffer);
  out.StartObject();
  write_key(out, "format");
  write_text(out, "mimus.statistics-diff");
  write_key(out, "version");
  out.Int(kFormatVersion);
  write_key(out, "same");
  out.Bool(drift.is_same);
  write_key(out, "products");
  out.StartArray();
  for (const ProductDrift& product : drift.products) {
    out.StartObject();
    write_key(out, "name");
    write_text(out, product.name);
    write_key(out, "fate");
    write_text(out, fate_name(product.fate));
    write_maybe(out, "records_before", product.records_before);
    write_maybe(out, "records_after", product.records_after);
    write_number(out, "columns", product.columns);
    write_key(out, "changed");
    out.StartArray();
    for (const ColumnDrift& column : product.changed) write_column(out, column);
    out.EndArray();
    out.EndObject();
  }
  out.EndArray();
  out.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace mimus::statistics
