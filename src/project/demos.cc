// The demo store: folders with a demo.json.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "project/names.h"
#include "project/projects.h"

namespace mimus::project {
namespace {

constexpr const char* kDescription = "demo.json";
constexpr std::size_t kDescriptionBytes = 1U << 20U;

std::unexpected<Diagnostic> invalid(const fs::path& path, const std::string& reason) {
  return fail("demo.invalid", "'" + escape_controls(path.string()) + "' " + reason);
}

Result<std::string> text_of(const nlohmann::json& document, const char* member, const fs::path& path) {
  const auto found = document.find(member);
  if (found == document.end() || !found->is_string()) return invalid(path, std::string("has no text '") + member + "'");
  return found->get<std::string>();
}

// A list of texts that may be missing.
Result<std::vector<std::string>> texts_of(const nlohmann::json& document, const char* member, const fs::path& path) {
  std::vector<std::string> texts;
  const auto found = document.find(member);
  if (found == document.end()) return texts;
  if (!found->is_array()) return invalid(path, std::string("has '") + member + "' that are no list");
  for (const nlohmann::json& text : *found) {
    if (!text.is_string()) return invalid(path, std::string("has one of '") + member + "' that is no text");
    texts.push_back(text.get<std::string>());
  }
  return texts;
}

Result<Demo> read_demo(const fs::path& folder) {
  const fs::path path = folder / kDescription;
  const auto text = read_file(path, kDescriptionBytes);
  if (!text) return invalid(path, "cannot be read");
  const auto document = nlohmann::json::parse(*text, nullptr, false);
  if (!document.is_object()) return invalid(path, "is no JSON object");
  Demo demo{.name = folder.filename().string()};
  MIMUS_ASSIGN(demo.title, text_of(document, "title", path));
  MIMUS_ASSIGN(demo.description, text_of(document, "description", path));
  MIMUS_ASSIGN(demo.tags, texts_of(document, "tags", path));
  MIMUS_ASSIGN(demo.needs, texts_of(document, "needs", path));
  const auto sample = document.find("sample");
  if (sample == document.end()) return demo;
  if (!sample->is_object()) return invalid(path, "has a 'sample' that is no object");
  MIMUS_ASSIGN(demo.sample_file, text_of(*sample, "file", path));
  MIMUS_ASSIGN(demo.sample_text, text_of(*sample, "text", path));
  return demo;
}

// The folders with a demo.json, in order of name.
Result<std::vector<fs::path>> demo_folders(const fs::path& folder) {
  std::vector<fs::path> folders;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
    std::error_code unused;
    if (fs::exists(entry.path() / kDescription, unused)) folders.push_back(entry.path());
  }
  if (error) return invalid(folder, "cannot be listed: " + error.message());
  std::ranges::sort(folders);
  return folders;
}

}  // namespace

Result<std::vector<Demo>> list_demos(const fs::path& folder) {
  MIMUS_ASSIGN(const auto folders, demo_folders(folder));
  std::vector<Demo> demos;
  for (const fs::path& path : folders) {
    MIMUS_ASSIGN(auto demo, read_demo(path));
    demos.push_back(std::move(demo));
  }
  return demos;
}

Result<Demo> find_demo(const fs::path& folder, std::string_view name) {
  MIMUS_ASSIGN(const auto folders, demo_folders(folder));
  std::vector<std::string> names;
  for (const fs::path& path : folders) names.push_back(path.filename().string());
  const auto found = std::ranges::find(names, name);
  if (found != names.end()) return read_demo(folders.at(static_cast<std::size_t>(found - names.begin())));
  std::string hint = suggest(name, {names.begin(), names.end()});
  if (hint.empty()) hint = "mimus demo list shows all";
  return fail("demo.not_found", "no demo '" + escape_controls(name) + "'", std::move(hint));
}

Result<std::vector<DemoFile>> list_demo_files(const fs::path& folder, const Demo& demo) {
  const fs::path root = folder / demo.name;
  std::vector<DemoFile> files;
  std::error_code error;
  for (auto entry = fs::recursive_directory_iterator(root, error);
       !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    std::error_code unused;
    const fs::file_status status = entry->symlink_status(unused);
    if (fs::is_directory(status)) continue;
    const std::string name = entry->path().lexically_relative(root).generic_string();
    if (name == kDescription) continue;
    if (!fs::is_regular_file(status)) return invalid(entry->path(), "is neither a file nor a folder");
    auto checked = check_file_name(name);
    if (!checked) return invalid(entry->path(), "cannot be a project's file: " + checked.error().message);
    files.push_back({std::move(*checked), entry->path()});
  }
  if (error) return invalid(root, "cannot be listed: " + error.message());
  std::ranges::sort(files, {}, &DemoFile::name);
  return files;
}

}  // namespace mimus::project
