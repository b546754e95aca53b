// KeyCounts: different byte strings and how often each was added, of any number: in memory, beyond a bound in sorted
// runs in a file without a name. At the end all come in ascending order, by a merge of the runs.
//
// First all keys are added, then they are visited, once. One thread at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/buffer.h"
#include "base/file.h"
#include "base/result.h"

namespace mimus {

class KeyCounts {
 public:
  static constexpr std::size_t kMemory = std::size_t{64} << 20U;

  // `folder`: of the file; see make_scratch_file(). `memory`: bytes that keys in memory may take, about.
  explicit KeyCounts(fs::path folder, std::size_t memory = kMemory) : folder_(std::move(folder)), memory_(memory) {}

  // Fails with source.scratch.
  [[nodiscard]] Status add(std::string_view key, std::uint64_t count = 1);

  // Each key once, in the order of their bytes, with the sum of its counts; ends with the first visit that fails. The
  // key is valid until the visit returns. Fails with source.scratch.
  using Visit = std::function<Status(std::string_view key, std::uint64_t count)>;
  [[nodiscard]] Status visit(const Visit& visit);

  // Bytes that the file holds.
  [[nodiscard]] std::uint64_t spilled() const { return size_; }

 private:
  struct Run {
    std::uint64_t begin = 0, end = 0;
  };

  [[nodiscard]] std::string_view keep(std::string_view key);
  [[nodiscard]] std::vector<std::pair<std::string_view, std::uint64_t>> sorted() const;
  [[nodiscard]] Status spill();
  [[nodiscard]] Status write(Buffer& bytes);
  [[nodiscard]] Status merge(const Visit& visit) const;

  fs::path folder_;
  std::size_t memory_;
  std::unordered_map<std::string_view, std::uint64_t> counts_;  // keys in the blocks
  std::vector<std::unique_ptr<char[]>> blocks_;
  std::span<char> free_;  // of the last block
  std::size_t used_ = 0;
  Descriptor file_;
  std::uint64_t size_ = 0;
  std::vector<Run> runs_;
};

}  // namespace mimus
