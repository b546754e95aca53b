#include "cli/file_statistics.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <optional>

#include "base/text.h"
#include "base/time.h"
#include "data/json.h"
#include "source/source.h"
#include "source/xml.h"
#include "statistics/hashes.h"
#include "statistics/record_sketch.h"

namespace mimus::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kBatchRows = 2048;
constexpr std::uint64_t kMostStatisticsBytes = std::uint64_t{256} << 20U;

// "csv" of "a.csv" and of "a.csv.gz".
std::string kind_of(const fs::path& file) {
  fs::path name = file.filename();
  constexpr std::array<std::string_view, 3> kPacked = {".gz", ".zst", ".zip"};
  if (std::ranges::find(kPacked, name.extension().string()) != kPacked.end()) name = name.stem();
  std::string extension = name.extension().string();
  return extension.empty() ? extension : extension.substr(1);
}

Result<std::shared_ptr<const Source>> open_rows(const fs::path& file, const ReadAs& read_as) {
  FileOptions options;
  options.separator = read_as.separator.empty() ? ',' : read_as.separator.front();
  options.separator_is_given = !read_as.separator.empty();
  options.encoding = read_as.encoding;
  const std::string name = file.filename().string();
  const std::string kind = kind_of(file);
  if (kind == "xml") return open_xml(file, options, name);
  if (kind == "json" || kind == "ndjson" || kind == "jsonl") {
    MIMUS_ASSIGN(auto json, kind == "json" ? open_json(file, options, name) : open_json_lines(file, options, name));
    return json.rows;
  }
  if (kind != "csv") {
    return fail("source.kind",
                "'" + name + "' is none of .csv, .json, .ndjson, .jsonl and .xml, so that it cannot be read");
  }
  MIMUS_ASSIGN(auto csv, open_csv(file, options, name));
  return csv.rows;
}

// What the texts of a column may all be, the narrowest first.
enum class Cells : std::uint8_t { Int, Float, Bool, Time, Text };

// A number as a program writes it: "007" and "+1" are texts.
bool is_plain_number(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  return !text.empty() && text.front() >= '0' && text.front() <= '9' &&
         (text.size() == 1 || text.front() != '0' || text[1] == '.');
}

std::optional<Value> cell_as(std::string_view text, Cells cells) {
  switch (cells) {
    case Cells::Int: {
      const auto number = is_plain_number(text) ? parse_int(text) : std::nullopt;
      return number ? std::optional(Value(*number)) : std::nullopt;
    }
    case Cells::Float: {
      const auto number = is_plain_number(text) ? parse_float(text) : std::nullopt;
      return number ? std::optional(Value(*number)) : std::nullopt;
    }
    case Cells::Bool:
      if (text == "True" || text == "true") return Value(true);
      return text == "False" || text == "false" ? std::optional(Value(false)) : std::nullopt;
    case Cells::Time: {
      const auto time = text.size() >= 10 && text[4] == '-' ? parse_rfc3339(text) : std::nullopt;
      if (!time) return std::nullopt;
      return text.size() == 10 ? Value(Date{day_of(*time)}) : Value(*time);
    }
    case Cells::Text:
      return Value(std::string(text));
  }
  return std::nullopt;
}

// Reads the rows in batches; `take` gets each, with the number of its first row.
template <class Take>
void read_batches(const Source& source, Take take) {
  Record batch;
  batch.has_base = source.has_base();
  for (const std::string& name : source.names()) batch.fields.push_back({name, {}});
  std::vector<std::uint64_t> rows;
  for (std::uint64_t first = 0; first < source.length(); first += kBatchRows) {
    rows.resize(std::min<std::uint64_t>(kBatchRows, source.length() - first));
    std::iota(rows.begin(), rows.end(), first);
    batch.rows = rows.size();
    source.read(rows, batch);
    take(batch, first);
  }
}

std::string_view text_at(const Column& column, std::size_t row) {
  return column.form == Form::Dictionary ? column.dictionary->texts[column.indices[row]]
                                         : column.texts[column.form == Form::Constant ? 0 : row];
}

