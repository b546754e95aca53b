// Files of values or rows with weights.
//
// A weight is a number of 0 or more; at least one is above 0. All functions fail with what open_text() fails with
// (source_text.h), and with source.weight, whose message begins with the file and line.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/file.h"
#include "base/result.h"
#include "data/value.h"
#include "source/file_options.h"

namespace mimus {

struct WeightedValues {
  std::vector<std::string> values;
  std::vector<double> weights;  // finite, not negative, with a positive sum
  Diagnostics warnings;
};

// `*.wgt.csv`: no header, value and weight a line; no weight counts as 1. Values are texts.
[[nodiscard]] Result<WeightedValues> read_weights(const fs::path& file, const FileOptions& options,
                                                  std::string_view shown_name);

// `*.optl.csv`: no header, a value a line, some with a weight: their share of 1, or of 100 when the weights add up to
// more than 1. Values without one share equally what is left; all are equal when none has one.
[[nodiscard]] Result<WeightedValues> read_options(const fs::path& file, const FileOptions& options,
                                                  std::string_view shown_name);

struct WeightedRows {
  std::vector<Value> rows;  // maps of texts, without the weight
  std::vector<double> weights;
  Diagnostics warnings;
};

// `*.wgt.ent.csv`: a header, and rows with a column of weights. Rows too short to have a weight are skipped.
[[nodiscard]] Result<WeightedRows> read_weighted_rows(const fs::path& file, const FileOptions& options,
                                                      std::string_view weight_column, std::string_view shown_name);

}  // namespace mimus
