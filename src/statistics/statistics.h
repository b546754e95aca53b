// Statistics of records, as they are read, shown, compared and stored: plain structs, and their JSON document.
//
// docs/reference/statistics.md tells the format. Pure, thread-safe.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "data/value.h"

namespace mimus::statistics {

class RecordSketch;

inline constexpr std::string_view kFormat = "mimus.statistics";
inline constexpr int kFormatVersion = 1;
inline constexpr std::size_t kBins = 20;
inline constexpr std::size_t kMostBins = 1000;  // of documents that are read
inline constexpr std::size_t kMostTop = 20;
// In this order in all lists of quantiles.
inline constexpr std::array<std::pair<std::string_view, double>, 7> kQuantiles = {
    {{"p01", 0.01}, {"p05", 0.05}, {"p25", 0.25}, {"p50", 0.5}, {"p75", 0.75}, {"p95", 0.95}, {"p99", 0.99}}};

struct LengthStatistics {
  std::uint64_t least = 0, most = 0;
  double mean = 0;
};

// Bins of one width between two numbers (of times: microseconds), the last one closed.
struct Histogram {
  double from = 0, to = 0;
  std::vector<std::uint64_t> counts;
};

struct ColumnStatistics {
  std::string path;  // "address.city", "items[].price"
  std::string type;  // a kind, "mixed", or "null"; integers and floats together are "float"
  std::vector<std::pair<std::string, std::uint64_t>> kinds;  // of a mixed column: how many of each
  // Exact.
  std::uint64_t values = 0, nulls = 0, absent = 0;
  std::optional<Value> least, most;          // a number, text or truth; times as texts in ISO 8601
  std::optional<LengthStatistics> length;    // of texts, in characters
  std::optional<LengthStatistics> elements;  // of lists
  // Different values: exact, or about.
  std::optional<std::uint64_t> distinct;
  bool distinct_exact = false;
  // Of the sample: all values, or those of rows that were chosen.
  bool sampled = false;
  std::uint64_t sample_values = 0;
  std::optional<double> mean, deviation;             // of numbers
  std::vector<Value> quantiles;                      // of numbers and times; empty, or one for each of kQuantiles
  std::optional<Histogram> histogram;                // of numbers and times
  std::vector<std::pair<Value, std::uint64_t>> top;  // most frequent first, then in their order
};

struct ProductStatistics {
  std::string name;
  std::uint64_t records = 0;
  bool has_deeper = false;  // dicts and lists in it were too deep, or too many
  std::vector<ColumnStatistics> columns;
};

// `name` is free. Takes the sketch, whose samples are sorted where they are.
[[nodiscard]] ProductStatistics summarise(RecordSketch sketch, std::string name);

[[nodiscard]] std::string statistics_json(const std::vector<ProductStatistics>& products);
// Fails with statistics.format (it is no such document, or of a later version), json.syntax, json.depth.
[[nodiscard]] Result<std::vector<ProductStatistics>> parse_statistics(std::string_view json,
                                                                      std::string_view shown_name);
[[nodiscard]] bool is_statistics(const Value& document);
[[nodiscard]] Result<std::vector<ProductStatistics>> read_statistics(const Value& document,
                                                                     std::string_view shown_name);

}  // namespace mimus::statistics
