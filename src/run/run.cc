#include "run/run.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <map>
#include <new>
#include <utility>

#include "base/date_format.h"
#include "base/hash.h"
#include "base/text.h"
#include "converter/converter.h"
#include "descriptor/load.h"
#include "descriptor/xml.h"
#include "generator/generator.h"
#include "plan/bind.h"
#include "plan/databases.h"
#include "plan/demographics.h"
#include "plan/execute.h"
#include "plan/own_tables.h"
#include "plan/sql_script.h"
#include "plan/unavailable.h"
#include "run/context.h"
#include "run/database_artifacts.h"
#include "run/generate_run.h"
#include "run/rules.h"
#include "run/vaults.h"
#include "script/parse.h"

namespace mimus {
namespace {

constexpr std::uint64_t kSeedLimit = std::uint64_t{1} << 53U;

// The registries, as the checker asks them.
class Registries final : public Components {
 public:
  [[nodiscard]] Status check_generator(const Call& call) const override {
    if (has_expressions(call) && find_generator(call.name) != nullptr) return check_expressions(call);
    if (auto made = make_generator(call, {}); !made) return fail(std::move(made).error());
    return {};
  }
  [[nodiscard]] Status check_converter(const Call& call) const override {
    if (has_expressions(call) && find_converter(call.name) != nullptr) return check_expressions(call);
    if (auto made = make_converter(call); !made) return fail(std::move(made).error());
    return {};
  }
  [[nodiscard]] Status check_pattern(std::string_view pattern) const override {
    if (auto made = make_pattern(pattern); !made) return fail(std::move(made).error());
    return {};
  }
  [[nodiscard]] Status check_date_format(std::string_view format) const override {
    if (auto made = DateFormat::compile(format); !made) return fail(std::move(made).error());
    return {};
  }
  [[nodiscard]] Status check_expression(std::string_view expression) const override {
    if (auto tree = script::parse_expression(expression); !tree) return fail(std::move(tree).error());
    return {};
  }

 private:
  // What the arguments are is known when it runs.
  [[nodiscard]] Status check_expressions(const Call& call) const {
    for (const Argument& argument : call.arguments) {
      if (argument.expression.empty()) continue;
      auto status = check_expression(argument.expression);
      if (status) continue;
      Diagnostic finding = std::move(status).error();
      const std::size_t name = argument.name.empty() ? 0 : argument.name.size() + 1;
      finding.where.column += static_cast<int>(argument.offset + name);
      return fail(std::move(finding));
    }
    return {};
  }
};

// Where a descriptor lies, with symbolic links followed.
struct Places {
  fs::path descriptor, root, folder;
};

Result<Places> find_places(const fs::path& descriptor, const fs::path& root) {
  std::error_code error;
  if (!fs::is_regular_file(descriptor, error)) {
    return fail("file.not_found", "no descriptor file '" + descriptor.string() + "'");
  }
  Places out;
  out.descriptor = fs::canonical(descriptor, error);
  if (error) return fail("file.unreadable", "cannot read '" + descriptor.string() + "': " + error.message());
  out.folder = out.descriptor.parent_path();
  out.root = root.empty() ? out.folder : fs::canonical(root, error);
  if (error) return fail("file.unreadable", "cannot read '" + root.string() + "': " + error.message());
  return out;
}

std::expected<std::shared_ptr<const Setup>, Diagnostics> load(const Places& places) {
  const Registries registries;
  return load_descriptor(
      {.descriptor = places.descriptor, .root = places.root, .folder = places.folder, .components = &registries});
}

// The line that a finding is about, read again from its file.
void show_line(const Places& places, Diagnostic& finding) {
  if (finding.where.line <= 0 || !finding.line_text.empty()) return;
  const auto text = read_file(places.folder / finding.where.file, kMaxDescriptorBytes);
  if (!text) return;
  const auto lines = split(*text, '\n');
  const auto number = static_cast<std::size_t>(finding.where.line);
  if (number > lines.size()) return;
  finding.line_text = lines[number - 1];
  if (finding.line_text.ends_with('\r')) finding.line_text.pop_back();
}

std::size_t count_generates(const Setup& setup) {
  std::size_t count = 0;
  for (const SetupStatement& statement : setup.statements) {
    if (std::holds_alternative<Generate>(statement.node)) ++count;
    const auto* include = std::get_if<Include>(&statement.node);
    if (include != nullptr && include->setup) count += count_generates(*include->setup);
  }
  return count;
}

// What the run would refuse when it comes to it.
void collect_entity_mistakes(const Setup& setup, Diagnostics& findings) {
  for (const SetupStatement& statement : setup.statements) {
    Diagnostics own;
    if (const auto* generate = std::get_if<Generate>(&statement.node)) own = find_entity_mistakes(*generate);
    if (const auto* variable = std::get_if<Variable>(&statement.node)) own = find_entity_mistakes(*variable);
    findings.insert(findings.end(), own.begin(), own.end());
    const auto* include = std::get_if<Include>(&statement.node);
    if (include != nullptr && include->setup) collect_entity_mistakes(*include->setup, findings);
  }
}

// Runs the statements of a <setup> in order.
class SetupRun {
 public:
  SetupRun(const Places& places, SharedScope& shared, RunContext& context, RunReport& report, std::size_t generates)
      : places_(places),
        shared_(shared),
        context_(context),
        report_(report),
        share_(1.0 / static_cast<double>(std::max<std::size_t>(generates, 1))) {}

