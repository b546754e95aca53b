#include "target/workbook_check.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>
#include <string>
#include <string_view>

namespace mimus {
namespace {

using Reader = std::unique_ptr<archive, decltype(&archive_read_free)>;

constexpr std::size_t kPiece = std::size_t{64} << 10U;

std::unexpected<Diagnostic> not_whole(const std::filesystem::path& file, const std::string& why) {
  return fail("output.write", "cannot write '" + file.string() + "': " + why, "is there room on the disk?");
}

std::string error_of(archive* reader) {
  const char* text = archive_error_string(reader);
  return text == nullptr ? "the archive cannot be read" : text;
}

struct Part {
  std::uint64_t size = 0;
  std::string start, end;  // its first bytes and its last ones
};

Result<Part> read_part(archive* reader, const std::filesystem::path& file, std::span<char> piece) {
  constexpr std::size_t kStart = 1024, kEnd = 64;
  Part part;
  while (true) {
    const la_ssize_t size = archive_read_data(reader, piece.data(), piece.size());
    if (size < 0) return not_whole(file, error_of(reader));
    if (size == 0) return part;
    const std::string_view bytes(piece.data(), static_cast<std::size_t>(size));
    part.size += bytes.size();
    if (part.start.size() < kStart) part.start += bytes.substr(0, kStart - part.start.size());
    part.end += bytes.substr(bytes.size() - std::min(bytes.size(), kEnd));
    part.end.erase(0, part.end.size() - std::min(part.end.size(), kEnd));
  }
}

// True when the outermost element of the XML is closed at its end.
bool is_closed(const Part& part) {
  std::size_t at = part.start.find("?>");
  if (at == std::string::npos) return false;
  at = part.start.find('<', at);
  if (at == std::string::npos) return false;
  const std::string name = part.start.substr(at + 1, part.start.find_first_of(" >", at) - at - 1);
  const std::string_view end = std::string_view(part.end).substr(0, part.end.find_last_not_of('\n') + 1);
  return end.ends_with("</" + name + ">");
}

// k of "xl/worksheets/sheet<k+1>.xml", or a number that no sheet has.
std::size_t sheet_of(std::string_view name) {
  constexpr std::string_view kSheet = "xl/worksheets/sheet";
  std::size_t number = 0;
  if (name.starts_with(kSheet)) std::from_chars(name.data() + kSheet.size(), name.data() + name.size(), number);
  return number - 1;
}

}  // namespace

Status check_workbook(const std::filesystem::path& file, std::span<const std::uint64_t> sheet_sizes) {
  const Reader reader(archive_read_new(), archive_read_free);
  archive_read_support_format_zip(reader.get());
  if (archive_read_open_filename(reader.get(), file.c_str(), kPiece) != ARCHIVE_OK) {
    return not_whole(file, error_of(reader.get()));
  }
  std::array<char, kPiece> piece{};
  std::size_t sheets = 0;
  archive_entry* entry = nullptr;
  int next = ARCHIVE_OK;
  while ((next = archive_read_next_header(reader.get(), &entry)) == ARCHIVE_OK) {
    const char* path = archive_entry_pathname(entry);
    const std::string name = path == nullptr ? "" : path;
    MIMUS_ASSIGN(const Part part, read_part(reader.get(), file, piece));
    const std::size_t sheet = sheet_of(name);
    const bool is_sheet = sheet < sheet_sizes.size();
    sheets += is_sheet ? 1 : 0;
    if (!is_closed(part) || (is_sheet && part.size < sheet_sizes[sheet])) {
      return not_whole(file, "its part '" + name + "' is not whole");
    }
  }
  if (next != ARCHIVE_EOF) return not_whole(file, error_of(reader.get()));
  return sheets == sheet_sizes.size() ? Status() : not_whole(file, "a sheet is missing");
}

}  // namespace mimus