bool has_text(const Column& column, std::size_t row) {
  return column.type == Type::String && column.is_present(row) && column.is_valid(row);
}

// What the texts of each column are.
std::vector<Cells> find_cells(const Source& source) {
  std::vector<Cells> out(source.names().size(), Cells::Int);
  std::vector<bool> has_any(out.size(), false);
  read_batches(source, [&](const Record& batch, std::uint64_t) {
    for (std::size_t c = 0; c < out.size(); ++c) {
      const Column& column = batch.fields[c].column;
      for (std::size_t row = 0; row < batch.rows && out[c] != Cells::Text; ++row) {
        if (!has_text(column, row) || text_at(column, row).empty()) continue;
        // What does not fit a kind does not fit those before it, but for integers, which are floats too.
        while (!cell_as(text_at(column, row), out[c])) {
          out[c] = has_any[c] && out[c] != Cells::Int ? Cells::Text : static_cast<Cells>(static_cast<int>(out[c]) + 1);
        }
        has_any[c] = true;
      }
    }
  });
  for (std::size_t c = 0; c < out.size(); ++c) {
    if (!has_any[c]) out[c] = Cells::Text;
  }
  return out;
}

void convert(Column& column, std::size_t rows, Cells cells) {
  std::vector<Value> values(rows);
  std::vector<std::uint8_t> present(rows, 1);
  for (std::size_t row = 0; row < rows; ++row) {
    present[row] = column.is_present(row) ? 1 : 0;
    if (has_text(column, row)) values[row] = cell_as(text_at(column, row), cells).value_or(Value());
  }
  column = Column();
  column.type = Type::Dynamic;
  column.size = rows;
  column.values = std::move(values);
  column.present = std::move(present);
}

statistics::RecordSketch sketch_rows(const Source& source, const std::vector<Cells>& cells) {
  statistics::RecordSketch out(std::make_shared<statistics::SampleLevel>(source.length()));
  std::vector<std::uint64_t> hashes;
  read_batches(source, [&](Record& batch, std::uint64_t first) {
    for (std::size_t c = 0; c < cells.size(); ++c) {
      if (cells[c] != Cells::Text) convert(batch.fields[c].column, batch.rows, cells[c]);
    }
    hashes.resize(batch.rows);
    statistics::mix_rows(first, hashes);
    out.add(batch, hashes, first);
  });
  return out;
}

// The statistics in a document of them; nullopt when the file is none.
Result<std::optional<std::vector<statistics::ProductStatistics>>> read_document(const fs::path& file) {
  const std::string name = file.filename().string();
  std::error_code error;
  if (kind_of(file) != "json" || fs::file_size(file, error) > kMostStatisticsBytes || error) return std::nullopt;
  MIMUS_ASSIGN(const std::string text, read_file(file));
  if (text.find(statistics::kFormat) == std::string::npos) return std::nullopt;
  MIMUS_ASSIGN(const Value document, parse_json(text, name));
  if (!statistics::is_statistics(document)) return std::nullopt;
  MIMUS_ASSIGN(auto products, statistics::read_statistics(document, name));
  return std::optional(std::move(products));
}

}  // namespace

bool is_readable(const fs::path& file) {
  constexpr std::array<std::string_view, 5> kKinds = {"csv", "json", "ndjson", "jsonl", "xml"};
  return std::ranges::find(kKinds, kind_of(file)) != kKinds.end();
}

Result<FileStatistics> file_statistics(const fs::path& file, const ReadAs& read_as) {
  MIMUS_ASSIGN(auto known, read_document(file));
  if (known) return FileStatistics{.products = std::move(*known), .is_document = true};
  MIMUS_ASSIGN(const auto rows, open_rows(file, read_as));
  // The texts of other files are meant to be texts.
  const std::vector<Cells> cells = kind_of(file) == "csv" ? find_cells(*rows) : std::vector<Cells>();
  statistics::RecordSketch sketch = sketch_rows(*rows, cells);
  MIMUS_TRY(rows->status());
  FileStatistics out;
  out.products.push_back(statistics::summarise(std::move(sketch), file.filename().string()));
  return out;
}

}  // namespace mimus::cli
