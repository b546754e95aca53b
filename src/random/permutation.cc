#include "random/permutation.h"

#include <cmath>
#include <numeric>
#include <utility>

namespace mimus {
namespace {

constexpr std::uint64_t kTableLimit = 4096;
constexpr std::uint32_t kRounds = 8;

// The least a with a * a >= n, in integers only.
std::uint64_t root_above(std::uint64_t n) {
  std::uint64_t low = 1, high = std::uint64_t{1} << 32U;
  while (low < high) {
    const std::uint64_t middle = low + (high - low) / 2;
    if (middle * middle >= n && middle < (std::uint64_t{1} << 32U)) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

}  // namespace

Permutation::Permutation(Stream stream, Row pass, std::uint64_t n) : n_(n) {
  if (n <= kTableLimit) {
    table_.resize(n);
    std::iota(table_.begin(), table_.end(), 0U);
    for (std::uint64_t i = 0; i + 1 < n; ++i) {
      const std::uint64_t j = i + bounded(stream.draw(pass, static_cast<std::uint32_t>(i)), n - i);
      std::swap(table_[i], table_[j]);
    }
    return;
  }
  rounds_ = Stream(stream.draw(pass, 0));
  a_ = root_above(n);
  b_ = (n + a_ - 1) / a_;
}

// x = l * b + r with l < a, r < b. Rounds change the two halves in turn, by addition modulo their size.
std::uint64_t Permutation::encrypt(std::uint64_t x) const {
  std::uint64_t l = x / b_;
  std::uint64_t r = x % b_;
  for (std::uint32_t round = 0; round < kRounds; ++round) {
    if ((round & 1U) == 0) {
      l = (l + bounded(rounds_.draw({r, round}), a_)) % a_;
    } else {
      r = (r + bounded(rounds_.draw({l, round}), b_)) % b_;
    }
  }
  return l * b_ + r;
}

std::uint64_t Permutation::operator()(std::uint64_t i) const {
  if (!table_.empty()) return table_[i];
  std::uint64_t x = encrypt(i);
  while (x >= n_) x = encrypt(x);
  return x;
}

}  // namespace mimus
