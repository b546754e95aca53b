#include "source/file.h"

#include <algorithm>

#include "base/text.h"

namespace mimus {
namespace {

// The first line, from 1, that is not UTF-8.
std::size_t bad_line(std::string_view text) {
  std::size_t number = 1;
  for (const std::string_view line : split(text, '\n')) {
    if (!is_utf8(line)) break;
    ++number;
  }
  return number;
}

}  // namespace

Result<MappedFile> open_source_file(const fs::path& file, std::string_view shown_name) {
  std::error_code error;
  const fs::file_status status = fs::status(file, error);
  const std::string name = "'" + std::string(shown_name) + "'";
  if (!fs::exists(status)) {
    return fail("source.not_found", "source file not found: " + name,
                "paths are relative to the main descriptor's folder");
  }
  if (!fs::is_regular_file(status)) return fail("source.not_found", "source " + name + " is no file");
  auto mapped = MappedFile::open(file);
  if (!mapped) return fail("source.unreadable", "cannot read " + name + ": " + mapped.error().message);
  return mapped;
}

Result<std::string_view> utf8_text(std::string_view bytes, std::string_view shown_name) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  if (is_utf8(bytes)) return bytes;
  return fail("source.encoding",
              "'" + std::string(shown_name) + "' is not UTF-8 in line " + std::to_string(bad_line(bytes)),
              "save it as UTF-8");
}

}  // namespace mimus
