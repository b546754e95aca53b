#include "source/scratch.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <cerrno>
#include <string>

namespace mimus {

Result<Descriptor> make_scratch_file(const fs::path& folder) {
  std::error_code error;
  const fs::path place = folder.empty() ? fs::temp_directory_path(error) : folder;
  fs::create_directories(place, error);
  Descriptor file(open(place.c_str(), O_TMPFILE | O_RDWR | O_EXCL | O_CLOEXEC, 0600));
  if (file) return file;
  // The file system has no files without a name.
  std::string name = (place / ".mimus-scratch-XXXXXX").string();
  file = Descriptor(mkostemp(name.data(), O_CLOEXEC));
  if (!file) {
    return fail("source.scratch", "cannot write to the work folder '" + place.string() + "': " + errno_text(errno),
                "sources that do not fit in memory need space there");
  }
  unlink(name.c_str());
  return file;
}

}  // namespace mimus
