// Lane: where the bytes of one target of one generate go, in the order of the records.
//
// One thread at a time.
#pragma once

#include <cstdint>
#include <vector>

#include "run/context.h"
#include "run/morsel.h"

namespace mimus {

class Lane {
 public:
  virtual ~Lane() = default;

  // Whether write() needs to know where each record ends.
  [[nodiscard]] virtual bool wants_ends() const = 0;
  // True when records appear as they come: those before a failing one too.
  [[nodiscard]] virtual bool is_immediate() const { return true; }
  // Records from this one on (counted from 0) need not be encoded.
  [[nodiscard]] virtual std::uint64_t most_records() const { return UINT64_MAX; }

  // Records as the encoder makes them, each with the separator before it. `piece.records` counts all of them, `ends`
  // those that were encoded, when the lane wants them.
  [[nodiscard]] virtual Status write(const Piece& piece) = 0;
  // After the last record of a generate that has failed: what appears in whole units, appears as far as they go.
  [[nodiscard]] virtual Status settle() { return {}; }
  // After the last record of a generate that has succeeded, before anything of it appears: what may still fail, fails.
  [[nodiscard]] virtual Status complete() { return {}; }
  // After that: what is to appear, appears.
  [[nodiscard]] virtual Status publish(std::vector<Artifact>& artifacts) = 0;
};

}  // namespace mimus
