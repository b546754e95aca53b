#include "source/filtered.h"

#include <algorithm>

namespace mimus {

void FilteredSource::read(std::span<const std::uint64_t> rows, Record& out) const {
  std::vector<std::uint64_t> places(rows.size());
  std::ranges::transform(rows, places.begin(), [&](std::uint64_t row) { return kept_[row]; });
  all_->read(places, out);
}

std::uint64_t FilteredSource::kept_before(std::uint64_t row) const {
  return static_cast<std::uint64_t>(std::ranges::lower_bound(kept_, row) - kept_.begin());
}

bool FilteredSource::is_kept(std::uint64_t row) const { return std::ranges::binary_search(kept_, row); }

}  // namespace mimus
