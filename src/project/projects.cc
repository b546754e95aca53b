#include "project/projects.h"

#include <utility>

#include "base/hash.h"
#include "base/text.h"
#include "project/changes.h"
#include "project/label.h"
#include "project/names.h"
#include "project/settings.h"

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

Status record(store::Writer& rows, const Actor& actor, Timestamp at, std::string_view action, const Project& project) {
  return people::record(rows, actor, at, {.action = action, .project = project.id, .target = project.name});
}

// The project with these files, complete or not at all.
Result<Project> insert(store::Store& store, const FileLimits& limits, Project project,
                       const std::vector<FileContent>& contents, const std::string& from, const Actor& actor) {
  const Change change{.project = project.id,
                      .existing = Existing::No,
                      .actor = {.id = {}, .name = from.empty() ? actor.name : from, .kind = actor.kind, .address = {}},
                      .now = project.created_at,
                      .is_recorded = false};
  MIMUS_TRY(store.metadata->write([&](store::Writer& rows) -> Status {
    MIMUS_TRY(rows.insert_project(project));
    if (actor.kind == "user") {
      MIMUS_TRY(rows.put_member({.project_id = project.id, .user_id = actor.id, .role = store::ProjectRole::Owner}));
    }
    MIMUS_TRY(record(rows, actor, project.created_at, "project.create", project));
    MIMUS_TRY(write_files(store, rows, limits, change, contents));
    MIMUS_ASSIGN(project, find_project(rows, project.id));
    return {};
  }));
  return project;
}

// Waiting tasks end at once; running ones are asked to.
Status cancel_tasks(store::Writer& rows, std::string_view project, Timestamp now) {
  for (const store::TaskStatus status : {store::TaskStatus::Pending, store::TaskStatus::Running}) {
    MIMUS_ASSIGN(auto tasks, rows.tasks({.project = std::string(project), .status = status}, {}, UINT64_MAX));
    for (store::Task& task : tasks) {
      task.cancel_requested = true;
      if (status == store::TaskStatus::Pending) {
        task.status = store::TaskStatus::Cancelled;
        task.finished_at = now;
      }
      MIMUS_TRY(rows.replace_task(task));
    }
  }
  return {};
}

}  // namespace

Projects::Projects(store::Store& store, Files& files, ProjectLimits limits, store::Clock clock)
    : store_(&store), files_(&files), limits_(limits), clock_(std::move(clock)) {}

Result<Project> Projects::create(std::string_view name, const Actor& actor) {
  MIMUS_TRY(check_label(name, "project.bad_name"));
  return insert(*store_, files_->limits(), {.id = uuid7(), .name = std::string(name), .created_at = clock_()}, {}, {},
                actor);
}

Result<Project> Projects::clone(const fs::path& demos, std::string_view demo, std::string_view name,
                                const Actor& actor) {
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
  return insert(*store_, files_->limits(), std::move(project), contents, "demo store", actor);
}

Result<Project> Projects::create_from(std::string_view template_id, std::string_view name, const Actor& actor) {
  MIMUS_TRY(check_label(name, "project.bad_name"));
  std::optional<Project> source;
  std::vector<FileContent> contents;
  MIMUS_TRY(store_->metadata->read([&](store::Reader& rows) -> Status {
    MIMUS_ASSIGN(source, rows.project(template_id));
    if (!source || source->delete_at || !source->is_template) {
      return fail("template.not_found", "no template '" + escape_controls(template_id) + "'");
    }
    MIMUS_ASSIGN(const auto files, rows.files(template_id, {}, UINT64_MAX));
    for (const store::File& file : files) contents.push_back({file.name, {file.sha256, file.size}});
    return {};
  }));
  Project project{.id = uuid7(), .name = std::string(name), .created_at = clock_(), .settings = source->settings};
  return insert(*store_, files_->limits(), std::move(project), contents, source->name, actor);
}

Result<Project> Projects::import(std::string_view name, const ProjectSettings& settings,
                                 const std::vector<FileContent>& contents, const Actor& actor) {
  MIMUS_TRY(check_label(name, "project.bad_name"));
  MIMUS_TRY(check_settings(settings));
  std::vector<FileContent> checked;
  for (const FileContent& content : contents) {
    MIMUS_ASSIGN(std::string file, check_file_name(content.name));
    checked.push_back({std::move(file), content.blob});
  }
  Project project{.id = uuid7(), .name = std::string(name), .created_at = clock_(), .settings = settings};
  return insert(*store_, files_->limits(), std::move(project), checked, {}, actor);
}

