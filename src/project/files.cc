#include "project/files.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <optional>

#include "base/hash.h"
#include "project/changes.h"
#include "project/names.h"

namespace mimus::project {
namespace {

// A cursor is the last name of a page, in hex: nobody should build one.
std::string write_cursor(std::string_view name) {
  return hex({reinterpret_cast<const std::uint8_t*>(name.data()), name.size()});
}

std::optional<unsigned> hex_digit(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a') + 10;
  return std::nullopt;
}

Result<std::string> parse_cursor(std::string_view cursor) {
  const auto bad = [] { return fail("request.cursor", "the cursor is not one of this list", "take 'next' of a page"); };
  std::string name;
  if (cursor.size() % 2 != 0) return bad();
  for (std::size_t i = 0; i < cursor.size(); i += 2) {
    const auto high = hex_digit(cursor[i]);
    const auto low = hex_digit(cursor[i + 1]);
    if (!high || !low) return bad();
    name += static_cast<char>(*high << 4U | *low);
  }
  if (!cursor.empty() && check_file_name(name) != name) return bad();
  return name;
}

std::vector<FileMetadata> describe_all(const std::vector<store::File>& files, const std::vector<store::Lease>& leases,
                                       Timestamp now) {
  std::map<std::string_view, const store::Lease*> by_key;
  for (const store::Lease& lease : leases) by_key[lease.key] = &lease;
  std::vector<FileMetadata> described;
  described.reserve(files.size());
  for (const store::File& file : files) {
    const auto found = by_key.find(file.key);
    described.push_back(describe(file, found == by_key.end() ? std::nullopt : std::optional(*found->second), now));
  }
  return described;
}

Result<std::vector<FileContent>> check_names(const std::vector<FileContent>& contents) {
  std::vector<FileContent> checked;
  checked.reserve(contents.size());
  for (const FileContent& content : contents) {
    MIMUS_ASSIGN(std::string name, check_file_name(content.name));
    checked.push_back({std::move(name), content.blob});
  }
  return checked;
}

// One transaction with all of it.
Result<std::vector<FileMetadata>> write_all_files(store::Store& store, const FileLimits& limits, const Change& change,
                                                  const std::vector<FileContent>& contents) {
  MIMUS_ASSIGN(const auto checked, check_names(contents));
  std::vector<FileMetadata> written;
  MIMUS_TRY(store.metadata->write([&](store::Writer& rows) -> Status {
    MIMUS_ASSIGN(written, write_files(store, rows, limits, change, checked));
    return {};
  }));
  return written;
}

Result<FileMetadata> write_file(store::Store& store, const FileLimits& limits, const Change& change,
                                std::string_view name, const store::Blob& blob) {
  MIMUS_ASSIGN(auto written, write_all_files(store, limits, change, {{std::string(name), blob}}));
  return std::move(written.front());
}

}  // namespace

Files::Files(store::Store& store, FileLimits limits, store::Clock clock)
    : store_(&store), limits_(limits), clock_(std::move(clock)) {}

Result<std::vector<FileMetadata>> Files::list(std::string_view project) const {
  std::vector<FileMetadata> files;
  MIMUS_TRY(store_->metadata->read([&](store::Reader& rows) -> Status {
    MIMUS_TRY(find_project(rows, project));
    MIMUS_ASSIGN(const auto found, rows.files(project, {}, UINT64_MAX));
    MIMUS_ASSIGN(const auto leases, rows.leases(project));
    files = describe_all(found, leases, clock_());
    return {};
  }));
  return files;
}

Result<FilePage> Files::list_page(std::string_view project, std::uint64_t limit, std::string_view cursor) const {
  MIMUS_TRY(check_page_limit(limit));
  MIMUS_ASSIGN(const std::string after, parse_cursor(cursor));
  FilePage page;
  MIMUS_TRY(store_->metadata->read([&](store::Reader& rows) -> Status {
    MIMUS_TRY(find_project(rows, project));
    MIMUS_ASSIGN(auto found, rows.files(project, after, limit + 1));
    MIMUS_ASSIGN(const auto leases, rows.leases(project));
    if (found.size() > limit) {
      found.pop_back();
      page.next = write_cursor(found.back().name);
    }
    page.files = describe_all(found, leases, clock_());
    return {};
  }));
  return page;
}

Result<FileMetadata> Files::get(std::string_view project, std::string_view name) const {
  MIMUS_ASSIGN(const std::string checked, check_file_name(name));
  FileMetadata metadata;
  MIMUS_TRY(store_->metadata->read([&](store::Reader& rows) -> Status {
    MIMUS_TRY(find_project(rows, project));
    MIMUS_ASSIGN(const store::File file, find_file(rows, project, checked));
    MIMUS_ASSIGN(const auto lease, rows.lease(project, file.key));
    metadata = describe(file, lease, clock_());
    return {};
  }));
  return metadata;
}

Result<OpenFile> Files::open(std::string_view project, std::string_view name) const {
  OpenFile file;
  MIMUS_ASSIGN(file.metadata, get(project, name));
  MIMUS_ASSIGN(file.bytes, store_->blobs->open(file.metadata.sha256));
  return file;
}

Result<std::unique_ptr<store::Bytes>> Files::open_blob(const store::Blob& blob) const {
  return store_->blobs->open(blob.sha256);
}

Status Files::copy_all(std::string_view project, const fs::path& folder) const {
  MIMUS_ASSIGN(const auto files, list(project));
  if (::mkdir(folder.c_str(), 0700) != 0) {
    return fail("store.failed", "cannot make the folder '" + folder.string() + "': " + errno_text(errno));
  }
  for (const FileMetadata& file : files) {
    const fs::path path = folder / file.name;
    std::error_code error;
    fs::create_directories(path.parent_path(), error);
    if (error) return fail("store.failed", "cannot make the folders of '" + file.name + "': " + error.message());
    MIMUS_TRY(store_->blobs->copy_to(file.sha256, path));
  }
  return {};
}

Result<std::unique_ptr<store::BlobWriter>> Files::open_upload() const {
  return store_->blobs->create(limits_.file_bytes);
}

Result<std::unique_ptr<store::BlobWriter>> Files::open_archive_upload() const {
  return store_->blobs->create(limits_.project_bytes);
}

Result<store::Blob> Files::store_bytes(std::string_view bytes) const {
  MIMUS_ASSIGN(const auto writer, open_upload());
  MIMUS_TRY(writer->append(bytes));
  return writer->commit();
}

Result<FileMetadata> Files::create(std::string_view project, std::string_view name, const store::Blob& blob,
                                   const Actor& actor) {
  return write_file(*store_, limits_, {project, Existing::No, actor, clock_(), {}}, name, blob);
}

Result<FileMetadata> Files::update(std::string_view project, std::string_view name, const store::Blob& blob,
                                   const Actor& actor, std::optional<std::string> if_match) {
  return write_file(*store_, limits_, {project, Existing::Yes, actor, clock_(), std::move(if_match)}, name, blob);
}

Result<FileMetadata> Files::put(std::string_view project, std::string_view name, const store::Blob& blob,
                                const Actor& actor) {
  return write_file(*store_, limits_, {project, Existing::Either, actor, clock_(), {}}, name, blob);
}

Status Files::remove(std::string_view project, std::string_view name, const Actor& actor,
                     std::optional<std::string> if_match) {
  MIMUS_ASSIGN(const std::string checked, check_file_name(name));
  const Change change{project, Existing::Yes, actor, clock_(), std::move(if_match)};
  return store_->metadata->write(
      [&](store::Writer& rows) { return remove_file(*store_, rows, limits_, change, checked); });
}

Result<std::vector<FileMetadata>> Files::update_all(std::string_view project, const std::vector<FileContent>& contents,
                                                    const Actor& actor) {
  return write_all_files(*store_, limits_, {project, Existing::Yes, actor, clock_(), {}}, contents);
}

Result<std::vector<FileMetadata>> Files::create_all(std::string_view project, const std::vector<FileContent>& contents,
                                                    const Actor& actor) {
  return write_all_files(*store_, limits_, {project, Existing::No, actor, clock_(), {}}, contents);
}

}  // namespace mimus::project