  std::expected<void, Diagnostics> run(const Setup& setup) {
    SetupScope scope{shared_, setup};
    const auto generators = shared_.generators;
    const auto script_names = shared_.script_names;
    const auto databases = shared_.databases.by_id;
    for (const SetupStatement& statement : setup.statements) {
      auto status = std::visit([&](const auto& node) { return run(node, scope); }, statement.node);
      if (!status) return status;
    }
    // What it has defined for itself ends with it.
    shared_.generators = generators;
    shared_.script_names = script_names;
    shared_.databases.by_id = databases;
    return {};
  }

 private:
  using Outcome = std::expected<void, Diagnostics>;

  static std::unexpected<Diagnostics> failed(Diagnostic finding) {
    return std::unexpected(Diagnostics{std::move(finding)});
  }

  Outcome run(const Memstore& memstore, const SetupScope&) {
    if (shared_.memstores.try_emplace(memstore.id.text).second) return {};
    return failed({.code = "memstore.duplicate",
                   .message = "memstore '" + memstore.id.text + "' exists already",
                   .where = memstore.id.at});
  }

  Outcome run(const Include& include, SetupScope& scope) {
    if (!include.expression) return include.setup ? run(*include.setup) : Outcome();
    const std::vector<OpenLevel> no_levels;
    const std::vector<ShapePlan> no_shapes;
    const auto expression = bind_expression(*include.expression, "uri of <include>", {no_levels, no_shapes, scope});
    if (!expression) return failed(expression.error());
    const auto uri = evaluate_in_setup(*expression);
    if (!uri) return failed(uri.error());
    const auto included = load(include, text_of(*uri), scope.setup);
    if (!included) return std::unexpected(included.error());
    if ((*included)->setup) return run_open(*(*included)->setup);
    for (const auto& [name, value] : (*included)->properties) scope.properties[name] = value;
    return {};
  }

  // What an <include> whose uri has been evaluated brings; each is loaded once.
  std::expected<const Included*, Diagnostics> load(const Include& include, const std::string& uri,
                                                   const Setup& around) {
    const auto known = included_.find({&include, uri});
    if (known != included_.end()) return &known->second;
    const Registries registries;
    auto loaded = load_included(
        {.descriptor = places_.descriptor, .root = places_.root, .folder = places_.folder, .components = &registries},
        include, uri, around, open_includes_);
    if (!loaded) return std::unexpected(std::move(loaded).error());
    return &included_.emplace(std::pair(&include, uri), std::move(*loaded)).first->second;
  }

  Outcome run_open(const Setup& setup) {
    ++open_includes_;
    auto outcome = run(setup);
    --open_includes_;
    return outcome;
  }

  // For one row of a generate: its names become variables of the setup, its draw the seed.
  Status run_included(const IncludePlan& plan, const std::string& uri, ValueMap names, Row row, const Setup& around) {
    std::shared_ptr<const Setup> setup = plan.include->setup;
    if (setup == nullptr) {
      const auto included = load(*plan.include, uri, around);
      if (!included) return fail(included.error().front());
      setup = (*included)->setup;
    }
    if (setup == nullptr) return {};
    for (auto& [name, value] : names) shared_.variables[name] = std::move(value);
    const std::uint64_t seed = std::exchange(shared_.seed, plan.seed.draw(row));
    const auto outcome = run_open(*setup);
    shared_.seed = seed;
    if (!outcome) return fail(outcome.error().front());
    return {};
  }

  // Its text may fail; it is shown to nobody at the default level of the log.
  static Outcome run(const Echo& echo, const SetupScope& scope) {
    const std::vector<OpenLevel> no_levels;
    const std::vector<ShapePlan> no_shapes;
    const auto text = bind_echo_text(echo, {no_levels, no_shapes, scope});
    if (!text) return failed(text.error());
    if (!*text) return {};
    if (auto value = evaluate_in_setup(**text); !value) return failed(std::move(value).error());
    return {};
  }

