#include "run/secrets.h"

#include "base/file.h"
#include "base/text.h"
#include "descriptor/load.h"

namespace mimus {
namespace {

constexpr std::size_t kMostBytes = std::size_t{1} << 20U;  // of a file, as for the descriptors
constexpr std::size_t kMostEntries = 20'000;

bool is_environment(const fs::path& path) {
  return path.parent_path().filename() == "conf" && path.filename().string().ends_with(".env.properties");
}

void add_environment(const fs::path& path, Secrets& secrets) {
  const auto text = read_file(path, kMostBytes);
  if (!text) return;
  // A file with a mistake may hold secrets in its other lines.
  for (const std::string_view line : split(*text, '\n')) {
    const auto entry = parse_properties(line, "");
    if (!entry) continue;
    for (const auto& [name, value] : *entry) secrets.add(name, value);
  }
}

}  // namespace

Secrets find_secrets(const fs::path& folder, const std::vector<Parameter>& parameters) {
  Secrets out;
  for (const auto& [name, value] : parameters) {
    if (const auto* text = std::get_if<std::string>(&value)) out.add(name, *text);
    if (const auto* number = std::get_if<std::int64_t>(&value)) out.add(name, std::to_string(*number));
    if (const auto* number = std::get_if<double>(&value)) out.add(name, float_text(*number));
  }
  std::error_code error;
  std::size_t seen = 0;
  constexpr auto kOptions = fs::directory_options::skip_permission_denied;
  for (fs::recursive_directory_iterator at(folder, kOptions, error), end; !error && at != end; at.increment(error)) {
    if (++seen > kMostEntries) break;
    if (is_environment(at->path()) && at->is_regular_file(error)) add_environment(at->path(), out);
  }
  return out;
}

}  // namespace mimus
