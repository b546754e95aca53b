// Permutation: a keyed bijection of 0 … n-1, so that "each once, in random order" needs neither a set nor memory.
//
// Up to 4,096 elements: a table (Fisher-Yates, Knuth, TAOCP vol. 2, algorithm P, forward: the first k elements cost k
// steps). Above: a Feistel network on a × b >= n, a about sqrt(n), with cycle walking (Black and Rogaway, "Ciphers with
// arbitrary finite domains", CT-RSA 2002), eight rounds of Philox. The choice depends on n alone.
//
// Immutable after construction, thread-safe.
#pragma once

#include <cstdint>
#include <vector>

#include "random/philox.h"

namespace mimus {

class Permutation {
 public:
  // The permutation number `pass` of a stream, for n elements (n < 2^63).
  Permutation(Stream stream, Row pass, std::uint64_t n);

  // Where i goes; i < n.
  [[nodiscard]] std::uint64_t operator()(std::uint64_t i) const;

 private:
  [[nodiscard]] std::uint64_t encrypt(std::uint64_t x) const;

  std::uint64_t n_;
  std::uint64_t a_ = 0, b_ = 0;
  Stream rounds_;
  std::vector<std::uint32_t> table_;
};

}  // namespace mimus
