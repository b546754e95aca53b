#include "descriptor/source_name.h"

#include <array>
#include <utility>

namespace mimus {

SourceName read_source_name(std::string_view name) {
  // Longer extensions first: ".wgt.csv" is a ".csv" too. "wgt.csv" needs no dot before it.
  constexpr std::array<std::pair<std::string_view, SourceFormat>, 8> kExtensions = {{
      {"wgt.ent.csv", SourceFormat::WeightedRows},
      {"wgt.csv", SourceFormat::Weights},
      {"optl.csv", SourceFormat::Options},
      {".csv", SourceFormat::Csv},
      {".json", SourceFormat::Json},
      {".ndjson", SourceFormat::JsonLines},
      {".jsonl", SourceFormat::JsonLines},
      {".xml", SourceFormat::Xml},
  }};
  SourceName out;
  for (const std::string_view extension : {".gz", ".zst"}) {
    if (!name.ends_with(extension)) continue;
    name.remove_suffix(extension.size());
    out.compressed = true;
    break;
  }
  for (const auto& [extension, format] : kExtensions) {
    if (!name.ends_with(extension)) continue;
    out.format = format;
    return out;
  }
  return {};
}

}  // namespace mimus
