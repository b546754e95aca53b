// What the name of a source says about it: the format by its extension, and whether it is compressed.
//
// "people.ent.csv.gz" is a CSV file, compressed. A name without one of the extensions is that of a store or a
// connection. Extensions are read as they are written, in lower case.
#pragma once

#include <string_view>

namespace mimus {

enum class SourceFormat {
  None,          // no file
  Csv,           // .csv, .ent.csv
  WeightedRows,  // .wgt.ent.csv: rows with a column of weights
  Weights,       // .wgt.csv: value and weight a line
  Options,       // .optl.csv: values, some with a weight
  Json,          // .json
  JsonLines,     // .ndjson, .jsonl
  Xml,           // .xml
};

struct SourceName {
  SourceFormat format = SourceFormat::None;
  bool compressed = false;  // .gz or .zst at its end
};

[[nodiscard]] SourceName read_source_name(std::string_view name);

// True for files whose rows are CSV rows with a header.
[[nodiscard]] constexpr bool is_csv_rows(SourceFormat format) {
  return format == SourceFormat::Csv || format == SourceFormat::WeightedRows || format == SourceFormat::Weights ||
         format == SourceFormat::Options;
}

}  // namespace mimus
