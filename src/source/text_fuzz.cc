// Any bytes as a file of any encoding, as it is or compressed: UTF-8 or a finding, the same in memory and in a file.
#include <array>
#include <cstdint>

#include "base/text.h"
#include "source/fuzz_file.h"
#include "source/source_text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  constexpr std::array<const char*, 3> kExtensions = {"", ".gz", ".zst"};
  constexpr std::array<const char*, 5> kEncodings = {"", "", "utf-8", "utf-16", "windows-1253"};
  const mimus::FuzzFile file({reinterpret_cast<const char*>(data) + 1, size - 1}, kExtensions[data[0] % 3]);
  mimus::FileOptions options{.encoding = kEncodings[data[0] / 3 % 5], .max_bytes = 1U << 20U};
  const auto text = mimus::open_text(file.path(), options, "fuzz");
  if (!text) {
    if (text.error().code.empty()) std::abort();
    return 0;
  }
  const std::string_view view = (*text)->view();
  if (!mimus::is_utf8(view)) std::abort();
  options.load_bytes = 0;
  const auto large = mimus::open_text(file.path(), options, "fuzz");
  if (!large) std::abort();
  // A large plain file is checked by who reads it.
  if (!(*large)->is_checked()) return 0;
  std::string all((*large)->size(), 0);
  if (!(*large)->read_at(0, all) || all != view) std::abort();
  return 0;
}
