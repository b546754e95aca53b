// How the bytes of a source file are read.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace mimus {

// How the rows of a large text are looked for.
struct IndexOptions {
  int threads = 0;                         // 0: one a core
  std::uint64_t piece_bytes = 16U << 20U;  // that a thread takes at a time
  std::uint64_t entry_bytes = 16U << 10U;  // at least, between the places that are remembered
};

struct FileOptions {
  char separator = '|';
  // False: a default, which gives way to another one that the file clearly has.
  bool separator_is_given = true;
  // A name such as "windows-1252"; empty: told by the bytes.
  std::string encoding;
  // Of text, after decompression and conversion.
  std::uint64_t max_bytes = std::uint64_t{64} << 30U;
  // Larger texts are not loaded: their rows are found by an index and read when they are asked for.
  std::uint64_t load_bytes = std::uint64_t{64} << 20U;
  // Where decompressed and converted texts beyond `load_bytes` go (into files without a name); empty: the system's
  // folder of temporary files.
  std::filesystem::path work_folder;
  IndexOptions index;
};

}  // namespace mimus
