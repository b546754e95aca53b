#include "contract/python_random.h"

#include <algorithm>
#include <array>
#include <bit>

namespace mimus::contract {
namespace {

// The state of init_by_array, in the dress of a seed sequence. The key is the seed's words, the low one first; a seed
// of 0 has one.
class ArraySeed {
 public:
  using result_type = std::uint32_t;

  explicit ArraySeed(std::uint64_t seed)
      : key_{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32U)},
        length_(key_[1] == 0 ? 1 : 2) {}

  template <class Iterator>
  void generate(Iterator first, Iterator last) const {
    constexpr std::size_t kWords = 624;
    std::array<std::uint32_t, kWords> state{};
    state[0] = 19650218U;
    for (std::uint32_t i = 1; i < kWords; ++i) state[i] = 1812433253U * mixed(state[i - 1]) + i;
    std::size_t place = 1;
    const auto advance = [&] {
      if (++place == kWords) {
        state[0] = state[kWords - 1];
        place = 1;
      }
    };
    for (std::size_t step = 0; step < kWords; ++step) {
      const auto j = static_cast<std::uint32_t>(step % length_);
      state[place] = (state[place] ^ (mixed(state[place - 1]) * 1664525U)) + key_[j] + j;
      advance();
    }
    for (std::size_t step = 1; step < kWords; ++step) {
      state[place] = (state[place] ^ (mixed(state[place - 1]) * 1566083941U)) - static_cast<std::uint32_t>(place);
      advance();
    }
    state[0] = 0x80000000U;
    std::copy(state.begin(), state.begin() + (last - first), first);
  }

 private:
  static std::uint32_t mixed(std::uint32_t word) { return word ^ (word >> 30U); }

  std::array<std::uint32_t, 2> key_;
  std::size_t length_;
};

}  // namespace

PythonRandom::PythonRandom(std::uint64_t seed) {
  ArraySeed state(seed);
  words_.seed(state);
}

double PythonRandom::unit() {
  const std::uint64_t high = word() >> 5U;
  const std::uint64_t low = word() >> 6U;
  return static_cast<double>(high << 26U | low) * 0x1p-53;
}

std::uint64_t PythonRandom::bits(unsigned count) {
  if (count <= 32) return word() >> (32U - count);
  const std::uint64_t low = word();
  return low | static_cast<std::uint64_t>(word() >> (64U - count)) << 32U;
}

std::uint64_t PythonRandom::below(std::uint64_t count) {
  const auto width = static_cast<unsigned>(std::bit_width(count));
  std::uint64_t drawn = bits(width);
  while (drawn >= count) drawn = bits(width);
  return drawn;
}

std::int64_t PythonRandom::between(std::int64_t first, std::int64_t last) {
  return first + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(last - first) + 1));
}

}  // namespace mimus::contract
