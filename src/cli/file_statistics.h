// Statistics of the files that sources read.
//
// Pure; no global state.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "statistics/statistics.h"

namespace mimus::cli {

struct ReadAs {
  std::string separator;  // of CSV; empty: told by the file
  std::string encoding;   // empty: told by the bytes
};

struct FileStatistics {
  std::vector<statistics::ProductStatistics> products;
  bool is_document = false;  // that tells of other files
};

// True for .csv, .json, .ndjson, .jsonl and .xml, also packed: those that file_statistics() reads.
[[nodiscard]] bool is_readable(const std::filesystem::path& file);

// The columns of one file, under its own name. Columns of CSV files whose cells all are whole numbers, numbers, truths,
// or dates and times are taken for such, and their empty cells for nulls. A document of statistics gives those in it.
// Fails with source.kind (no such file as above), statistics.format, and with what sources fail with.
[[nodiscard]] Result<FileStatistics> file_statistics(const std::filesystem::path& file, const ReadAs& read_as);

}  // namespace mimus::cli
