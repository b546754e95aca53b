#include "statistics/statistics.h"
#include "statistics/write_json.h"

namespace mimus::statistics {
namespace {

void write_lengths(Writer& out, std::string_view name, const LengthStatistics& lengths) {
  write_key(out, name);
  out.StartObject();
  write_number(out, "min", lengths.least);
  write_number(out, "max", lengths.most);
  write_float(out, "mean", lengths.mean);
  out.EndObject();
}

void write_sample(Writer& out, const ColumnStatistics& column) {
  write_key(out, "sample");
  out.StartObject();
  write_key(out, "sampled");
  out.Bool(column.sampled);
  write_number(out, "values", column.sample_values);
  if (column.mean) write_float(out, "mean", *column.mean);
  if (column.deviation) write_float(out, "deviation", *column.deviation);
  if (!column.quantiles.empty()) {
    write_key(out, "quantiles");
    out.StartObject();
    for (std::size_t k = 0; k < kQuantiles.size(); ++k) {
      write_key(out, kQuantiles[k].first);
      write_scalar(out, column.quantiles[k]);
    }
    out.EndObject();
  }
  if (column.histogram) {
    write_key(out, "histogram");
    out.StartObject();
    write_float(out, "from", column.histogram->from);
    write_float(out, "to", column.histogram->to);
    write_key(out, "counts");
    out.StartArray();
    for (const std::uint64_t count : column.histogram->counts) out.Uint64(count);
    out.EndArray();
    out.EndObject();
  }
  if (!column.top.empty()) {
    write_key(out, "top");
    out.StartArray();
    for (const auto& [value, count] : column.top) {
      out.StartObject();
      write_key(out, "value");
      write_scalar(out, value);
      write_number(out, "count", count);
      out.EndObject();
    }
    out.EndArray();
  }
  out.EndObject();
}

void write_column(Writer& out, const ColumnStatistics& column) {
  out.StartObject();
  write_key(out, "path");
  write_text(out, column.path);
  write_key(out, "type");
  write_text(out, column.type);
  if (!column.kinds.empty()) {
    write_key(out, "kinds");
    out.StartObject();
    for (const auto& [kind, count] : column.kinds) write_number(out, kind, count);
    out.EndObject();
  }
  write_number(out, "values", column.values);
  write_number(out, "nulls", column.nulls);
  write_number(out, "absent", column.absent);
  if (column.distinct) {
    write_number(out, "distinct", *column.distinct);
    write_key(out, "distinct_exact");
    out.Bool(column.distinct_exact);
  }
  if (column.least) {
    write_key(out, "min");
    write_scalar(out, *column.least);
  }
  if (column.most) {
    write_key(out, "max");
    write_scalar(out, *column.most);
  }
  if (column.length) write_lengths(out, "length", *column.length);
  if (column.elements) write_lengths(out, "elements", *column.elements);
  if (column.sample_values > 0) write_sample(out, column);
  out.EndObject();
}

}  // namespace

std::string statistics_json(const std::vector<ProductStatistics>& products) {
  rapidjson::StringBuffer buffer;
  Writer out(buffer);
  out.StartObject();
  write_key(out, "format");
  write_text(out, kFormat);
  write_key(out, "version");
  out.Int(kFormatVersion);
  write_key(out, "products");
  out.StartArray();
  for (const ProductStatistics& product : products) {
    out.StartObject();
    write_key(out, "name");
    write_text(out, product.name);
    write_number(out, "records", product.records);
    write_key(out, "has_deeper");
    out.Bool(product.has_deeper);
    write_key(out, "columns");
    out.StartArray();
    for (const ColumnStatistics& column : product.columns) write_column(out, column);
    out.EndArray();
    out.EndObject();
  }
  out.EndArray();
  out.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace mimus::statistics
