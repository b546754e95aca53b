#include "project/changes.h"

#include <set>

#include "base/text.h"
#include "project/names.h"

namespace mimus::project {
namespace {

std::unexpected<Diagnostic> exists(const std::string& name, const std::string& other) {
  if (name == other) {
    return fail("file.exists", "file '" + name + "' exists already", "update it, or choose another name");
  }
  return fail("file.exists", "file '" + name + "' cannot be made beside '" + other + "'",
              "names must differ in more than case, and a folder and a file cannot share a name");
}

// A folder cannot have the name of a file: neither the new file that of a folder, nor one of its folders that of a
// file.
Status check_folders(store::Reader& rows, std::string_view project, const std::string& name, const std::string& key) {
  MIMUS_ASSIGN(const auto below, rows.file_below(project, key));
  if (below) return exists(name, below->name);
  for (auto slash = key.find('/'); slash != std::string::npos; slash = key.find('/', slash + 1)) {
    MIMUS_ASSIGN(const auto file, rows.file(project, key.substr(0, slash)));
    if (file) return exists(name, file->name);
  }
  return {};
}

// Whoever has just read the old name of the content keeps it for the garbage collector's grace time. One that is
// missing already is no reason to fail.
void release(store::Store& store, const std::string& sha256) { (void)store.blobs->touch(sha256); }

Result<FileMetadata> create_file(store::Writer& rows, const FileLimits& limits, const Change& change,
                                 const FileContent& content) {
  const std::string key = file_key(content.name);
  MIMUS_TRY(check_folders(rows, change.project, content.name, key));
  const store::File file{.project_id = std::string(change.project),
                         .name = content.name,
                         .key = key,
                         .sha256 = content.blob.sha256,
                         .size = content.blob.size,
                         .created_at = change.now,
                         .updated_at = change.now,
                         .updated_by = change.actor.name};
  MIMUS_TRY(rows.insert_file(file));
  MIMUS_TRY(note_version(rows, limits, file, change));
  MIMUS_TRY(record_change(rows, change, "file.create", file.name, {}, file.sha256));
  return describe(file, std::nullopt, change.now);
}

// The checks before a file is changed or removed. Returns its lease.
Result<std::optional<store::Lease>> check_change(store::Reader& rows, const Change& change, const store::File& file) {
  MIMUS_ASSIGN(auto lease, rows.lease(change.project, file.key));
  MIMUS_TRY(check_lease(lease, file.name, change.actor, change.now));
  if (change.if_match && *change.if_match != file.sha256) {
    return fail("file.changed", "file '" + file.name + "' has changed since it was read",
                "read it again, and apply the change to what it is now");
  }
  return lease;
}

Result<FileMetadata> update_file(store::Store& store, store::Writer& rows, const FileLimits& limits,
                                 const Change& change, const FileContent& content, store::File file) {
  MIMUS_ASSIGN(auto lease, check_change(rows, change, file));
  const std::string before = file.sha256;
  const bool is_new = before != content.blob.sha256;
  if (is_new) release(store, before);
  file.sha256 = content.blob.sha256;
  file.size = content.blob.size;
  file.updated_at = change.now;
  file.updated_by = change.actor.name;
  MIMUS_TRY(rows.replace_file(file));
  if (is_new) {
    MIMUS_TRY(note_version(rows, limits, file, change));
    MIMUS_TRY(record_change(rows, change, "file.update", file.name, before, file.sha256));
  }
  MIMUS_ASSIGN(lease, renew_lease(rows, std::move(lease), change, limits));
  return describe(file, lease, change.now);
}

Result<FileMetadata> write_one(store::Store& store, store::Writer& rows, const FileLimits& limits, const Change& change,
                               const FileContent& content) {
  if (change.existing == Existing::Yes) {
    MIMUS_ASSIGN(auto file, find_file(rows, change.project, content.name));
    return update_file(store, rows, limits, change, content, std::move(file));
  }
  MIMUS_ASSIGN(auto file, rows.file(change.project, file_key(content.name)));
  if (!file) return create_file(rows, limits, change, content);
  if (change.existing == Existing::No || file->name != content.name) return exists(content.name, file->name);
  return update_file(store, rows, limits, change, content, std::move(*file));
}

Status check_twice(const std::vector<FileContent>& contents) {
  std::set<std::string> keys;
  for (const FileContent& content : contents) {
    if (!keys.insert(file_key(content.name)).second) {
      return fail("file.duplicate", "file '" + content.name + "' comes twice", "name each file once");
    }
  }
  return {};
}

// A project that was over its limits already may still shrink.
Status check_quota(const store::Project& before, const store::Project& after, const FileLimits& limits) {
  if (after.files > before.files && after.files > limits.project_files) {
    return fail("project.quota",
                "the project would have " + with_thousands(after.files) + " files; the limit is " +
                    with_thousands(limits.project_files),
                "delete files that are not needed");
  }
  if (after.bytes > before.bytes && after.bytes > limits.project_bytes) {
    return fail("project.quota",
                "the files of the project would have " + with_thousands(after.bytes) + " bytes; the limit is " +
                    with_thousands(limits.project_bytes),
                "delete files that are not needed");
  }
  return {};
}

}  // namespace

Result<std::vector<FileMetadata>> write_files(store::Store& store, store::Writer& rows, const FileLimits& limits,
                                              const Change& change, const std::vector<FileContent>& contents) {
  MIMUS_TRY(check_twice(contents));
  MIMUS_ASSIGN(const store::Project before, find_project(rows, change.project));
  std::vector<FileMetadata> written;
  for (const FileContent& content : contents) {
    MIMUS_ASSIGN(auto metadata, write_one(store, rows, limits, change, content));
    written.push_back(std::move(metadata));
  }
  MIMUS_ASSIGN(const store::Project after, find_project(rows, change.project));
  MIMUS_TRY(check_quota(before, after, limits));
  return written;
}

Status remove_file(store::Store& store, store::Writer& rows, const FileLimits& limits, const Change& change,
                   const std::string& name) {
  MIMUS_TRY(find_project(rows, change.project));
  MIMUS_ASSIGN(store::File file, find_file(rows, change.project, name));
  MIMUS_TRY(check_change(rows, change, file));
  release(store, file.sha256);
  MIMUS_TRY(rows.remove_file(change.project, file.key));
  MIMUS_TRY(record_change(rows, change, "file.delete", file.name, file.sha256, {}));
  file.sha256.clear();
  file.size = 0;
  return note_version(rows, limits, file, change);
}

std::unexpected<Diagnostic> no_project(std::string_view id) {
  return fail("project.not_found", "no project '" + std::string(id) + "'");
}

Result<store::Project> find_project(store::Reader& rows, std::string_view id) {
  MIMUS_ASSIGN(auto project, rows.project(id));
  if (!project || project->delete_at) return no_project(id);
  return std::move(*project);
}

Result<store::File> find_file(store::Reader& rows, std::string_view project, const std::string& name) {
  MIMUS_ASSIGN(auto file, rows.file(project, file_key(name)));
  if (!file) return fail("file.not_found", "no file '" + name + "' in the project");
  if (file->name != name) {
    return fail("file.not_found", "no file '" + name + "' in the project", "did you mean '" + file->name + "'?");
  }
  return std::move(*file);
}

Status record_change(store::Writer& rows, const Change& change, std::string_view action, const std::string& name,
                     std::string_view before, std::string_view after) {
  if (!change.is_recorded) return {};
  return people::record(
      rows, change.actor, change.now,
      {.action = action, .project = change.project, .target = name, .before = before, .after = after});
}

Status check_page_limit(std::uint64_t limit) {
  constexpr std::uint64_t kMost = 1'000;
  if (limit >= 1 && limit <= kMost) return {};
  return fail("request.limit", "the limit " + std::to_string(limit) + " is not in 1 … " + std::to_string(kMost));
}

FileMetadata describe(const store::File& file, const std::optional<store::Lease>& lease, Timestamp now) {
  return {.name = file.name,
          .extension = std::string(file_extension(file.name)),
          .size = file.size,
          .media_type = std::string(media_type(file.name)),
          .sha256 = file.sha256,
          .created_at = file.created_at,
          .updated_at = file.updated_at,
          .updated_by = file.updated_by,
          .lock = lock_state(lease, now),
          .uri = file.project_id + "/" + file.name};
}

}  // namespace mimus::project
