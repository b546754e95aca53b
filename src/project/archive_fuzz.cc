// Any bytes as an archive of a project: it is refused, or what is in it has names that a project's files may have.
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <string>

#include "project/archive.h"
#include "project/names.h"

namespace {

// The bytes at hand.
class Held final : public mimus::store::Bytes {
 public:
  explicit Held(std::string_view bytes) : bytes_(bytes) {}
  [[nodiscard]] std::uint64_t size() const override { return bytes_.size(); }
  [[nodiscard]] mimus::Result<std::size_t> read_at(std::uint64_t offset, std::span<char> out) const override {
    if (offset >= bytes_.size()) return 0;
    return bytes_.copy(out.data(), out.size(), offset);
  }
  [[nodiscard]] int descriptor() const override { return -1; }

 private:
  std::string_view bytes_;
};

mimus::store::Store& store() {
  static mimus::store::Store opened = [] {
    const auto folder = mimus::fs::temp_directory_path() / ("archive-fuzz-" + std::to_string(getpid()));
    auto made = mimus::store::open_store(folder);
    if (!made) std::abort();
    return std::move(*made);
  }();
  return opened;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static mimus::project::Files files(store(), {.file_bytes = 1U << 20U});
  const Held packed({reinterpret_cast<const char*>(data), size});
  const auto content = mimus::project::read_archive(files, packed, {.entries = 100, .bytes = 2U << 20U});
  if (!content) return 0;
  for (const auto& file : content->files) {
    if (mimus::project::check_file_name(file.name) != file.name) std::abort();
  }
  return 0;
}

extern "C" int LLVMFuzzerInitialize(int*, char***) {
  std::atexit([] {
    std::error_code unused;
    mimus::fs::remove_all(store().folder, unused);
  });
  return 0;
}
