#include "random/numbered.h"

namespace mimus {

NumberDigits::NumberDigits(const DigitPlaces& places, std::uint64_t number)
    : measures_(false), digits_(places.radices.size()) {
  for (std::size_t k = digits_.size(); k-- > 0; number /= places.radices[k]) digits_[k] = number % places.radices[k];
}

std::optional<std::uint64_t> NumberDigits::take(std::uint64_t n) {
  if (!measures_) {
    if (next_ == digits_.size()) return std::nullopt;
    return digits_[next_++];
  }
  is_full_ = is_full_ || places_.size > kMostOfDigits / n;
  if (!is_full_) {
    places_.radices.push_back(n);
    places_.size *= n;
  }
  return 0;
}

}  // namespace mimus
