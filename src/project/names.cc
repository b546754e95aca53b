#include "project/names.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/text.h"

namespace mimus::project {
namespace {

constexpr std::size_t kSegmentBytes = 255;
constexpr std::size_t kNameBytes = 1024;

constexpr std::string_view kOtherMediaType = "application/octet-stream";

// In order of extension. Nothing here is run by a browser: pages of HTML are shown as their source, images that may
// carry scripts are bytes.
constexpr std::array<std::pair<std::string_view, std::string_view>, 23> kMediaTypes = {{
    {".csv", "text/csv"},
    {".gz", "application/gzip"},
    {".htm", "text/plain"},
    {".html", "text/plain"},
    {".jpeg", "image/jpeg"},
    {".jpg", "image/jpeg"},
    {".json", "application/json"},
    {".jsonl", "application/x-ndjson"},
    {".log", "text/plain"},
    {".md", "text/markdown"},
    {".ndjson", "application/x-ndjson"},
    {".parquet", "application/vnd.apache.parquet"},
    {".pdf", "application/pdf"},
    {".png", "image/png"},
    {".properties", "text/plain"},
    {".py", "text/x-python"},
    {".sql", "application/sql"},
    {".txt", "text/plain"},
    {".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    {".xml", "application/xml"},
    {".yaml", "application/yaml"},
    {".yml", "application/yaml"},
    {".zip", "application/zip"},
}};

constexpr bool is_control(char32_t c) { return c < 0x20 || (c >= 0x7F && c < 0xA0); }

bool has_control(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    if (is_control(next_code_point(text, i))) return true;
  }
  return false;
}

// What is wrong with a name in form NFC, if anything.
std::optional<std::string> objection(std::string_view name) {
  if (name.empty()) return "it is empty";
  if (name.size() > kNameBytes) return "it has more than " + std::to_string(kNameBytes) + " bytes";
  if (has_control(name)) return "it holds a control character";
  if (name.find('\\') != std::string_view::npos) return "it holds a backslash";
  if (name.starts_with('/')) return "it is absolute";
  for (const std::string_view segment : split(name, '/')) {
    if (segment.empty()) return "a part between '/' is empty";
    if (segment == "." || segment == "..") return "a part of it is '" + std::string(segment) + "'";
    if (segment.size() > kSegmentBytes) {
      return "a part between '/' has more than " + std::to_string(kSegmentBytes) + " bytes";
    }
  }
  return std::nullopt;
}

std::unexpected<Diagnostic> bad_name(std::string_view name, const std::string& reason) {
  constexpr std::size_t kShown = 100;
  std::string shown = escape_controls(name.substr(0, kShown));
  if (name.size() > kShown) shown += "…";
  return fail("file.bad_name", "'" + shown + "' cannot be the name of a file: " + reason,
              "names look like 'datamimic.xml' or 'script/person.json'");
}

}  // namespace

Result<std::string> check_file_name(std::string_view name) {
  if (!is_utf8(name)) return bad_name(name, "it is not UTF-8");
  // Composing makes a text shorter by less than this factor: what is longer need not be composed to be refused.
  if (name.size() > 8 * kNameBytes) return bad_name(name, "it has more than " + std::to_string(kNameBytes) + " bytes");
  std::string normal = nfc(name);
  if (const auto reason = objection(normal)) return bad_name(normal, *reason);
  return normal;
}

std::string file_key(std::string_view name) { return fold_case(name); }

std::string_view file_extension(std::string_view name) {
  const std::string_view last = name.substr(name.rfind('/') + 1);  // npos + 1 is 0
  const auto dot = last.rfind('.');
  // ".profile" is a name, and "a." has nothing after its dot.
  if (dot == std::string_view::npos || dot + 1 == last.size() || last.find_first_not_of('.') > dot) return {};
  return last.substr(dot);
}

std::string_view media_type(std::string_view name) {
  std::string extension(file_extension(name));
  for (char& c : extension) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  const auto* const found = std::ranges::find(kMediaTypes, extension, &decltype(kMediaTypes)::value_type::first);
  return found == kMediaTypes.end() ? kOtherMediaType : found->second;
}

}  // namespace mimus::project
