// The random numbers of Python's random.Random, to the bit, for what is promised to other implementations.
//
// Algorithm: MT19937 (Matsumoto, Nishimura: "Mersenne Twister", ACM TOMACS 8, 1998), seeded by an array of words (their
// init_by_array of 2002) as CPython seeds it with a whole number. Everything else draws by Stream (random/philox.h).
// One thread at a time.
#pragma once

#include <cstdint>
#include <random>

namespace mimus::contract {

class PythonRandom {
 public:
  // random.Random(seed)
  explicit PythonRandom(std::uint64_t seed);

  // random(): 53 bits, in [0, 1).
  [[nodiscard]] double unit();
  // randrange(count); count > 0.
  [[nodiscard]] std::uint64_t below(std::uint64_t count);
  // randint(first, last): both ends possible; first <= last.
  [[nodiscard]] std::int64_t between(std::int64_t first, std::int64_t last);

 private:
  // getrandbits(count), count 1 … 64.
  [[nodiscard]] std::uint64_t bits(unsigned count);
  [[nodiscard]] std::uint32_t word() { return static_cast<std::uint32_t>(words_()); }

  std::mt19937 words_;
};

}  // namespace mimus::contract
