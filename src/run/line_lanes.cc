#include "run/line_lanes.h"

#include <algorithm>

#include "base/text.h"

namespace mimus {

Status ConsoleLane::write(const Piece& piece) {
  const std::vector<std::size_t>& ends = piece.ends;
  for (std::size_t first = 0; first < ends.size();) {
    const std::uint64_t in_page = written_ % page_size_;
    if (in_page == 0) MIMUS_TRY(context_.print("\n"));
    const std::size_t count = std::min<std::uint64_t>(ends.size() - first, page_size_ - in_page);
    const std::size_t start = first == 0 ? 0 : ends[first - 1];
    MIMUS_TRY(context_.print(piece.bytes.view().substr(start, ends[first + count - 1] - start)));
    written_ += count;
    first += count;
  }
  return {};
}

Status LogLane::write(const Piece& piece) {
  const std::vector<std::size_t>& ends = piece.ends;
  if (records_ == 0 && piece.records > 0) context_.log(Severity::Note, "LogExporter - Start");
  records_ += piece.records;
  for (std::size_t k = 0; k < ends.size() && shown_ < kShown; ++k, ++shown_) {
    const std::size_t start = k == 0 ? 0 : ends[k - 1];
    std::string_view line = piece.bytes.view().substr(start, ends[k] - start);
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
