// DistinctSketch: about how many different values there are among very many, in 4 KiB.
//
// HyperLogLog (Flajolet, Fusy, Gandouet, Meunier, "HyperLogLog: the analysis of a near-optimal cardinality estimation
// algorithm", AOFA 2007) over 64-bit hashes, so that no correction for many values is needed (Heule, Nunkesser, Hall,
// "HyperLogLog in practice", EDBT 2013); few values are counted linearly, by the registers that are empty. 4,096
// registers: the standard error is 1.6 %. Merging is commutative: the order of values never matters.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <memory>

namespace mimus::statistics {

// A permutation of 64 bits in which each bit of the result depends on all of the value's (the finalizer of
// MurmurHash3).
[[nodiscard]] constexpr std::uint64_t mix(std::uint64_t value) {
  value = (value ^ (value >> 33U)) * 0xff51afd7ed558ccdU;
  value = (value ^ (value >> 33U)) * 0xc4ceb9fe1a85ec53U;
  return value ^ (value >> 33U);
}

class DistinctSketch {
 public:
  static constexpr unsigned kBits = 12;
  using Registers = std::array<std::uint8_t, 1U << kBits>;

  // For loops over many hashes, each handed to put().
  [[nodiscard]] Registers& registers() {
    if (!registers_) registers_ = std::make_unique<Registers>();
    return *registers_;
  }
  // Without a branch, since most would be guessed wrongly.
  static void put(Registers& registers, std::uint64_t hash) {
    std::uint8_t& own = registers[hash & ((1U << kBits) - 1)];
    const auto rank = static_cast<std::uint8_t>(std::countl_zero(hash | ((1U << kBits) - 1)) + 1);
    own = rank > own ? rank : own;
  }

  void merge(const DistinctSketch& other);
  [[nodiscard]] std::uint64_t estimate() const;

 private:
  std::unique_ptr<Registers> registers_;  // empty: no value yet
};

}  // namespace mimus::statistics