  // The names of a Python file are known to all expressions after it.
  Outcome run(const Execute& execute, const SetupScope& scope) {
    if (execute.uri.text.ends_with(".py")) {
      const auto file = read_python_file(execute, scope);
      if (!file) return failed(file.error());
      if (auto names = run_python_file(*file, shared_); !names) return failed(std::move(names).error());
      return {};
    }
    const std::vector<OpenLevel> no_levels;
    const std::vector<ShapePlan> no_shapes;
    const auto script = bind_sql_script(execute, {no_levels, no_shapes, scope});
    if (!script) return failed(script.error());
    if (auto done = run_sql_script(*script, evaluate_in_setup); !done) return failed(std::move(done).error());
    return {};
  }

  Outcome run(const GeneratorDefinition& generator, const SetupScope&) {
    shared_.generators[generator.name.text] = generator.generator.call;
    return {};
  }

  static Outcome run(const Connection& connection, const SetupScope& scope) {
    if (connection.kind != Connection::Kind::Database) {
      const bool is_mongo = connection.kind == Connection::Kind::MongoDb;
      return failed(unavailable_element(is_mongo ? "mongodb" : "object-storage", connection.at));
    }
    if (auto added = add_database(connection, scope); !added) return failed(std::move(added).error());
    return {};
  }

  Outcome run(const Demographics& demographics, const SetupScope& scope) {
    auto population = read_population(demographics, scope);
    if (!population) return failed(std::move(population).error());
    if (!(*population)->gaps().empty()) {
      Diagnostic gap{.code = "demographics.gap",
                     .message = "the age pyramid leaves out ages " + (*population)->gaps(),
                     .severity = Severity::Warning};
      gap.where = demographics.at;
      shared_.warnings.push_back(std::move(gap));
    }
    shared_.population = std::move(*population);
    shared_.population_seed = demographics.rng_seed;
    return {};
  }

  Outcome run(const Variable& variable, const SetupScope& scope) {
    // What is given from outside wins over the descriptor's own value.
    const bool is_parameter = std::ranges::any_of(
        context_.options.parameters, [&](const Parameter& parameter) { return parameter.first == variable.name.text; });
    if (is_parameter) return {};
    auto value = evaluate_setup_variable(variable, scope);
    if (!value) return failed(std::move(value).error());
    shared_.variables[variable.name.text] = std::move(*value);
    return {};
  }

  Outcome run(const Generate& generate, const SetupScope& scope) {
    auto plan = bind_generate(generate, scope);
    if (!plan) return std::unexpected(plan.error());
    const bool is_cut = context_.preview && cut_plan(*plan, context_.options.preview->rows);
    context_.start_generate(plan->name, plan->count, fraction_, share_);
    const double began = context_.seconds();
    const bool is_outermost = open_generates_++ == 0;
    const auto records = run_generate(
        *plan, is_cut, context_,
        [&](const IncludePlan& include, const std::string& uri, ValueMap names, Row row) {
          return run_included(include, uri, std::move(names), row, scope.setup);
        },
        report_.artifacts);
    --open_generates_;
    if (!records) return failed(records.error());
    if (is_outermost) fraction_ += share_;
    if (is_outermost) context_.statistics.end_generate();
    context_.end_generate();
    if (!scope.setup.defaults.report_logging) return {};
    for (std::size_t p = 0; p < plan->products.size(); ++p) {
      log_end(plan->products[p].name, (*records)[p], context_.seconds() - began);
    }
    return {};
  }

  void log_end(const std::string& name, std::uint64_t rows, double seconds) {
    char time[32];
    std::snprintf(time, sizeof time, "%.3f", seconds);
    context_.log(Severity::Note, "generated " + with_thousands(rows) + " records '" + name + "' in " + time + " s");
  }

  const Places& places_;
  SharedScope& shared_;
  RunContext& context_;
  RunReport& report_;
  std::map<std::pair<const Include*, std::string>, Included> included_;
  std::size_t open_includes_ = 0;   // of those whose uri was an expression, or in a generate
  std::size_t open_generates_ = 0;  // the outermost and, by includes, those inside of it
  double share_;
  double fraction_ = 0;
};

// The time that a run may have.
bool is_over(const RunLimits& limits, double seconds) {
  if (limits.wall_seconds > 0 && seconds > limits.wall_seconds) return true;
  timespec used{};
  if (limits.cpu_seconds <= 0 || clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used) != 0) return false;
  return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) * 1e-9 > limits.cpu_seconds;
}

Value value_of(const Parameter& parameter) {
  return std::visit([](const auto& value) { return Value(value); }, parameter.second);
}

