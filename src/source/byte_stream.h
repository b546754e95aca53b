// Bytes of a file in order: as they are, or decompressed by the extension (.gz: RFC 1952, any number of members; .zst:
// RFC 8878, any number of frames, windows of at most 128 MiB).
//
// One owner at a time. Hostile input ends with a finding: more than the limit of bytes, or more than kMaxExpansion
// times the compressed bytes once there are kExpansionFree of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "base/file.h"
#include "base/result.h"

namespace mimus {

inline constexpr std::uint64_t kMaxExpansion = 1000;
inline constexpr std::uint64_t kExpansionFree = std::uint64_t{64} << 20U;

enum class Compression : std::uint8_t { None, Gzip, Zstd };

[[nodiscard]] Compression compression_of(const fs::path& file);

class ByteStream {
 public:
  virtual ~ByteStream() = default;
  // Fills the start of `out`, which is not empty; 0: the end. Fails with source.unreadable, source.compressed (damaged
  // or cut off), source.too_large, source.expansion.
  [[nodiscard]] virtual Result<std::size_t> read(std::span<char> out) = 0;
};

// Takes the file, from its first byte. At most `max_bytes` come out.
[[nodiscard]] std::unique_ptr<ByteStream> open_stream(Descriptor file, Compression compression, std::uint64_t max_bytes,
                                                      std::string_view shown_name);

}  // namespace mimus
