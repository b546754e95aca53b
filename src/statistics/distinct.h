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
#include <span>

namespace mimus::statistics {

class DistinctSketch {
 public:
  // For loops over many hashes: put() each, a new one for each batch.
  class Writer {
   public:
    explicit Writer(DistinctSketch& sketch);
    // Most hashes of a column with very many values are below all registers, most of one with few change nothing: both
    // are branches that are guessed well.
    void put(std::uint64_t hash) {
      if (hash > limit_) return;
      std::uint8_t& own = registers_[hash & (kRegisters - 1)];
      // A rank is one more than the zero bits before the first one: is it greater than the register's?
      if ((hash >> 1U) >> (63U - own) != 0) return;
      own = static_cast<std::uint8_t>(std::countl_zero(hash | (kRegisters - 1)) + 1);
    }

   private:
    std::uint8_t* registers_;
    std::uint64_t limit_;  // of greater hashes all registers have the rank
  };
  void put(std::span<const std::uint64_t> hashes) {
    Writer writer(*this);
    for (const std::uint64_t hash : hashes) writer.put(hash);
  }
  void put(std::uint64_t hash) { Writer(*this).put(hash); }

  void merge(const DistinctSketch& other);
  [[nodiscard]] std::uint64_t estimate() const;

 private:
  static constexpr std::size_t kRegisters = 4096;  // a power of two
  static constexpr unsigned kRefresh = 64;         // writers, after which the limit is looked for again

  std::unique_ptr<std::array<std::uint8_t, kRegisters>> registers_;  // empty: no value yet
  std::uint64_t limit_ = UINT64_MAX;
  unsigned writers_ = 0;  // since the limit was found
};

}  // namespace mimus::statistics
