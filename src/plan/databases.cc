#include "plan/databases.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "base/file.h"
#include "base/text.h"
#include "database/sqlite_database.h"
#include "descriptor/load.h"
#include "plan/sources.h"
#include "plan/value.h"
#include "source/snapshot.h"

namespace mimus {
namespace {

std::unexpected<Diagnostic> at(Diagnostic finding, const Location& place) {
  if (finding.where.line == 0) finding.where = place;
  return fail(std::move(finding));
}

// The attributes of a <database>, completed from the properties and its environment file, which win.
class Settings {
 public:
  [[nodiscard]] static Result<Settings> read(const Connection& connection, const SetupScope& scope) {
    Settings out;
    out.label_ = "<database> '" + connection.id.text + "'";
    out.at_ = connection.at;
    for (const auto& [name, value] : connection.attributes) out.values_[name] = value.text;
    const std::string system = out.text("system").empty() ? connection.id.text : out.text("system");
    const std::string prefix = system + ".db.";
    for (const auto& [key, value] : scope.setup.properties) out.set(key, value, prefix);
    for (const auto& [key, value] : scope.properties) out.set(key, value, prefix);
    MIMUS_ASSIGN(const Properties own, out.environment(connection, scope));
    for (const auto& [key, value] : own) out.set(key, value, prefix);
    out.replace_names(scope);
    return out;
  }

  [[nodiscard]] std::string text(const std::string& name) const {
    const auto known = values_.find(name);
    return known == values_.end() ? std::string() : known->second;
  }
  [[nodiscard]] const std::string& label() const { return label_; }
  [[nodiscard]] std::unexpected<Diagnostic> missing(const std::string& name) const {
    return at({.code = "database.setting",
               .message = label_ + " has no '" + name + "'",
               .hint = "as an attribute, or in the environment file: <system>.db." + name + "=…"},
              at_);
  }

 private:
  void set(std::string_view key, const std::string& value, const std::string& prefix) {
    if (!key.starts_with(prefix)) return;
    std::string name(key.substr(prefix.size()));
    std::erase(name, '.');
    values_[name] = value;
  }

  // <folder of the descriptor file>/conf/<environment>.env.properties, when there is one.
  [[nodiscard]] Result<Properties> environment(const Connection& connection, const SetupScope& scope) const {
    constexpr std::size_t kMostBytes = std::size_t{1} << 20U;
    const std::string name = text("environment").empty() ? "environment" : text("environment");
    if (!is_output_name(name) || name.contains('/')) {
      return at({.code = "database.setting",
                 .message = "the environment '" + name.substr(0, 80) + "' of " + label_ + " is no name of a file"},
                at_);
    }
    const SharedScope& shared = scope.shared;
    const fs::path folder = (shared.folder / connection.at.file).parent_path();
    const std::string shown = "conf/" + name + ".env.properties";
    auto path = resolve_below(shared.root, (folder / shown).lexically_relative(shared.root).string());
    if (!path) return at(std::move(path).error(), at_);
    std::error_code error;
    if (!fs::exists(*path, error)) return Properties();
    auto bytes = read_file(*path, kMostBytes);
    if (!bytes) return at(std::move(bytes).error(), at_);
    auto properties = parse_properties(*bytes, shown);
    if (!properties) return at(std::move(properties).error(), at_);
    return properties;
  }

  // {name}: a property.
  void replace_names(const SetupScope& scope) {
    for (auto& [name, value] : values_) {
      if (!is_braced(value)) continue;
      const std::string inside = value.substr(1, value.size() - 2);
      const auto known = std::ranges::find(scope.setup.properties, inside, &Properties::value_type::first);
      if (known != scope.setup.properties.end()) value = known->second;
      if (const auto later = scope.properties.find(inside); later != scope.properties.end()) value = later->second;
    }
  }