std::expected<RunReport, Diagnostics> run_loaded(const Setup& setup, const Places& places, const RunOptions& options,
                                                 RunObserver& observer) {
  RunReport report;
  report.seed = options.seed ? *options.seed : setup.rng_seed ? *setup.rng_seed : draw_seed();
  SharedScope shared{.root = places.root,
                     .folder = places.folder,
                     .work = options.out.parent_path(),
                     .seed = report.seed,
                     .now = options.now,
                     .count_factor = options.count_factor,
                     .csv_delimiter = options.csv_delimiter,
                     .csv_encoding = options.csv_encoding};
  auto pack = open_own_pack(places.folder / kOwnTablesFolder, std::string(kOwnTablesFolder));
  if (!pack) return std::unexpected(Diagnostics{std::move(pack).error()});
  shared.pack = std::move(*pack);
  shared.keep_rows = keep_rows;
  Vaults vaults(shared.work);
  shared.open_vault = [&](const std::string& name) { return vaults.open(name); };
  for (const Parameter& parameter : options.parameters) shared.variables[parameter.first] = value_of(parameter);
  RunContext context(options, observer);
  shared.python = std::make_shared<PythonHost>(
      python::Settings{.now = options.now,
                       .stream = Stream(report.seed, "?python"),
                       .variables = setup.properties,
                       .print = [&](std::string_view lines) { (void)context.print(lines); }},
      [&] { return context.is_cancelled() || is_over(options.limits, context.seconds()); },
      options.limits.python_allowed);
  // What it asks the context for ends with that.
  const std::shared_ptr<void> watched(nullptr, [host = shared.python](void*) { host->end(); });
  shared.databases.copies = options.databases;
  shared.databases.durable = options.sync;
  shared.databases.is_cancelled = [&] { return context.is_cancelled(); };
  shared.databases.memory = std::make_shared<MemoryBudget>(options.memstore_bytes);
  context.check_sources = [&]() -> Status {
    MIMUS_TRY(context.stores.status());
    for (const auto& [name, opened] : shared.files) MIMUS_TRY(opened.rows->status());
    return {};
  };
  SetupRun run(places, shared, context, report, count_generates(setup));
  auto done = run.run(setup);
  if (context.preview) context.preview->show();
  if (!done) {
    if (done.error().front().code != "script.time" || !context.is_cancelled())
      return std::unexpected(std::move(done).error());
    return std::unexpected(Diagnostics{{.code = "run.cancelled", .message = "the run was cancelled"}});
  }
  if (!context.preview) {
    auto published = publish_databases(shared.databases, context, report.artifacts);
    if (published) published = vaults.publish(context, report.artifacts);
    if (!published) return std::unexpected(Diagnostics{std::move(published).error()});
  }
  report.rows = context.rows();
  report.bytes = context.bytes();
  report.seconds = context.seconds();
  report.first_byte_ms = context.first_byte_ms();
  report.warnings = std::move(shared.warnings);
  for (Diagnostic& warning : context.take_warnings()) report.warnings.push_back(std::move(warning));
  for (Diagnostic& warning : report.warnings) show_line(places, warning);
  if (options.capture) report.capture = context.capture_text();
  report.statistics = context.statistics.take();
  return report;
}

}  // namespace

std::expected<RunReport, Diagnostics> run(const RunOptions& options, RunObserver& observer) {
  const auto places = find_places(options.descriptor, options.root);
  if (!places) return std::unexpected(Diagnostics{places.error()});
  Diagnostics findings;
  try {
    const auto setup = load(*places);
    if (!setup) return std::unexpected(setup.error());
    auto report = run_loaded(**setup, *places, options, observer);
    if (report) return report;
    findings = std::move(report).error();
  } catch (const std::bad_alloc&) {
    findings.push_back({.code = "run.memory", .message = "the run needs more memory than there is"});
  }
  for (Diagnostic& finding : findings) show_line(*places, finding);
  return std::unexpected(std::move(findings));
}

Diagnostics lint(const std::filesystem::path& descriptor, const std::filesystem::path& root) {
  const auto places = find_places(descriptor, root);
  if (!places) return {places.error()};
  const auto setup = load(*places);
  if (!setup) return setup.error();
  Diagnostics findings;
  collect_entity_mistakes(**setup, findings);
  for (Diagnostic& finding : findings) show_line(*places, finding);
  return findings;
}

std::uint64_t draw_seed() {
  std::array<std::uint8_t, 8> bytes{};
  random_bytes(bytes);
  std::uint64_t seed = 0;
  std::memcpy(&seed, bytes.data(), sizeof seed);
  return seed % kSeedLimit;
}

std::string_view engine_version() { return MIMUS_VERSION; }

// The data sets that the program holds; the values they give change with this number only.
std::string_view datapack_version() { return "0.1.0"; }

}  // namespace mimus
