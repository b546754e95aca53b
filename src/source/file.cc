#include "source/file.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <string>

namespace mimus {

Result<Descriptor> open_source_descriptor(const fs::path& file, std::string_view shown_name, std::uint64_t& bytes) {
  const std::string name = "'" + std::string(shown_name) + "'";
  // Not to wait for the other end of a pipe.
  Descriptor opened(open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!opened && (errno == ENOENT || errno == ENOTDIR)) {
    return fail("source.not_found", "source file not found: " + name,
                "paths are relative to the main descriptor's folder");
  }
  struct stat status{};
  if (!opened || fstat(opened.get(), &status) != 0) {
    return fail("source.unreadable", "cannot read " + name + ": " + errno_text(errno));
  }
  if (!S_ISREG(status.st_mode)) return fail("source.not_found", "source " + name + " is no file");
  bytes = static_cast<std::uint64_t>(status.st_size);
  return opened;
}

}  // namespace mimus
