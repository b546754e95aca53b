#include "project/projects.h"

#include <utility>

#include "base/hash.h"
#include "project/changes.h"
#include "project/demos.h"
#include "project/label.h"

namespace mimus::project {
namespace {

// The bytes of a file of a demo become a blob, piece by piece.
Result<FileContent> store_demo_file(const Files& files, const DemoFile& file) {
  MIMUS_ASSIGN(const auto bytes, store::open_bytes(file.path));
  MIMUS_ASSIGN(const auto writer, files.open_upload());
  std::string buffer(256U << 10U, '\0');
  while (true) {
    MIMUS_ASSIGN(const std::size_t got, bytes->read_at(writer->size(), buffer));
    if (got == 0) break;
    MIMUS_TRY(writer->append(std::string_view(buffer).substr(0, got)));
  }
  MIMUS_ASSIGN(store::Blob blob, writer->commit());
  return FileContent{file.name, std::move(blob)};
}

}  // namespace

Projects::Projects(store::Store& store, Files& files, store::Clock clock)
    : store_(&store), files_(&files), clock_(std::move(clock)) {}

Result<Project> Projects::create(std::string_view name) {
  MIMUS_TRY(check_label(name, "project.bad_name"));
  Project project{.id = uuid7(), .name = std::string(name), .created_at = clock_()};
  MIMUS_TRY(store_->metadata->write([&](store::Writer& rows) { return rows.insert_project(project); }));
  return project;
}

Result<Project> Projects::clone(const fs::path& demos, std::string_view demo, std::string_view name) {
  MIMUS_ASSIGN(const Demo found, find_demo(demos, demo));
  Project project{.id = uuid7(),
                  .name = name.empty() ? found.title : std::string(name),
                  .demo = found.name,
                  .created_at = clock_()};
  MIMUS_TRY(check_label(project.name, "project.bad_name"));
  MIMUS_ASSIGN(const auto files, list_demo_files(demos, found));
  std::vector<FileContent> contents;
  for (const DemoFile& file : files) {
    MIMUS_ASSIGN(auto content, store_demo_file(*files_, file));
    contents.push_back(std::move(content));
  }
  const Change change{project.id, Existing::No, {.id = {}, .name = "demo store"}, project.created_at, {}};
  MIMUS_TRY(store_->metadata->write([&](store::Writer& rows) -> Status {
    MIMUS_TRY(rows.insert_project(project));
    MIMUS_TRY(write_files(*store_, rows, files_->limits(), change, contents));
    MIMUS_ASSIGN(project, find_project(rows, project.id));
    return {};
  }));
  return project;
}

Result<std::vector<Project>> Projects::list() const {
  std::vector<Project> projects;
  MIMUS_TRY(store_->metadata->read([&](store::Reader& rows) -> Status {
    MIMUS_ASSIGN(projects, rows.projects());
    return {};
  }));
  return projects;
}

Result<Project> Projects::get(std::string_view id) const {
  Project project;
  MIMUS_TRY(store_->metadata->read([&](store::Reader& rows) -> Status {
    MIMUS_ASSIGN(project, find_project(rows, id));
    return {};
  }));
  return project;
}

Status Projects::remove(std::string_view id) {
  MIMUS_TRY(store_->metadata->write([&](store::Writer& rows) -> Status {
    MIMUS_TRY(find_project(rows, id));
    return rows.remove_project(id);
  }));
  // The project is gone; what remains of these folders after a crash or a failure goes with the garbage.
  std::error_code unused;
  fs::remove_all(store_->artifacts(id), unused);
  fs::remove_all(store_->logs(id), unused);
  return {};
}

}  // namespace mimus::project
