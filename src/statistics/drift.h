// What differs between the statistics of two runs: products and columns that came and went, and of those in both what
// has changed, with a measure of how far the values have drifted.
//
// Pure, thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "statistics/statistics.h"

namespace mimus::statistics {

enum class Fate : std::uint8_t { Same, Changed, Added, Removed };
[[nodiscard]] std::string_view fate_name(Fate fate);  // "same", "changed", "added", "removed"

// One figure that differs; null where a side has none.
struct Change {
  std::string what;  // "nulls", "max", "p50", "length.max", …
  Value before, after;
};

struct ColumnDrift {
  std::string path;
  Fate fate = Fate::Same;
  std::vector<Change> changes;
  // The population stability index: the sum over bins of (p - q) ln(p / q), where p and q are the shares of the two
  // sides (N. Siddiqi, "Credit Risk Scorecards", 2006): below 0.1 little has changed, above 0.25 much. The bins are
  // those of the first side's histogram, or the frequent values of both and the rest; missing values are a bin, too. A
  // share of nothing counts as 0.0001. Of columns of one type on both sides.
  std::optional<double> stability_index;
};

struct ProductDrift {
  std::string name;
  Fate fate = Fate::Same;
  std::optional<std::uint64_t> records_before, records_after;
  std::size_t columns = 0;           // of both sides together
  std::vector<ColumnDrift> changed;  // those that are not the same, in the order of the sides
};

struct Drift {
  bool is_same = true;
  std::vector<ProductDrift> products;
};

[[nodiscard]] Drift find_drift(const std::vector<ProductStatistics>& before,
                               const std::vector<ProductStatistics>& after);

// Two documents to one that tells how they differ (docs/reference/statistics.md). Fails as parse_statistics() does.
[[nodiscard]] Result<std::string> diff_statistics(std::string_view before, std::string_view after);
[[nodiscard]] std::string drift_json(const Drift& drift);

}  // namespace mimus::statistics
