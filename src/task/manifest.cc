#include "task/manifest.h"

#include <algorithm>
#include <system_error>

#include "base/text.h"
#include "project/names.h"

namespace mimus::task {
namespace {

std::unexpected<Diagnostic> malformed() {
  return fail("task.manifest", "the list of a task's files is damaged", "trigger the task again");
}

Result<ManifestFile> file_of(std::string_view line) {
  const std::size_t size_at = line.find(' ');
  const std::size_t name_at = size_at == std::string_view::npos ? size_at : line.find(' ', size_at + 1);
  if (size_at != 64 || name_at == std::string_view::npos) return malformed();
  const auto size = parse_uint(line.substr(size_at + 1, name_at - size_at - 1));
  // The names are checked again: they become paths.
  const auto name = project::check_file_name(line.substr(name_at + 1));
  if (!size || !name) return malformed();
  return ManifestFile{*name, {std::string(line.substr(0, size_at)), *size}};
}

std::unexpected<Diagnostic> cannot_write(const fs::path& path, const std::error_code& error) {
  return fail("file.write", "cannot lay out '" + path.filename().string() + "' for a task: " + error.message());
}

// Takes the right to write from a folder and all below it.
Status freeze(const fs::path& folder) {
  std::error_code error;
  std::vector<fs::path> folders = {folder};
  for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    if (at->is_directory(error)) folders.push_back(at->path());
  }
  for (const fs::path& path : folders) {
    if (error) break;
    fs::permissions(path, fs::perms::owner_read | fs::perms::owner_exec, error);
  }
  if (error) return cannot_write(folder, error);
  return {};
}

}  // namespace

std::string encode_manifest(const Manifest& manifest) {
  std::string text;
  for (const ManifestFile& file : manifest) {
    text += file.blob.sha256 + ' ' + std::to_string(file.blob.size) + ' ' + file.name + '\n';
  }
  return text;
}

Result<Manifest> decode_manifest(std::string_view text) {
  Manifest manifest;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return malformed();
    MIMUS_ASSIGN(ManifestFile file, file_of(text.substr(0, end)));
    manifest.push_back(std::move(file));
    text.remove_prefix(end + 1);
  }
  return manifest;
}

Status lay_out(const Manifest& manifest, const store::Blobs& blobs, const fs::path& folder,
               const std::optional<UnsavedFile>& unsaved) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) return cannot_write(folder, error);
  for (const ManifestFile& file : manifest) {
    if (unsaved && unsaved->name == file.name) continue;
    const fs::path path = folder / file.name;
    fs::create_directories(path.parent_path(), error);
    if (error) return cannot_write(path.parent_path(), error);
    MIMUS_TRY(blobs.copy_to(file.blob.sha256, path));
  }
  if (unsaved) {
    const fs::path path = folder / unsaved->name;
    fs::create_directories(path.parent_path(), error);
    if (error) return cannot_write(path.parent_path(), error);
    MIMUS_TRY(write_file(path, unsaved->content));
  }
  return freeze(folder);
}

}  // namespace mimus::task
