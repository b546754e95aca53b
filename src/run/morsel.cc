#include "run/morsel.h"

#include <algorithm>

namespace mimus {
namespace {

// What a morsel should come to, in bytes of output and in rows.
constexpr std::uint64_t kWantedBytes = 1U << 20U;
constexpr std::uint64_t kMostRows = 1U << 16U;
constexpr std::uint64_t kGrowth = 8;  // at most so many times the morsel before

}  // namespace

std::uint64_t MorselResult::bytes() const {
  std::uint64_t bytes = 0;
  for (const ProductPieces& product : products) {
    bytes += product.capture.size();
    for (const Piece& piece : product.targets) bytes += piece.bytes.size();
  }
  return bytes;
}

std::optional<Morsel> MorselQueue::take() {
  std::unique_lock lock(mutex_);
  room_.wait(lock, [&] { return stopped_ || next_row_ >= rows_ || next_number_ < written_ + window_; });
  if (stopped_ || next_row_ >= rows_) return std::nullopt;
  const Morsel morsel{next_number_++, next_row_, std::min(size_, rows_ - next_row_)};
  next_row_ += morsel.count;
  return morsel;
}

void MorselQueue::stop() {
  const std::lock_guard lock(mutex_);
  stopped_ = true;
  room_.notify_all();
}

// The size of the morsels to come, from what this one has made. With the mutex held.
void MorselQueue::adapt(const Morsel& morsel, const MorselResult& result) {
  const std::uint64_t rows = result.products.empty() ? 0 : result.products.back().records;
  if (rows == 0) return;
  const std::uint64_t a_row = result.bytes() / rows + 1;
  const std::uint64_t wanted = std::clamp<std::uint64_t>(kWantedBytes / a_row, 1, kMostRows);
  size_ = std::max<std::uint64_t>(1, std::min(wanted, morsel.count * kGrowth));
}

}  // namespace mimus
