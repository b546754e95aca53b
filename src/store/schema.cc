#include "store/schema.h"

#include <array>
#include <string>

namespace mimus::store {
namespace {

// Marks the file as ours (PRAGMA application_id): "Mims".
constexpr std::int64_t kApplication = 0x4D696D73;

// Times are microseconds since 1970 in UTC. Lists and objects are JSON. A project's sums are kept by triggers, so
// that no way to change its files and tasks can forget them.
constexpr const char* kFirst = R"sql(
CREATE TABLE project (
  id             TEXT PRIMARY KEY,
  name           TEXT NOT NULL,
  demo           TEXT NOT NULL,
  created_at     INTEGER NOT NULL,
  files          INTEGER NOT NULL DEFAULT 0,
  bytes          INTEGER NOT NULL DEFAULT 0,
  artifact_bytes INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE file (
  project_id TEXT NOT NULL REFERENCES project ON DELETE CASCADE,
  key        TEXT NOT NULL,
  name       TEXT NOT NULL,
  sha256     TEXT NOT NULL,
  size       INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  PRIMARY KEY (project_id, key)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX file_name ON file (project_id, name);

CREATE TRIGGER file_comes AFTER INSERT ON file BEGIN
  UPDATE project SET files = files + 1, bytes = bytes + NEW.size WHERE id = NEW.project_id;
END;
CREATE TRIGGER file_changes AFTER UPDATE OF size ON file BEGIN
  UPDATE project SET bytes = bytes + NEW.size - OLD.size WHERE id = NEW.project_id;
END;
CREATE TRIGGER file_goes AFTER DELETE ON file BEGIN
  UPDATE project SET files = files - 1, bytes = bytes - OLD.size WHERE id = OLD.project_id;
END;

CREATE TABLE lease (
  project_id  TEXT NOT NULL,
  key         TEXT NOT NULL,
  holder      TEXT NOT NULL,
  holder_name TEXT NOT NULL,
  expires_at  INTEGER NOT NULL,
  PRIMARY KEY (project_id, key),
  FOREIGN KEY (project_id, key) REFERENCES file ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE token (
  id           TEXT PRIMARY KEY,
  project_id   TEXT NOT NULL REFERENCES project ON DELETE CASCADE,
  name         TEXT NOT NULL,
  hash         TEXT NOT NULL UNIQUE,
  scope        TEXT NOT NULL,
  created_at   INTEGER NOT NULL,
  expires_at   INTEGER NOT NULL,
  last_used_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX token_project ON token (project_id, id);

CREATE TABLE task (
  id                 TEXT PRIMARY KEY,
  project_id         TEXT NOT NULL REFERENCES project ON DELETE CASCADE,
  status             TEXT NOT NULL,
  entry              TEXT NOT NULL,
  seed               INTEGER NOT NULL,
  now                INTEGER NOT NULL,
  environment        TEXT NOT NULL,
  parameters         TEXT NOT NULL,
  count_factor       REAL NOT NULL,
  trigger_kind       TEXT NOT NULL,
  created_by         TEXT NOT NULL,
  created_at         INTEGER NOT NULL,
  started_at         INTEGER,
  finished_at        INTEGER,
  records_done       INTEGER NOT NULL,
  records_total      INTEGER,
  bytes_written      INTEGER NOT NULL,
  records_per_second REAL NOT NULL,
  current            TEXT NOT NULL,
  fraction           REAL NOT NULL,
  errors             TEXT NOT NULL,
  artifacts          INTEGER NOT NULL,
  artifact_bytes     INTEGER NOT NULL,
  content_hash       TEXT NOT NULL,
  engine_version     TEXT NOT NULL,
  datapack_version   TEXT NOT NULL,
  manifest           TEXT NOT NULL,
  cancel_requested   INTEGER NOT NULL,
  worker             TEXT NOT NULL,
  attempt            INTEGER NOT NULL,
  worker_until       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX task_project ON task (project_id, id);
CREATE INDEX task_status ON task (status, project_id, id);

CREATE TABLE artifact (
  task_id    TEXT NOT NULL REFERENCES task ON DELETE CASCADE,
  name       TEXT NOT NULL,
  sha256     TEXT NOT NULL,
  size       INTEGER NOT NULL,
  records    INTEGER,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (task_id, name)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER artifact_comes AFTER INSERT ON artifact BEGIN
  UPDATE project SET artifact_bytes = artifact_bytes + NEW.size
  WHERE id = (SELECT project_id FROM task WHERE id = NEW.task_id);
END;
CREATE TRIGGER task_goes BEFORE DELETE ON task BEGIN
  UPDATE project SET artifact_bytes = artifact_bytes
    - (SELECT coalesce(sum(size), 0) FROM artifact WHERE task_id = OLD.id)
  WHERE id = OLD.project_id;
END;

CREATE TABLE idempotency_key (
  project_id   TEXT NOT NULL REFERENCES project ON DELETE CASCADE,
  token_id     TEXT NOT NULL,
  key          TEXT NOT NULL,
  request_hash TEXT NOT NULL,
  task_id      TEXT NOT NULL,
  created_at   INTEGER NOT NULL,
  PRIMARY KEY (project_id, token_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_key_age ON idempotency_key (created_at);
)sql";

// People, and the log of what they do. A user is never deleted, only disabled: the log names them. An entry of the log
// outlives its project; the triggers refuse every change of it, and every number but the next (a REPLACE would pass the
// other two).
constexpr const char* kPeople = R"sql(
CREATE TABLE app_user (
  id              TEXT PRIMARY KEY,
  email           TEXT NOT NULL,
  email_key       TEXT NOT NULL UNIQUE,
  name            TEXT NOT NULL,
  search_key      TEXT NOT NULL,
  password        TEXT NOT NULL,
  role            TEXT NOT NULL,
  is_disabled     INTEGER NOT NULL,
  must_change     INTEGER NOT NULL,
  failed          INTEGER NOT NULL,
  failed_at       INTEGER,
  locked_until    INTEGER,
  created_at      INTEGER NOT NULL,
  last_sign_in_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
  hash         TEXT PRIMARY KEY,
  user_id      TEXT NOT NULL REFERENCES app_user ON DELETE CASCADE,
  csrf         TEXT NOT NULL,
  created_at   INTEGER NOT NULL,
  last_used_at INTEGER NOT NULL,
  address      TEXT NOT NULL,
  user_agent   TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_user ON session (user_id);
CREATE INDEX session_age ON session (created_at);
CREATE INDEX session_use ON session (last_used_at);

CREATE TABLE member (
  project_id TEXT NOT NULL REFERENCES project ON DELETE CASCADE,
  user_id    TEXT NOT NULL REFERENCES app_user ON DELETE CASCADE,
  role       TEXT NOT NULL,
  PRIMARY KEY (project_id, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX member_user ON member (user_id, project_id);

ALTER TABLE token ADD COLUMN created_by TEXT REFERENCES app_user ON DELETE CASCADE;
CREATE INDEX token_maker ON token (created_by);

CREATE TABLE setting (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE audit_entry (
  seq        INTEGER PRIMARY KEY,
  at         INTEGER NOT NULL,
  actor_kind TEXT NOT NULL,
  actor_id   TEXT NOT NULL,
  actor_name TEXT NOT NULL,
  address    TEXT NOT NULL,
  action     TEXT NOT NULL,
  project_id TEXT NOT NULL,
  target     TEXT NOT NULL,
  before     TEXT NOT NULL,
  after      TEXT NOT NULL,
  previous   TEXT NOT NULL,
  hash       TEXT NOT NULL
) STRICT;
CREATE INDEX audit_project ON audit_entry (project_id, seq);
CREATE INDEX audit_actor ON audit_entry (actor_id, seq);
CREATE TRIGGER audit_grows_at_its_end BEFORE INSERT ON audit_entry
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM audit_entry) BEGIN
  SELECT RAISE(ABORT, 'the audit log grows at its end only');
END;
CREATE TRIGGER audit_stays BEFORE UPDATE ON audit_entry BEGIN
  SELECT RAISE(ABORT, 'the audit log is never changed');
END;
CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit_entry BEGIN
  SELECT RAISE(ABORT, 'the audit log is never cut');
END;
)sql";

// Versions of files, settings of projects, deletion with a time to think again, statistics of tasks. Files that are
// there already get the version they are; its id is made like a UUIDv7 from the time of the change.
constexpr const char* kProjects = R"sql(
ALTER TABLE project ADD COLUMN version_bytes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE project ADD COLUMN csv_delimiter TEXT NOT NULL DEFAULT '';
ALTER TABLE project ADD COLUMN csv_encoding TEXT NOT NULL DEFAULT '';
ALTER TABLE project ADD COLUMN retention_days INTEGER NOT NULL DEFAULT 0;
ALTER TABLE project ADD COLUMN is_template INTEGER NOT NULL DEFAULT 0;
ALTER TABLE project ADD COLUMN delete_at INTEGER;

CREATE TABLE version (
  id         TEXT PRIMARY KEY,
  project_id TEXT NOT NULL REFERENCES project ON DELETE CASCADE,
  key        TEXT NOT NULL,
  name       TEXT NOT NULL,
  sha256     TEXT NOT NULL,
  size       INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX version_project ON version (project_id, id);
CREATE INDEX version_file ON version (project_id, key, id);

CREATE TRIGGER version_comes AFTER INSERT ON version BEGIN
  UPDATE project SET version_bytes = version_bytes + NEW.size WHERE id = NEW.project_id;
END;
CREATE TRIGGER version_goes AFTER DELETE ON version BEGIN
  UPDATE project SET version_bytes = version_bytes - OLD.size WHERE id = OLD.project_id;
END;

INSERT INTO version
SELECT printf('%08x-%04x-7000-8%03x-%s', (updated_at / 1000) >> 16, (updated_at / 1000) & 65535,
              abs(random() % 4096), lower(hex(randomblob(6)))),
       project_id, key, name, sha256, size, updated_at, updated_by
FROM file;

ALTER TABLE task ADD COLUMN statistics TEXT NOT NULL DEFAULT '';
ALTER TABLE task ADD COLUMN csv_delimiter TEXT NOT NULL DEFAULT '';
ALTER TABLE task ADD COLUMN csv_encoding TEXT NOT NULL DEFAULT '';
ALTER TABLE task ADD COLUMN created_by_name TEXT NOT NULL DEFAULT '';
CREATE INDEX task_newest_status ON task (status, id);
CREATE INDEX task_trigger ON task (project_id, trigger_kind, id);
CREATE INDEX task_entry ON task (project_id, entry, id);
CREATE INDEX task_maker ON task (project_id, created_by, id);
CREATE INDEX task_ended ON task (project_id, finished_at) WHERE finished_at IS NOT NULL;
)sql";

// A released step never changes; a new one is added at the end.
constexpr std::array kSteps = {kFirst, kPeople, kProjects};

Result<std::int64_t> read_number(Connection& connection, std::string_view sql) {
  Query query(connection, sql);
  MIMUS_TRY(query.step());
  return query.integer(0);
}

Result<std::size_t> read_version(Connection& connection, std::size_t known) {
  MIMUS_ASSIGN(const std::int64_t version, read_number(connection, "PRAGMA user_version"));
  MIMUS_ASSIGN(const std::int64_t application, read_number(connection, "PRAGMA application_id"));
  MIMUS_ASSIGN(const std::int64_t tables, read_number(connection, "SELECT count(*) FROM sqlite_schema"));
  const bool empty = version == 0 && application == 0 && tables == 0;
  if (!empty && application != kApplication) {
    return fail("store.format", "the metadata file is a database of another program", "--data names another folder");
  }
  if (version < 0 || static_cast<std::size_t>(version) > known) {
    return fail("store.format",
                "the data folder has format " + std::to_string(version) + "; this Mimus knows " +
                    std::to_string(known) + " at most",
                "use the newer Mimus that has written it");
  }
  return static_cast<std::size_t>(version);
}

Status take_steps(Connection& connection, SchemaSteps steps) {
  // Read again in the transaction: another process may have been first.
  MIMUS_ASSIGN(const std::size_t version, read_version(connection, steps.size()));
  for (const char* step : steps.subspan(version)) MIMUS_TRY(connection.run(step));
  const std::string marks = "PRAGMA user_version = " + std::to_string(steps.size()) +
                            "; PRAGMA application_id = " + std::to_string(kApplication);
  return connection.run(marks.c_str());
}

}  // namespace

SchemaSteps schema_steps() { return kSteps; }

Status migrate(Connection& connection, SchemaSteps steps) {
  // In one view: a process that makes the same database may commit between two reads.
  MIMUS_TRY(connection.run("BEGIN"));
  const auto version = read_version(connection, steps.size());
  MIMUS_TRY(connection.run("ROLLBACK"));
  if (!version) return fail(version.error());
  if (*version == steps.size()) return {};
  MIMUS_TRY(connection.run("BEGIN IMMEDIATE"));
  Status status = take_steps(connection, steps);
  if (status) status = connection.run("COMMIT");
  if (!status) (void)connection.run("ROLLBACK");
  return status;
}

}  // namespace mimus::store
