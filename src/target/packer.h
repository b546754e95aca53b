// Packer: what makes the bytes of files out of what an encoder has written: compression, the archive of a workbook.
//
// Files follow one another. One thread at a time; may use threads of its own, which changes no byte.
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>

#include "base/buffer.h"
#include "base/result.h"
#include "base/time.h"

namespace mimus {

struct PackerSettings {
  Timestamp now;    // the run's clock, for files that hold a time
  int threads = 1;  // may work at the same time, the caller's counted in
};

class Packer {
 public:
  virtual ~Packer() = default;

  // A file begins, which is there, and empty; its folder is the run's own, for what must lie on the disk meanwhile. A
  // packer may write its file by itself.
  [[nodiscard]] virtual Status begin(const std::filesystem::path& /*file*/) { return {}; }
  // Takes the next bytes of the file: the frame's, or whole records. What is ready of it is appended to `out`, now or
  // later.
  [[nodiscard]] virtual Status pack(std::string_view bytes, Buffer& out) = 0;
  // Appends the rest of the file. What follows is the next one's begin().
  [[nodiscard]] virtual Status finish(Buffer& out) = 0;
  // What finish() has found that does not end the run.
  [[nodiscard]] virtual std::optional<Diagnostic> take_warning() { return std::nullopt; }
};

}  // namespace mimus
