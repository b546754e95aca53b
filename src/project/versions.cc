// Versions of files: what each was after each change.
#include "base/hash.h"
#include "project/changes.h"
#include "project/names.h"

namespace mimus::project {
namespace {

constexpr std::uint64_t kAtOnce = 64;  // old versions that go together

Result<Version> find_version(store::Reader& rows, std::string_view project, std::string_view id) {
  MIMUS_TRY(find_project(rows, project));
  MIMUS_ASSIGN(auto version, rows.version(id));
  if (!version || version->project_id != project) {
    return fail("version.not_found", "no version '" + std::string(id) + "' in the project");
  }
  return *std::move(version);
}

}  // namespace

Status note_version(store::Writer& rows, const FileLimits& limits, const store::File& file, const Change& change) {
  MIMUS_TRY(rows.insert_version({.id = uuid7(),
                                 .project_id = file.project_id,
                                 .key = file.key,
                                 .name = file.name,
                                 .sha256 = file.sha256,
                                 .size = file.size,
                                 .created_at = change.now,
                                 .created_by = change.actor.name}));
  MIMUS_TRY(rows.remove_versions(file.project_id, file.key, limits.versions));
  while (true) {
    MIMUS_ASSIGN(const store::Project project, find_project(rows, file.project_id));
    if (project.version_bytes <= limits.version_bytes) return {};
    MIMUS_ASSIGN(const std::uint64_t removed, rows.remove_oldest_versions(file.project_id, kAtOnce));
    if (removed == 0) return {};
  }
}

Result<VersionPage> Files::versions(std::string_view project, std::string_view name, std::uint64_t limit,
                                    std::string_view cursor) const {
  MIMUS_TRY(check_page_limit(limit));
  if (!cursor.empty() && !is_uuid(cursor)) {
    return fail("request.cursor", "the cursor is not one of this list", "take 'next' of a page");
  }
  std::string key;
  if (!name.empty()) {
    MIMUS_ASSIGN(const std::string checked, check_file_name(name));
    key = file_key(checked);
  }
  VersionPage page;
  MIMUS_TRY(store_->metadata->read([&](store::Reader& rows) -> Status {
    MIMUS_TRY(find_project(rows, project));
    MIMUS_ASSIGN(page.versions, rows.versions(project, key, cursor, limit + 1));
    return {};
  }));
  if (page.versions.size() > limit) {
    page.versions.resize(limit);
    page.next = page.versions.back().id;
  }
  return page;
}

Result<OpenVersion> Files::open_version(std::string_view project, std::string_view id) const {
  OpenVersion open;
  MIMUS_TRY(store_->metadata->read([&](store::Reader& rows) -> Status {
    MIMUS_ASSIGN(open.version, find_version(rows, project, id));
    return {};
  }));
  if (open.version.sha256.empty()) return open;
  MIMUS_ASSIGN(open.bytes, store_->blobs->open(open.version.sha256));
  return open;
}

Result<FileMetadata> Files::restore(std::string_view project, std::string_view version, const Actor& actor) {
  const Change change{project, Existing::Either, actor, clock_(), {}};
  FileMetadata restored;
  MIMUS_TRY(store_->metadata->write([&](store::Writer& rows) -> Status {
    MIMUS_ASSIGN(const Version found, find_version(rows, project, version));
    if (found.sha256.empty()) {
      return fail("version.removed", "in that version the file '" + found.name + "' was removed",
                  "restore the version before it");
    }
    MIMUS_ASSIGN(const auto written,
                 write_files(*store_, rows, limits_, change, {{found.name, {found.sha256, found.size}}}));
    restored = written.front();
    return {};
  }));
  return restored;
}

Result<FileMetadata> Files::rename(std::string_view project, std::string_view name, std::string_view new_name,
                                   const Actor& actor) {
  MIMUS_ASSIGN(const std::string from, check_file_name(name));
  MIMUS_ASSIGN(const std::string to, check_file_name(new_name));
  Change change{project, Existing::No, actor, clock_(), {}};
  FileMetadata renamed;
  MIMUS_TRY(store_->metadata->write([&](store::Writer& rows) -> Status {
    MIMUS_TRY(find_project(rows, project));
    MIMUS_ASSIGN(const store::File file, find_file(rows, project, from));
    MIMUS_TRY(remove_file(*store_, rows, limits_, change, from));
    MIMUS_ASSIGN(const auto written, write_files(*store_, rows, limits_, change, {{to, {file.sha256, file.size}}}));
    renamed = written.front();
    return {};
  }));
  return renamed;
}

}  // namespace mimus::project