  std::map<std::string, std::string> values_;
  std::string label_;
  Location at_;
};

// The kinds that a descriptor may name; this version knows one of them.
Status check_dbms(const Settings& settings, const Location& place) {
  constexpr std::array<std::string_view, 5> kKinds{"sqlite", "postgresql", "mysql", "mssql", "oracle"};
  const std::string dbms = settings.text("dbms");
  if (dbms.empty()) return settings.missing("dbms");
  if (dbms == "sqlite") return {};
  if (std::ranges::find(kKinds, dbms) != kKinds.end()) {
    return at(
        {.code = "database.unavailable",
         .message = "databases of the kind '" + dbms + "' (" + settings.label() + ") are not available in this version",
         .hint = "sqlite is"},
        place);
  }
  return at({.code = "database.dbms",
             .message = "unknown kind of database '" + dbms + "' of " + settings.label(),
             .hint = "one of sqlite, postgresql, mysql, mssql, oracle"},
            place);
}

// As a new file, which may be written; the original need not be.
Status copy_bytes(const fs::path& from, const fs::path& to) {
  const Descriptor in(::open(from.c_str(), O_RDONLY | O_CLOEXEC));
  const Descriptor out(::open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!in || !out) return fail("database.open", errno_text(errno));
  std::vector<char> buffer(std::size_t{1} << 20U);
  while (true) {
    const ssize_t got = ::read(in.get(), buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return fail("database.open", errno_text(errno));
    if (got == 0) return {};
    MIMUS_TRY(write_all(out.get(), {buffer.data(), static_cast<std::size_t>(got)}));
  }
}

// Where the file is, or is to be: db/<name>.sqlite in the main descriptor's folder, or its copy.
Result<fs::path> file_of(const std::string& name, const std::string& shown, const SetupScope& scope) {
  const SharedScope& shared = scope.shared;
  const fs::path relative = (shared.folder / shown).lexically_relative(shared.root);
  MIMUS_ASSIGN(fs::path original, resolve_below(shared.root, relative.string()));
  if (shared.databases.copies.empty()) return original;
  fs::path copy = shared.databases.copies / (name + ".sqlite");
  std::error_code error;
  fs::create_directories(copy.parent_path(), error);
  if (error || !fs::exists(original, error) || fs::exists(copy, error)) return copy;
  if (auto done = copy_bytes(original, copy); !done) {
    return fail("database.open", "cannot copy the database file '" + shown + "': " + done.error().message);
  }
  return copy;
}

Result<std::shared_ptr<Database>> open_file(const Settings& settings, const std::string& shown,
                                            const SetupScope& scope) {
  const std::string name = settings.text("database");
  if (!is_output_name(name) || name.contains('/')) {
    return fail("database.name",
                "the database '" + name.substr(0, 80) + "' of " + settings.label() + " cannot be the name of a file",
                "the file is db/<name>.sqlite: no slashes, control characters or leading dot, at most 200 bytes");
  }
  DatabaseScope& databases = scope.shared.databases;
  MIMUS_ASSIGN(const fs::path file, file_of(name, shown, scope));
  std::shared_ptr<Database>& known = databases.by_file[file.string()];
  if (!known) {
    known = make_sqlite_database({.file = file,
                                  .shown = shown,
                                  .now = scope.shared.now,
                                  .random = Stream(scope.shared.seed, "database").sub(name),
                                  .is_private = !databases.copies.empty(),
                                  .is_durable = databases.durable,
                                  .is_cancelled = databases.is_cancelled});
  }
  return known;
}

Result<std::string> query_text(const AttributeText& selector, const TextMarks& marks, const SetupScope& scope) {
  const std::vector<OpenLevel> no_levels;
  const std::vector<ShapePlan> no_shapes;
  MIMUS_ASSIGN(const TextPlan text, bind_text(selector, marks, "selector", {no_levels, no_shapes, scope}));
  return joined_text(text, [](const ExpressionPlan& expression) { return evaluate_in_setup(expression); });
}

// The rows that `read` gives, as of now; the same ones are read once as long as they are in use.
template <class Read>
Result<std::shared_ptr<const Source>> take_rows(const NamedDatabase& database, const std::string& what,
                                                const SetupScope& scope, const Read& read) {
  DatabaseScope& databases = scope.shared.databases;
  std::erase_if(databases.opened, [](const auto& entry) { return entry.second.expired(); });
  const std::string key = database.file + '\0' + std::to_string(database.database->version()) + '\0' + what;
  if (auto known = databases.opened[key].lock()) return known;
  SnapshotBuilder rows(databases.memory, scope.shared.work);
  MIMUS_TRY(read([&](std::shared_ptr<const Record> batch) { return rows.add(std::move(batch)); }));
  auto source = rows.finish();
  databases.opened[key] = source;
  return source;
}

}  // namespace

Status add_database(const Connection& connection, const SetupScope& scope) {
  DatabaseScope& databases = scope.shared.databases;
  const std::string& id = connection.id.text;
  if (const auto known = databases.by_id.find(id); known != databases.by_id.end()) {
    const Location& other = known->second.at;
    if (other.file == connection.at.file && other.line != connection.at.line) {
      return at({.code = "database.duplicate", .message = "a database '" + id + "' exists already"}, connection.id.at);
    }
  }
  MIMUS_ASSIGN(const Settings settings, Settings::read(connection, scope));
  MIMUS_TRY(check_dbms(settings, connection.at));
  if (settings.text("database").empty()) return settings.missing("database");
  if (const std::string schema = settings.text("schema"); !schema.empty() && schema != "main") {
    return at({.code = "database.setting",
               .message = settings.label() + " has the schema '" + schema + "', but SQLite has no schemas",
               .hint = "leave the attribute out"},
              connection.at);
  }
  NamedDatabase out{.database = nullptr,
                    .file = "db/" + settings.text("database") + ".sqlite",
                    .null_columns = {},
                    .at = connection.at};
  auto database = open_file(settings, out.file, scope);
  if (!database) return at(std::move(database).error(), connection.at);
  out.database = std::move(*database);
  const std::string null_columns = settings.text("none_as_null_col");
  for (const std::string_view name : split(null_columns, ',')) out.null_columns.emplace_back(trim(name));
  databases.by_id[id] = std::move(out);
  return {};
}

const NamedDatabase* find_database(std::string_view id, const SetupScope& scope) {
  const auto known = scope.shared.databases.by_id.find(id);
  return known == scope.shared.databases.by_id.end() ? nullptr : &known->second;
}

Result<std::shared_ptr<const Source>> open_table(const NamedDatabase& database, const TableQuery& query,
                                                 const SetupScope& scope) {
  auto table = database.database->find_table(query.table.text);
  if (!table) return at(std::move(table).error(), query.table.at);
  TableSelection selection{.column = {}, .most_rows = query.most_rows};
  if (query.column) {
    selection.column = table->find(query.column->text);
    if (!selection.column) {
      std::vector<std::string_view> known;
      for (const TableColumn& column : table->columns) known.push_back(column.name);
      return at({.code = "database.column",
                 .message = "the table '" + table->name + "' of '" + database.file + "' has no column '" +
                            query.column->text + "'",
                 .hint = suggest(query.column->text, known)},
                query.column->at);
    }
  }
  const std::string what =
      "table " + table->name + '\0' + (query.column ? query.column->text : "") + '\0' + std::to_string(query.most_rows);
  auto rows = take_rows(database, what, scope, [&](const Database::BatchSink& take) {
    return database.database->read_table(*table, selection, take);
  });
  if (rows) return rows;
  rows.error().message = "reading the table '" + table->name + "' of '" + database.file + "': " + rows.error().message;
  return at(std::move(rows).error(), query.table.at);
}

Result<std::shared_ptr<const Source>> open_query(const NamedDatabase& database, const AttributeText& selector,
                                                 const TextMarks& marks, const SetupScope& scope) {
  MIMUS_ASSIGN(const std::string text, query_text(selector, marks, scope));
  auto rows = take_rows(database, "query " + text, scope,
                        [&](const Database::BatchSink& take) { return database.database->read_query(text, take); });
  if (rows) return rows;
  if (rows.error().code.starts_with("database.")) {
    rows.error().message = "'" + database.file + "' refuses the selector: " + rows.error().message;
  }
  return at(std::move(rows).error(), selector.at);
}

Result<AskedPlan> bind_iteration_selector(const AttributeText& source, const AttributeText& selector,
                                          const TextMarks& marks, const NameScope& names) {
  const NamedDatabase* database = find_database(source.text, names.setup);
  if (database == nullptr) return fail(not_a_database(source, selector));
  MIMUS_ASSIGN(TextPlan text, bind_text(selector, marks, "iterationSelector", names));
  return AskedPlan{.database = database->database, .text = std::move(text), .at = selector.at};
}

Result<Value> ask_in_setup(const AskedPlan& plan) {
  MIMUS_ASSIGN(const std::string text,
               joined_text(plan.text, [](const ExpressionPlan& expression) { return evaluate_in_setup(expression); }));
  auto rows = plan.database->ask(text);
  if (!rows) return at(std::move(rows).error(), plan.at);
  return rows;
}

Diagnostic not_a_database(const AttributeText& source, const AttributeText& selector) {
  return {.code = "source.selector",
          .message = "a selector needs a database as its source, which '" + source.text + "' is not",
          .where = selector.at};
}

}  // namespace mimus
