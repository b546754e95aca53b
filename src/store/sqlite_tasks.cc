// Tasks and artifacts.
#include <array>
#include <string>

#include "store/row_json.h"
#include "store/sqlite_rows.h"

namespace mimus::store {
namespace {

// The columns in the order in which read_task takes them and bind_task gives them.
constexpr std::string_view kColumns =
    "id, project_id, status, entry, seed, now, environment, parameters, count_factor, trigger_kind, created_by, "
    "created_at, started_at, finished_at, records_done, records_total, bytes_written, records_per_second, current, "
    "fraction, errors, artifacts, artifact_bytes, content_hash, engine_version, datapack_version, manifest, "
    "cancel_requested, worker, attempt, worker_until, statistics, csv_delimiter, csv_encoding, "
    "created_by_name";
constexpr int kColumnCount = 35;

std::string select_tasks(std::string_view rest) {
  return "SELECT " + std::string(kColumns) + " FROM task " + std::string(rest);
}

// "?1, ?2, …": a parameter for each column.
std::string placeholders() {
  std::string text;
  for (int i = 1; i <= kColumnCount; ++i) text += (i == 1 ? "?" : ", ?") + std::to_string(i);
  return text;
}

// The conditions of a TaskFilter, in the order of its members.
constexpr std::array<std::string_view, 7> kFilters = {"project_id = ?", "status = ?",     "trigger_kind = ?",
                                                      "entry = ?",      "created_by = ?", "created_at >= ?",
                                                      "created_at < ?"};

// A statement for each choice of them: bit i stands for condition i.
std::vector<std::string> filtered_selects() {
  std::vector<std::string> texts;
  for (std::size_t choice = 0; choice < std::size_t{1} << kFilters.size(); ++choice) {
    std::string where = "WHERE id < ?";
    for (std::size_t i = 0; i < kFilters.size(); ++i) {
      if ((choice >> i & 1U) != 0) where += " AND " + std::string(kFilters.at(i));
    }
    texts.push_back(select_tasks(where + " ORDER BY id DESC LIMIT ?"));
  }
  return texts;
}

std::string select_artifacts(std::string_view rest) {
  return "SELECT task_id, name, sha256, size, records, created_at FROM artifact " + std::string(rest);
}

std::optional<Timestamp> optional_time(const Query& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return row.time(column);
}

std::optional<std::uint64_t> optional_natural(const Query& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return row.natural(column);
}

Result<Task> read_task(const Query& row) {
  Task task;
  task.id = row.text(0);
  task.project_id = row.text(1);
  const auto status = parse_task_status(row.text(2));
  if (!status) return fail("store.failed", "task '" + task.id + "' has an unknown status");
  task.status = *status;
  task.entry = row.text(3);
  task.seed = row.natural(4);
  task.now = row.time(5);
  task.environment = row.text(6);
  MIMUS_ASSIGN(task.parameters, parse_parameters(row.text(7)));
  task.count_factor = row.real(8);
  task.trigger = row.text(9);
  task.created_by = row.text(10);
  task.created_at = row.time(11);
  task.started_at = optional_time(row, 12);
  task.finished_at = optional_time(row, 13);
  task.progress = {.records_done = row.natural(14),
                   .records_total = optional_natural(row, 15),
                   .bytes_written = row.natural(16),
                   .records_per_second = row.real(17),
                   .current = row.text(18),
                   .fraction = row.real(19)};
  MIMUS_ASSIGN(task.errors, parse_findings(row.text(20)));
  task.artifacts = row.natural(21);
  task.artifact_bytes = row.natural(22);
  task.content_hash = row.text(23);
  task.engine_version = row.text(24);
  task.datapack_version = row.text(25);
  task.manifest = row.text(26);
  task.cancel_requested = row.integer(27) != 0;
  task.worker = row.text(28);
  task.attempt = static_cast<std::uint32_t>(row.integer(29));
  task.worker_until = row.time(30);
  task.statistics = row.text(31);
  task.csv_delimiter = row.text(32);
  task.csv_encoding = row.text(33);
  task.created_by_name = row.text(34);
  return task;
}

// Runs an INSERT or REPLACE of all columns.
Status write_task(Connection& connection, std::string_view sql, const Task& task) {
  const std::string parameters = write_parameters(task.parameters);
  const std::string errors = write_findings(task.errors);
  Query query(connection, sql);
  query.bind(task.id, task.project_id, task_status_name(task.status), task.entry, task.seed, task.now, task.environment,
             parameters, task.count_factor, task.trigger, task.created_by, task.created_at, task.started_at,
             task.finished_at, task.progress.records_done, task.progress.records_total, task.progress.bytes_written,
             task.progress.records_per_second, task.progress.current, task.progress.fraction, errors, task.artifacts,
             task.artifact_bytes, task.content_hash, task.engine_version, task.datapack_version, task.manifest,
             task.cancel_requested, task.worker, task.attempt, task.worker_until, task.statistics, task.csv_delimiter,
             task.csv_encoding, task.created_by_name);
  return query.run_on_one();
}

Result<Artifact> read_artifact(const Query& row) {
  return Artifact{.task_id = row.text(0),
                  .name = row.text(1),
                  .sha256 = row.text(2),
                  .size = row.natural(3),
                  .records = optional_natural(row, 4),
                  .created_at = row.time(5)};
}

Result<std::uint64_t> read_number(Query& query) {
  MIMUS_TRY(query.step());
  return query.natural(0);
}

}  // namespace

Result<std::optional<Task>> SqliteRows::task(std::string_view id) {
  static const std::string kSql = select_tasks("WHERE id = ?1");
  Query query(*connection_, kSql);
  return first_row(query.bind(id), read_task);
}

Result<std::vector<Task>> SqliteRows::tasks(const TaskFilter& filter, std::string_view before, std::uint64_t limit) {
  static const std::vector<std::string> kTexts = filtered_selects();
  const std::array<bool, kFilters.size()> given = {
      !filter.project.empty(),    filter.status.has_value(), !filter.trigger.empty(), !filter.entry.empty(),
      !filter.created_by.empty(), filter.from.has_value(),   filter.until.has_value()};
  std::size_t choice = 0;
  for (std::size_t i = 0; i < given.size(); ++i) choice |= std::size_t{given[i]} << i;
  Query query(*connection_, kTexts[choice]);
  query.bind(before.empty() ? "~" : before);  // no id comes after "~"
  if (given[0]) query.bind(filter.project);
  if (given[1]) query.bind(task_status_name(*filter.status));
  if (given[2]) query.bind(filter.trigger);
  if (given[3]) query.bind(filter.entry);
  if (given[4]) query.bind(filter.created_by);
  if (given[5]) query.bind(*filter.from);
  if (given[6]) query.bind(*filter.until);
  return all_rows(query.bind(row_limit(limit)), read_task);
}

Result<std::vector<Task>> SqliteRows::ended_tasks(std::string_view project, Timestamp end, std::uint64_t limit) {
  static const std::string kSql =
      select_tasks("WHERE project_id = ?1 AND finished_at < ?2 ORDER BY finished_at LIMIT ?3");
  Query query(*connection_, kSql);
  return all_rows(query.bind(project, end, row_limit(limit)), read_task);
}

Result<std::uint64_t> SqliteRows::count_tasks(std::string_view project, TaskStatus status) {
  if (project.empty()) {
    Query all(*connection_, "SELECT count(*) FROM task WHERE status = ?1");
    return read_number(all.bind(task_status_name(status)));
  }
  Query query(*connection_, "SELECT count(*) FROM task WHERE project_id = ?1 AND status = ?2");
  return read_number(query.bind(project, task_status_name(status)));
}

Result<std::vector<Task>> SqliteRows::tasks_with(TaskStatus status) {
  static const std::string kSql = select_tasks("WHERE status = ?1 ORDER BY id");
  Query query(*connection_, kSql);
  return all_rows(query.bind(task_status_name(status)), read_task);
}

Result<std::optional<Task>> SqliteRows::next_task(std::uint64_t running) {
  static const std::string kSql = select_tasks(
      "WHERE id = (SELECT waiting.id FROM task AS waiting WHERE waiting.status = 'PENDING' AND "
      "(SELECT count(*) FROM task AS busy WHERE busy.status = 'RUNNING' AND busy.project_id = waiting.project_id) < ?1 "
      "ORDER BY waiting.id LIMIT 1)");
  Query query(*connection_, kSql);
  return first_row(query.bind(row_limit(running)), read_task);
}

Result<std::vector<Artifact>> SqliteRows::artifacts(std::string_view task, std::string_view after,
                                                    std::uint64_t limit) {
  static const std::string kSql = select_artifacts("WHERE task_id = ?1 AND name > ?2 ORDER BY name LIMIT ?3");
  Query query(*connection_, kSql);
  return all_rows(query.bind(task, after, row_limit(limit)), read_artifact);
}

Result<std::optional<Artifact>> SqliteRows::artifact(std::string_view task, std::string_view name) {
  static const std::string kSql = select_artifacts("WHERE task_id = ?1 AND name = ?2");
  Query query(*connection_, kSql);
  return first_row(query.bind(task, name), read_artifact);
}

Result<std::uint64_t> SqliteRows::artifact_bytes(std::string_view project) {
  Query query(*connection_, "SELECT coalesce(max(artifact_bytes), 0) FROM project WHERE id = ?1");
  return read_number(query.bind(project));
}

Status SqliteRows::insert_task(const Task& task) {
  static const std::string kSql = "INSERT INTO task (" + std::string(kColumns) + ") VALUES (" + placeholders() + ")";
  return write_task(*connection_, kSql, task);
}

Status SqliteRows::replace_task(const Task& task) {
  static const std::string kSql =
      "UPDATE task SET (" + std::string(kColumns) + ") = (" + placeholders() + ") WHERE id = ?1";
  return write_task(*connection_, kSql, task);
}

Status SqliteRows::remove_task(std::string_view id) {
  Query query(*connection_, "DELETE FROM task WHERE id = ?1");
  return query.bind(id).run();
}

Status SqliteRows::insert_artifact(const Artifact& artifact) {
  Query query(*connection_,
              "INSERT INTO artifact (task_id, name, sha256, size, records, created_at) "
              "VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
  return query
      .bind(artifact.task_id, artifact.name, artifact.sha256, artifact.size, artifact.records, artifact.created_at)
      .run();
}

}  // namespace mimus::store
