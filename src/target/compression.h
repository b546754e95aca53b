// Compressed files: gzip (RFC 1952, by zlib) and Zstandard (RFC 8878, by libzstd), one member or frame a file.
#pragma once

#include <memory>

#include "target/packer.h"

namespace mimus {

enum class Compression : std::uint8_t { Gzip, Zstd };

// The levels that a method has; it is slower and the files are smaller towards `most`.
struct CompressionLevels {
  int least, usual, most;
};
[[nodiscard]] CompressionLevels levels_of(Compression compression);
// "gz"
[[nodiscard]] std::string_view extension_of(Compression compression);

[[nodiscard]] std::unique_ptr<Packer> make_compressor(Compression compression, int level,
                                                      const PackerSettings& settings);

}  // namespace mimus