Result<std::vector<Project>> Projects::list(bool with_deleted) const {
  std::vector<Project> projects;
  MIMUS_TRY(store_->metadata->read([&](store::Reader& rows) -> Status {
    MIMUS_ASSIGN(projects, rows.projects());
    return {};
  }));
  if (!with_deleted) std::erase_if(projects, [](const Project& project) { return project.delete_at.has_value(); });
  return projects;
}

Result<std::vector<OwnProject>> Projects::list_of(std::string_view user, bool with_deleted) const {
  std::vector<OwnProject> own;
  MIMUS_TRY(store_->metadata->read([&](store::Reader& rows) -> Status {
    MIMUS_ASSIGN(const auto memberships, rows.memberships(user));
    for (const store::Member& member : memberships) {
      MIMUS_ASSIGN(auto project, rows.project(member.project_id));
      if (!project || (project->delete_at && !with_deleted)) continue;
      own.push_back({*std::move(project), member.role});
    }
    return {};
  }));
  return own;
}

Result<Project> Projects::get(std::string_view id) const {
  Project project;
  MIMUS_TRY(store_->metadata->read([&](store::Reader& rows) -> Status {
    MIMUS_ASSIGN(project, find_project(rows, id));
    return {};
  }));
  return project;
}

Result<Project> Projects::update(std::string_view id, const ProjectChange& change, const Actor& actor) {
  if (change.name) MIMUS_TRY(check_label(*change.name, "project.bad_name"));
  if (change.settings) MIMUS_TRY(check_settings(*change.settings));
  Project project;
  MIMUS_TRY(store_->metadata->write([&](store::Writer& rows) -> Status {
    MIMUS_ASSIGN(project, find_project(rows, id));
    if (change.name) project.name = *change.name;
    if (change.settings) project.settings = *change.settings;
    if (change.is_template) project.is_template = *change.is_template;
    MIMUS_TRY(record(rows, actor, clock_(), "project.update", project));
    return rows.replace_project(project);
  }));
  return project;
}

Result<Project> Projects::remove(std::string_view id, const Actor& actor) {
  const Timestamp now = clock_();
  Project project;
  MIMUS_TRY(store_->metadata->write([&](store::Writer& rows) -> Status {
    MIMUS_ASSIGN(project, find_project(rows, id));
    project.delete_at = Timestamp{now.micros + limits_.grace_seconds * kMicrosPerSecond};
    MIMUS_TRY(cancel_tasks(rows, id, now));
    MIMUS_TRY(record(rows, actor, now, "project.delete", project));
    return rows.replace_project(project);
  }));
  return project;
}

Result<Project> Projects::restore(std::string_view id, const Actor& actor) {
  std::optional<Project> project;
  MIMUS_TRY(store_->metadata->write([&](store::Writer& rows) -> Status {
    MIMUS_ASSIGN(project, rows.project(id));
    if (!project) return no_project(id);
    if (!project->delete_at) return fail("project.not_deleted", "the project is not deleted");
    project->delete_at.reset();
    MIMUS_TRY(record(rows, actor, clock_(), "project.restore", *project));
    return rows.replace_project(*project);
  }));
  return *std::move(project);
}

Status Projects::purge(std::string_view id, const Actor& actor) {
  MIMUS_TRY(store_->metadata->write([&](store::Writer& rows) -> Status {
    MIMUS_ASSIGN(const auto project, rows.project(id));
    if (!project) return no_project(id);
    MIMUS_TRY(record(rows, actor, clock_(), "project.purge", *project));
    return rows.remove_project(id);
  }));
  // The project is gone; what remains of these folders after a crash or a failure goes with the garbage.
  std::error_code unused;
  fs::remove_all(store_->artifacts(id), unused);
  fs::remove_all(store_->logs(id), unused);
  return {};
}

Result<std::uint64_t> Projects::purge_deleted() {
  const Timestamp now = clock_();
  MIMUS_ASSIGN(const auto projects, list(true));
  std::uint64_t purged = 0;
  for (const Project& project : projects) {
    if (!project.delete_at || *project.delete_at > now) continue;
    MIMUS_TRY(purge(project.id, {.id = {}, .name = "housekeeping", .kind = "system", .address = {}}));
    ++purged;
  }
  return purged;
}

}  // namespace mimus::project
