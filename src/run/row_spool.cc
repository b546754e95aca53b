#include "run/row_spool.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "source/scratch.h"
#include "target/row_bytes.h"

namespace mimus {
namespace {

constexpr std::size_t kMemoryBytes = std::size_t{8} << 20U;
constexpr std::size_t kWindowBytes = std::size_t{1} << 20U;

}  // namespace

Status RowSpool::append(std::string_view rows) {
  tail_.append(rows);
  return tail_.size() > kMemoryBytes ? spill() : Status();
}

Status RowSpool::spill() {
  if (!file_) {
    MIMUS_ASSIGN(file_, make_scratch_file(folder_));
  }
  MIMUS_TRY(write_all(file_.get(), tail_.view()));
  file_bytes_ += tail_.size();
  tail_.clear();
  return {};
}

// Makes the window hold so many bytes of the file from where it is read.
Status RowSpool::fill(std::size_t bytes) {
  window_.erase(0, window_at_);
  window_at_ = 0;
  while (window_.size() < bytes) {
    const std::size_t have = window_.size();
    const std::uint64_t left = file_bytes_ - file_read_;
    window_.resize(have + std::min<std::uint64_t>(std::max(kWindowBytes, bytes - have), left));
    const ssize_t got =
        pread(file_.get(), window_.data() + have, window_.size() - have, static_cast<off_t>(file_read_));
    if (got < 0 && errno == EINTR) {
      window_.resize(have);
      continue;
    }
    if (got <= 0) return fail("source.scratch", "cannot read the work folder '" + folder_.string() + "' again");
    window_.resize(have + static_cast<std::size_t>(got));
    file_read_ += static_cast<std::uint64_t>(got);
  }
  return {};
}

Result<std::string_view> RowSpool::next() {
  // The file holds whole rows.
  if (file_read_ < file_bytes_ || window_at_ < window_.size()) {
    if (window_.size() - window_at_ < kRowHead) MIMUS_TRY(fill(kRowHead));
    const std::size_t size = row_size(std::string_view(window_).substr(window_at_));
    if (window_.size() - window_at_ < size) MIMUS_TRY(fill(size));
    const std::string_view row = std::string_view(window_).substr(window_at_, size);
    window_at_ += size;
    return row;
  }
  const std::string_view rest = tail_.view().substr(tail_at_);
  const std::size_t size = row_size(rest);
  tail_at_ += size;
  return rest.substr(0, size);
}

void RowSpool::clear() {
  tail_.clear();
  tail_at_ = 0;
  file_.close();
  file_bytes_ = file_read_ = 0;
  window_.clear();
  window_at_ = 0;
}

Result<bool> SpooledRows::next(std::vector<SqlCell>& cells) {
  if (left_ == 0) return false;
  --left_;
  MIMUS_ASSIGN(const std::string_view row, spool_.next());
  read_row(row, cells);
  return true;
}

}  // namespace mimus
