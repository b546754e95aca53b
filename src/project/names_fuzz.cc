// Names of files from any bytes: what is accepted keeps every promise of names.h.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/text.h"
#include "project/names.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace mimus;  // NOLINT: one function
  const std::string_view name(reinterpret_cast<const char*>(data), size);
  const auto checked = project::check_file_name(name);
  if (!checked) {
    require(checked.error().code == "file.bad_name" && is_utf8(checked.error().message));
    return 0;
  }
  require(is_utf8(*checked) && checked->size() <= 1024 && escape_controls(*checked).find("\\x") == std::string::npos);
  require(project::check_file_name(*checked) == *checked);
  const auto segments = split(*checked, '/');
  for (const std::string_view segment : segments) {
    require(!segment.empty() && segment != "." && segment != ".." && segment.size() <= 255);
  }
  // The key has the same folders: they are looked for by key.
  const std::string key = project::file_key(*checked);
  const auto folded = split(key, '/');
  require(folded.size() == segments.size());
  for (const std::string_view segment : folded) require(!segment.empty());
  require(checked->ends_with(project::file_extension(*checked)));
  require(!project::media_type(*checked).empty());
  return 0;
}
