#include "source/key_counts.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <queue>
#include <string>

#include "source/scratch.h"

namespace mimus {
namespace {

constexpr std::size_t kBlock = std::size_t{1} << 18U;
// What the table needs for a key beside its bytes.
constexpr std::size_t kNode = 64;
// Before each key of a run: its size, its count.
constexpr std::size_t kHead = 4 + 8;

// The keys of one run, through a window on it.
class RunReader {
 public:
  RunReader(int file, std::uint64_t begin, std::uint64_t end, std::size_t window)
      : file_(file), at_(begin), end_(end), window_bytes_(window) {}

  // False at the end of the run.
  [[nodiscard]] Result<bool> next() {
    place_ += taken_;
    taken_ = 0;
    if (place_ == window_.size() && at_ == end_) return false;
    MIMUS_TRY(fill(kHead));
    std::uint32_t size = 0;
    std::memcpy(&size, window_.data() + place_, sizeof size);
    std::memcpy(&count_, window_.data() + place_ + sizeof size, sizeof count_);
    MIMUS_TRY(fill(kHead + size));
    taken_ = kHead + size;
    key_ = std::string_view(window_).substr(place_ + kHead, size);
    return true;
  }
  [[nodiscard]] std::string_view key() const { return key_; }
  [[nodiscard]] std::uint64_t count() const { return count_; }

 private:
  // At least so many bytes from `place_` on are in the window.
  [[nodiscard]] Status fill(std::size_t bytes) {
    if (window_.size() - place_ >= bytes) return {};
    window_.erase(0, place_);
    place_ = 0;
    const std::size_t had = window_.size();
    const std::uint64_t more = std::min<std::uint64_t>(std::max(window_bytes_, bytes) - had, end_ - at_);
    window_.resize(had + more);
    std::size_t done = 0;
    while (done < more) {
      const ssize_t got = pread(file_, window_.data() + had + done, more - done, static_cast<off_t>(at_ + done));
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0)
        return fail("source.scratch", "cannot read the work file again: " + errno_text(got < 0 ? errno : EIO));
      done += static_cast<std::size_t>(got);
    }
    at_ += more;
    if (window_.size() < bytes) return fail("source.scratch", "the work file has lost bytes");
    return {};
  }

  int file_;
  std::uint64_t at_, end_;
  std::size_t window_bytes_;
  std::string window_;
  std::size_t place_ = 0, taken_ = 0;
  std::string_view key_;
  std::uint64_t count_ = 0;
};

void append_entry(Buffer& out, std::string_view key, std::uint64_t count) {
  char* p = out.room(out.end(), kHead + key.size());
  const auto size = static_cast<std::uint32_t>(key.size());
  std::memcpy(p, &size, sizeof size);
  std::memcpy(p + sizeof size, &count, sizeof count);
  if (!key.empty()) std::memcpy(p + kHead, key.data(), key.size());
  out.set_end(p + kHead + key.size());
}

}  // namespace

// The key where it stays until the next spill.
std::string_view KeyCounts::keep(std::string_view key) {
  if (key.size() > free_.size()) {
    const std::size_t size = std::max(kBlock, key.size());
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(size));
    free_ = {blocks_.back().get(), size};
    used_ += size;
  }
  std::ranges::copy(key, free_.begin());
  const std::string_view kept(free_.data(), key.size());
  free_ = free_.subspan(key.size());
  return kept;
}

Status KeyCounts::add(std::string_view key, std::uint64_t count) {
  const auto known = counts_.find(key);
  if (known != counts_.end()) {
    known->second += count;
    return {};
  }
  if (used_ > memory_) MIMUS_TRY(spill());
  counts_.emplace(keep(key), count);
  used_ += kNode;
  return {};
}

std::vector<std::pair<std::string_view, std::uint64_t>> KeyCounts::sorted() const {
  std::vector<std::pair<std::string_view, std::uint64_t>> out(counts_.begin(), counts_.end());
  std::ranges::sort(out);
  return out;
}

Status KeyCounts::write(Buffer& bytes) {
  MIMUS_TRY(write_all(file_.get(), bytes.view()));
  size_ += bytes.size();
  bytes.clear();
  return {};
}

Status KeyCounts::spill() {
  if (!file_) {
    MIMUS_ASSIGN(file_, make_scratch_file(folder_));
  }
  Run run{.begin = size_};
  Buffer bytes;
  for (const auto& [key, count] : sorted()) {
    append_entry(bytes, key, count);
    if (bytes.size() >= kBlock) MIMUS_TRY(write(bytes));
  }
  MIMUS_TRY(write(bytes));
  run.end = size_;
  runs_.push_back(run);
  counts_.clear();
  blocks_.clear();
  free_ = {};
  used_ = 0;
  return {};
}

Status KeyCounts::merge(const Visit& visit) const {
  const std::size_t window = std::clamp<std::size_t>(memory_ / runs_.size(), 4096, std::size_t{1} << 20U);
  std::vector<RunReader> readers;
  readers.reserve(runs_.size());
  const auto later = [&](std::size_t a, std::size_t b) { return readers[a].key() > readers[b].key(); };
  std::priority_queue<std::size_t, std::vector<std::size_t>, decltype(later)> next(later);
  for (const Run& run : runs_) {
    RunReader& reader = readers.emplace_back(file_.get(), run.begin, run.end, window);
    MIMUS_ASSIGN(const bool has_key, reader.next());
    if (has_key) next.push(readers.size() - 1);
  }
  std::string key;
  while (!next.empty()) {
    key = readers[next.top()].key();
    std::uint64_t count = 0;
    while (!next.empty() && readers[next.top()].key() == key) {
      const std::size_t run = next.top();
      next.pop();
      count += readers[run].count();
      MIMUS_ASSIGN(const bool has_key, readers[run].next());
      if (has_key) next.push(run);
    }
    MIMUS_TRY(visit(key, count));
  }
  return {};
}

Status KeyCounts::visit(const Visit& visit) {
  if (runs_.empty()) {
    for (const auto& [key, count] : sorted()) MIMUS_TRY(visit(key, count));
    return {};
  }
  MIMUS_TRY(spill());
  return merge(visit);
}

}  // namespace mimus
