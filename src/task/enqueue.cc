// From a request to a task in the queue.

#include <algorithm>

#include "base/hash.h"
#include "people/audit.h"
#include "project/names.h"
#include "run/run.h"
#include "task/check.h"
#include "task/manifest.h"
#include "task/options.h"
#include "task/tasks.h"

namespace mimus::task {
namespace {

constexpr std::uint64_t kAllFiles = 1'000'000;

std::unexpected<Diagnostic> no_project(std::string_view project) {
  return fail("project.not_found", "no project '" + std::string(project) + "'");
}

Result<Manifest> read_manifest(store::Store& store, std::string_view project) {
  Manifest manifest;
  MIMUS_TRY(store.metadata->read([&](store::Reader& rows) -> Status {
    MIMUS_ASSIGN(const auto row, rows.project(project));
    if (!row) return no_project(project);
    MIMUS_ASSIGN(const auto files, rows.files(project, {}, kAllFiles));
    for (const store::File& file : files) manifest.push_back({file.name, {file.sha256, file.size}});
    return {};
  }));
  return manifest;
}

bool has_entry(const Manifest& manifest, const std::string& entry) {
  return std::ranges::find(manifest, entry, &ManifestFile::name) != manifest.end();
}

std::unexpected<Diagnostic> no_entry(const std::string& entry) {
  return fail(Diagnostic{.code = "descriptor.invalid",
                         .message = "the project has no file '" + entry + "'",
                         .hint = "'entry' names the descriptor to run; datamimic.xml when it is absent",
                         .where = {.file = entry}});
}

// The first error as the reason why there is no task; all of them as fields.
std::unexpected<Diagnostic> invalid_descriptor(const Diagnostics& findings) {
  Diagnostic reason;
  for (const Diagnostic& finding : findings) {
    if (finding.severity != Severity::Error) continue;
    if (reason.code.empty()) {
      reason = finding;
      reason.code = "descriptor.invalid";
      reason.message += " [" + finding.code + "]";
      reason.fields.clear();
    }
    const std::string place =
        finding.where.file + ":" + std::to_string(finding.where.line) + ":" + std::to_string(finding.where.column);
    if (reason.fields.size() < 100) reason.fields.emplace_back(place, finding.message);
  }
  return fail(std::move(reason));
}

// A descriptor that ends or outlasts its checker would do the same to its task.
std::unexpected<Diagnostic> unchecked(Diagnostic reason, const std::string& entry) {
  if (reason.code != "task.died" && reason.code != "task.limit") return fail(std::move(reason));
  reason.code = "descriptor.invalid";
  reason.message = "the descriptor cannot be checked: " + reason.message;
  reason.where.file = entry;
  return fail(std::move(reason));
}

Status check_entry(const store::Store& store, const Command& checker, const Manifest& manifest,
                   const std::string& entry) {
  if (checker.program.empty()) return {};
  auto findings = check_descriptor(store, checker, manifest, entry);
  if (!findings) return unchecked(std::move(findings).error(), entry);
  if (has_errors(*findings)) return invalid_descriptor(*findings);
  return {};
}

// The task that the key stands for, when the request is a repeated one.
Result<std::optional<Task>> find_repeated(store::Reader& rows, std::string_view project, const Origin& origin,
                                          const Idempotency& idempotency, Timestamp oldest) {
  std::optional<Task> task;
  MIMUS_ASSIGN(const auto key, rows.idempotency_key(project, origin.actor.id, idempotency.key));
  if (!key || key->created_at < oldest) return task;
  if (key->request_hash != idempotency.request_hash) {
    return fail("idempotency.mismatch", "the Idempotency-Key '" + idempotency.key + "' was used for another request",
                "a new request needs a new key");
  }
  return rows.task(key->task_id);
}

Status check_room(store::Reader& rows, std::string_view project, const TaskLimits& limits) {
  MIMUS_ASSIGN(const std::uint64_t waiting, rows.count_tasks(project, TaskStatus::Pending));
  if (waiting < limits.waiting) return {};
  return fail("queue.full", std::to_string(waiting) + " tasks of the project are waiting already",
              "try again when some have ended, or cancel some");
}

Task make_task(std::string_view project, const TaskOptions& options, const Origin& origin, Timestamp at) {
  Task task;
  task.id = uuid7();
  task.project_id = project;
  task.status = TaskStatus::Pending;
  task.entry = options.entry;
  task.seed = options.seed ? *options.seed : draw_seed();
  task.now = options.now.value_or(at);
  task.environment = options.environment;
  task.parameters = options.parameters;
  task.count_factor = options.count_factor;
  task.trigger = origin.trigger;
  task.created_by = origin.actor.id;
  task.created_by_name = origin.actor.name;
  task.created_at = at;
  task.engine_version = engine_version();
  task.datapack_version = datapack_version();
  if (options.csv) {
    task.csv_delimiter = options.csv->delimiter;
    task.csv_encoding = options.csv->encoding;
  }
  return task;
}

// The project, unless it is deleted.
Result<store::Project> find_project(store::Reader& rows, std::string_view id) {
  MIMUS_ASSIGN(auto project, rows.project(id));
  if (!project || project->delete_at) return no_project(id);
  return *std::move(project);
}

}  // namespace

Result<store::Blob> Tasks::write_manifest(std::string_view project, std::string_view entry) const {
  const std::string name(entry);
  MIMUS_ASSIGN(const Manifest manifest, read_manifest(*store_, project));
  if (!has_entry(manifest, name)) return no_entry(name);
  MIMUS_TRY(check_entry(*store_, checker_, manifest, name));
  return store_->blobs->put(encode_manifest(manifest));
}

Result<Task> Tasks::enqueue(std::string_view project, const TaskOptions& wanted, const Origin& origin,
                            const std::optional<Idempotency>& idempotency) {
  MIMUS_ASSIGN(TaskOptions options, check_options(wanted));
  if (idempotency) MIMUS_TRY(check_idempotency(*idempotency));
  const Timestamp at = clock_();
  const Timestamp oldest{at.micros - limits_.idempotency_seconds * kMicrosPerSecond};
  // Before the work: a repeated request costs one look, and a full queue refuses at once.
  std::optional<Task> first;
  MIMUS_TRY(store_->metadata->read([&](store::Reader& rows) -> Status {
    MIMUS_ASSIGN(const store::Project row, find_project(rows, project));
    if (!options.csv) options.csv = CsvForm{row.settings.csv_delimiter, row.settings.csv_encoding};
    if (idempotency) {
      MIMUS_ASSIGN(first, find_repeated(rows, project, origin, *idempotency, oldest));
    }
    return first ? Status() : check_room(rows, project, limits_);
  }));
  if (first) return *std::move(first);

  Task task = make_task(project, options, origin, at);
  MIMUS_ASSIGN(const store::Blob manifest, write_manifest(project, options.entry));
  task.manifest = manifest.sha256;
  MIMUS_TRY(store_->metadata->write([&](store::Writer& rows) -> Status {
    MIMUS_TRY(find_project(rows, project));
    if (idempotency) {
      MIMUS_ASSIGN(first, find_repeated(rows, project, origin, *idempotency, oldest));
      if (first) return {};
    }
    MIMUS_TRY(check_room(rows, project, limits_));
    MIMUS_TRY(rows.insert_task(task));
    MIMUS_TRY(people::record(rows, origin.actor, at, {.action = "task.create", .project = project, .target = task.id}));
    if (!idempotency) return {};
    return rows.put_idempotency_key({.project_id = task.project_id,
                                     .token_id = origin.actor.id,
                                     .key = idempotency->key,
                                     .request_hash = idempotency->request_hash,
                                     .task_id = task.id,
                                     .created_at = at});
  }));
  return first ? *std::move(first) : std::move(task);
}

// The files of a project, of which `entry` is one when it is not empty; its name is put into its normal form.
Result<Manifest> Tasks::entry_manifest(std::string_view project, std::string& entry,
                                       const std::optional<std::string>& content) const {
  if (content) {
    MIMUS_ASSIGN(entry, project::check_file_name(entry));
  } else if (!entry.empty()) {
    MIMUS_ASSIGN(const project::FileMetadata file, files_->get(project, entry));
    entry = file.name;
  }
  return read_manifest(*store_, project);
}

Result<Diagnostics> Tasks::check(std::string_view project, std::string_view entry,
                                 const std::optional<std::string>& content) const {
  std::string name(entry);
  MIMUS_ASSIGN(const Manifest manifest, entry_manifest(project, name, content));
  if (checker_.program.empty()) return Diagnostics();
  MIMUS_ASSIGN(const Slots::Taken taken, slots_.take());
  std::optional<UnsavedFile> unsaved;
  if (content) unsaved = UnsavedFile{.name = name, .content = *content};
  auto findings = check_descriptor(*store_, checker_, manifest, name, unsaved);
  return findings ? std::move(findings) : unchecked(std::move(findings).error(), name);
}

Result<PreviewResult> Tasks::preview(std::string_view project, const PreviewRequest& request) const {
  PreviewRequest wanted = request;
  MIMUS_ASSIGN(const Manifest manifest, entry_manifest(project, wanted.entry, wanted.content));
  if (!wanted.seed) wanted.seed = draw_seed();
  if (!wanted.now) wanted.now = clock_();
  MIMUS_ASSIGN(const Slots::Taken taken, slots_.take());
  return preview_descriptor(*store_, checker_, manifest, wanted);
}

}  // namespace mimus::task
