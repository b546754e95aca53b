#include "run/line_lanes.h"

#include <algorithm>

#include "base/text.h"

namespace mimus {

Status ConsoleLane::write(std::string_view bytes, std::uint64_t, const std::vector<std::size_t>& ends) {
  for (std::size_t first = 0; first < ends.size();) {
    const std::uint64_t in_page = written_ % page_size_;
    if (in_page == 0) MIMUS_TRY(context_.print("\n"));
    const std::size_t count = std::min<std::uint64_t>(ends.size() - first, page_size_ - in_page);
    const std::size_t start = first == 0 ? 0 : ends[first - 1];
    MIMUS_TRY(context_.print(bytes.substr(start, ends[first + count - 1] - start)));
    written_ += count;
    first += count;
  }
  return {};
}

Status LogLane::write(std::string_view bytes, std::uint64_t records, const std::vector<std::size_t>& ends) {
  if (records_ == 0 && records > 0) context_.log(Severity::Note, "LogExporter - Start");
  records_ += records;
  for (std::size_t k = 0; k < ends.size() && shown_ < kShown; ++k, ++shown_) {
    const std::size_t start = k == 0 ? 0 : ends[k - 1];
    std::string_view line = bytes.substr(start, ends[k] - start);
    if (line.ends_with('\n')) line.remove_suffix(1);
    context_.log(Severity::Note, line);
  }
  return {};
}

Status LogLane::publish(std::vector<Artifact>&) {
  if (records_ == 0) return {};
  if (records_ > shown_) {
    context_.log(Severity::Note, "LogExporter " + name_ + ": " + with_thousands(records_ - shown_) +
                                     " rows are not printed; for all of them take a file, such as CSV or TXT");
  }
  context_.log(Severity::Note, "LogExporter - Close");
  return {};
}

}  // namespace mimus
