// NumberDigits: a number in the place of random draws, so that a value can be made from its number.
//
// What writes a value asks for draws below n1, n2 …. When these are always the same, and other draws give other values,
// the draws are the digits of a number with the places n1, n2 …, the last draw its lowest one: each number has a value
// of its own. One value, one thread.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace mimus {

// The places of the digits, as far as their product stays at or below kMostOfDigits; later draws are random.
struct DigitPlaces {
  std::vector<std::uint64_t> radices;
  std::uint64_t size = 1;  // how many numbers there are
};
inline constexpr std::uint64_t kMostOfDigits = std::uint64_t{1} << 62U;

class NumberDigits {
 public:
  // Finds the places out: every draw is 0.
  NumberDigits() = default;
  // The digits of a number below places.size.
  NumberDigits(const DigitPlaces& places, std::uint64_t number);

  // The next digit, which is below n; nullopt: there are no more, the draw is a random one.
  [[nodiscard]] std::optional<std::uint64_t> take(std::uint64_t n);
  // The number has no value.
  void reject() { is_rejected_ = true; }
  [[nodiscard]] bool is_rejected() const { return is_rejected_; }
  [[nodiscard]] const DigitPlaces& places() const { return places_; }

 private:
  bool measures_ = true;
  bool is_full_ = false;
  bool is_rejected_ = false;
  DigitPlaces places_;                 // while it measures
  std::vector<std::uint64_t> digits_;  // otherwise
  std::size_t next_ = 0;
};

}  // namespace mimus
