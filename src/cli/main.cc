// The program: its arguments are read by CLI11 and handed on as plain structs.

#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "cli/arguments.h"

namespace mimus::cli {
namespace {

constexpr const char* kSettingsFile = "mimus.toml";

constexpr const char* kExamples =
    "Examples:\n"
    "  mimus run datamimic.xml --seed 42          generate, the same bytes every time\n"
    "  mimus lint datamimic.xml                   every mistake, with its place\n"
    "  mimus init shop                            a new project\n"
    "  mimus demo create basic-json               a project to begin with\n"
    "  mimus serve --data data                    the web page and the External API\n"
    "\n"
    "Settings come from the arguments, then from MIMUS_… variables, then from mimus.toml in the working directory.\n"
    "Exit status: 0 ok, 1 findings or failure, 2 wrong arguments, 130 cancelled.";

void add_run(CLI::App& app, Arguments& all) {
  RunArguments& run_arguments = all.run;
  CLI::App* command = app.add_subcommand("run", "run a descriptor");
  command->add_option("FILE", run_arguments.file, "the descriptor")->capture_default_str();
  command->add_option("--seed", run_arguments.seed, "0 to 2^53-1: the same seed gives the same bytes")
      ->check(CLI::Range(std::uint64_t{0}, (std::uint64_t{1} << 53U) - 1));
  command->add_option("--threads", run_arguments.threads, "0: one for each core; never changes the bytes")
      ->envname("MIMUS_THREADS")
      ->check(CLI::Range(0, 1024))
      ->capture_default_str();
  command->add_option("--now", run_arguments.now, "the run's clock, as in 2026-01-01T00:00:00Z")->envname("MIMUS_NOW");
  command->add_option("--out", run_arguments.out, "folder of the files; default: output/<task id>/ beside FILE");
  command->add_option("--task-id", run_arguments.task_id, "name of the run; default: random");
  command->add_flag("--capture,--test-mode", run_arguments.capture, "print {generate: [records]} to stdout");
  command->add_flag("--stats", run_arguments.stats, "print figures of the run as JSON to stderr");
  command->add_option("--statistics", run_arguments.statistics, "file for statistics of each column, as JSON");
  command->add_flag("--sync", run_arguments.sync, "make the files durable before they appear");
  command->add_flag("--quiet,-q", run_arguments.quiet, "print nothing but warnings and errors");
  command->footer(
      "Examples:\n"
      "  mimus run\n"
      "  mimus run orders.xml --seed 42 --now 2026-01-01 --out out\n"
      "  mimus run orders.xml --capture --quiet | jq .orders[0]"
      "\n\nPython that the descriptor runs has the rights of whoever calls this.");
  command->callback([&all] { all.status = run(all.run); });
}

void add_stats(CLI::App& app, Arguments& all) {
  CLI::App* command = app.add_subcommand("stats", "statistics of the columns of files");
  command->add_option("FILE", all.stats.files, ".csv, .json, .ndjson or .xml, or statistics of a run")->required();
  command->add_option("--separator", all.stats.separator, "between the cells of CSV files; default: told by the file");
  command->add_option("--encoding", all.stats.encoding, "of the files, as windows-1252; default: told by their bytes");
  command->add_flag("--json", all.stats.json, "print the document instead of tables");
  command->footer("Examples:\n  mimus stats customers.csv\n  mimus run --statistics run.json && mimus stats run.json");
  command->callback([&all] { all.status = stats(all.stats); });

  CLI::App* compare = app.add_subcommand("diff", "what differs between two runs, or between two files");
  compare->add_option("A", all.diff.before, "a folder of files, a file, or statistics of a run")->required();
  compare->add_option("B", all.diff.after, "another one")->required();
  compare->add_flag("--json", all.diff.json, "print JSON");
  compare->footer(
      "Examples:\n"
      "  mimus diff output/monday output/tuesday\n"
      "  mimus diff before.json after.json --json\n"
      "Exit status: 0 the same, 1 they differ, 2 they cannot be compared.");
  compare->callback([&all] { all.status = diff(all.diff); });
}

void add_lint(CLI::App& app, Arguments& all) {
  CLI::App* command = app.add_subcommand("lint", "check a descriptor and what it includes; runs nothing");
  command->add_option("FILE", all.lint.file, "the descriptor")->capture_default_str();
  command->add_flag("--json", all.lint.json, "the same as --format json");
  command->add_option("--format", all.lint.format, "text, json or sarif (2.1.0)")
      ->check(CLI::IsMember({"text", "json", "sarif"}))
      ->capture_default_str();
  command->footer("Examples:\n  mimus lint orders.xml\n  mimus lint orders.xml --format sarif > orders.sarif");
  command->callback([&all] { all.status = lint(all.lint); });

  CLI::App* again = app.add_subcommand("validate", "lint, with a last line that says whether there was a mistake");
  again->add_option("FILE", all.validate.file, "the descriptor")->required();
  again->footer("Example:\n  mimus validate orders.xml");
  again->callback([&all] { all.status = validate(all.validate); });

  CLI::App* schemas = app.add_subcommand("schema", "the language as a schema, or as the page about it");
  schemas->add_option("--format", all.schema.format, "xsd, rng (RELAX NG), json (for editors) or markdown")
      ->check(CLI::IsMember({"xsd", "rng", "json", "markdown"}))
      ->capture_default_str();
  schemas->footer("Example:\n  mimus schema --format xsd > mimus.xsd && xmllint --noout --schema mimus.xsd orders.xml");
  schemas->callback([&all] { all.status = schema(all.schema); });
}

void add_eval(CLI::App& app, Arguments& all) {
  CLI::App* command = app.add_subcommand("eval", "evaluate an expression; prints its value as JSON");
  CLI::Option* expression = command->add_option("EXPR", all.eval.expression, "the expression");
  CLI::Option* file =
      command->add_option("--file", all.eval.expressions, "evaluate each line: expression, tab, variables as JSON")
          ->excludes(expression);
  command->add_option("--vars", all.eval.variables, "JSON object with the values of names")->capture_default_str();
  command->add_option("--tier", all.eval.tier, "native, python, or auto: Python for what native does not cover")
      ->check(CLI::IsMember({"native", "python", "auto"}))
      ->capture_default_str();
  command->add_flag("--type", all.eval.type, "print the name of the value's type, too");
  command->add_option("--timezone", all.eval.timezone, "of the clock, as in Europe/Berlin")->capture_default_str();
  command->footer(
      "Examples:\n"
      "  mimus eval --vars '{\"n\": 3}' -- 'n * 2'\n"
      "  mimus eval --file expressions.tsv --tier native\n"
      "Exit status: 1 the expression fails, with Python's exception on stderr; 3 --tier native does not cover it.");
  command->callback([&all, expression, file] {
    if (expression->count() + file->count() == 0) throw CLI::RequiredError("EXPR or --file");
    all.status = eval(all.eval);
  });
}

void add_init(CLI::App& app, Arguments& all) {
  CLI::App* command = app.add_subcommand("init", "make a new project with a descriptor that runs");
  command->add_option("NAME", all.init.name, "name of the project: letters, digits, '_' and '-'")->required();
  command->add_option("--target,-t", all.init.target, "the folder in which it is made")->capture_default_str();
  command->add_flag("--force,-f", all.init.force, "write over what is there");
  command->footer("Example:\n  mimus init shop && mimus run shop/datamimic.xml");
  command->callback([&all] { all.status = init(all.init); });
}

void add_demo(CLI::App& app, Arguments& all) {
  CLI::App* group = app.add_subcommand("demo", "projects to begin with")->require_subcommand(1);

  CLI::App* list = group->add_subcommand("list", "all demos");
  list->add_flag("--json", all.demos.json, "print JSON");
  add_demos(*list, all.demos.demos);
  list->callback([&all] { all.status = list_demos(all.demos); });

  CLI::App* show = group->add_subcommand("info", "what a demo shows");
  show->add_option("NAME", all.demo.name, "name of the demo")->required();
  add_demos(*show, all.demo.demos);
  show->callback([&all] { all.status = show_demo(all.demo); });

  CLI::App* create = group->add_subcommand("create", "copy a demo into a new folder, or all of them");
  CLI::Option* name = create->add_option("NAME", all.demo.name, "name of the demo");
  CLI::Option* target = create->add_option("--target,-t", all.demo.target, "the new folder; default: ./NAME");
  create->add_flag("--all", all.demo.all, "every demo, each into a folder of --target")->excludes(name)->needs(target);
  create->add_flag("--overwrite,-o", all.demo.overwrite, "write over files that exist");
  add_demos(*create, all.demo.demos);
  create->footer("Example:\n  mimus demo create basic-json --target first && mimus run first/datamimic.xml");
  create->callback([&all] {
    if (!all.demo.all && all.demo.name.empty()) throw CLI::RequiredError("NAME or --all");
    all.status = create_demo(all.demo);
  });
}

void add_generate(CLI::App& app, Arguments& all) {
  CLI::App* command = app.add_subcommand("generate", "values of one generator, a line each");
  command->add_option("EXPR", all.generate.expression, "a generator, as in the attribute generator")->required();
  command->add_option("--count", all.generate.count, "how many values")->capture_default_str();
  command->add_option("--seed", all.generate.seed, "0 to 2^53-1: the same seed gives the same values")
      ->check(CLI::Range(std::uint64_t{0}, (std::uint64_t{1} << 53U) - 1));
  command->add_option("--now", all.generate.now, "the clock, as in 2026-01-01T00:00:00Z")->envname("MIMUS_NOW");
  command->add_flag("--json", all.generate.json, "print one JSON array");
  command->footer(
      "Examples:\n"
      "  mimus generate UUIDGenerator\n"
      "  mimus generate 'IntegerGenerator(min=1, max=6)' --count 10 --seed 42\n"
      "  mimus generate \"StringGenerator(prefix='A-')\" --json");
  command->callback([&all] { all.status = generate(all.generate); });
}

void add_pack(CLI::App& app, Arguments& all) {
  CLI::App* command = app.add_subcommand("pack", "make a data pack from a folder of CSV files");
  command->add_option("FOLDER", all.pack.folder, "tables: kind.csv, kind.KEY.csv")->required();
  command->add_option("--out", all.pack.out, "the pack's file")->capture_default_str();
  command->footer(
      "Examples:\n"
      "  mimus pack tables --out datapack/own.pack\n\n"
      "Packs and CSV files in a project's folder 'datapack' stand over the program's tables.");
  command->callback([&all] { all.status = make_pack(all.pack); });
}

void add_domain(CLI::App& app, Arguments& all) {
  CLI::App* command = app.add_subcommand("domain", "records of a domain by a contract, as JSON");
  CLI::Option* name = command->add_option("NAME", all.domain.name, "address, doctor, patient or person");
  CLI::Option* request =
      command->add_option("--request", all.domain.request, "a file with a whole request, or - for stdin")
          ->excludes(name);
  const auto add = [command, request](const char* option, auto& value, const char* meaning) {
    return command->add_option(option, value, meaning)->excludes(request);
  };
  add("--count", all.domain.count, "how many, 0 to 10000")->capture_default_str();
  add("--seed", all.domain.seed, "a number or a text; the same gives the same records")->capture_default_str();
  add("--locale", all.domain.locale, "language and country")->capture_default_str();
  add("--clock", all.domain.clock, "the time at which people have their ages")->capture_default_str();
  add("--constraints", all.domain.constraints, "a JSON object, by domain");
  add("--profile-id", all.domain.profile_id, "a group of people whose values do not depend on the seed");
  add("--component-id", all.domain.component_id, "a profile with constraints of its own");
  add("--domain-version", all.domain.version, "version of the contract")->capture_default_str();
  command->add_flag("--strict", all.domain.strict, "unknown profiles and components are errors");
  add("--schema", all.domain.schema, "print the JSON Schema of the request or of the response instead")
      ->check(CLI::IsMember({"request", "response"}))
      ->needs(name);
  command->footer(
      "Examples:\n"
      "  mimus domain person --count 3 --seed demo --locale de_DE\n"
      "  mimus domain patient --constraints '{\"age\": {\"min\": 40, \"max\": 50}}'\n"
      "  mimus domain --request request.json\n"
      "Exit status: 1 the document on stdout is that of an error.");
  command->callback([&all, name, request] {
    if (name->count() + request->count() == 0) throw CLI::RequiredError("NAME or --request");
    all.status = domain(all.domain);
  });
}

void add_list(CLI::App& app, const std::string& what, ListArguments& arguments, std::function<void()> list) {
  CLI::App* command = app.add_subcommand(what, "all " + what + " with their parameters");
  command->add_option("--format", arguments.format, "how: text, json, markdown")
      ->check(CLI::IsMember({"text", "json", "markdown"}));
  command->add_flag("--json", arguments.json, "the same as --format json");
  command->callback(std::move(list));
}

void add_listings(CLI::App& app, Arguments& all) {
  add_list(app, "generators", all.generators, [&all] { all.status = list_generators(all.generators); });
  add_list(app, "converters", all.converters, [&all] { all.status = list_converters(all.converters); });
  add_list(app, "entities", all.entities, [&all] { all.status = list_entities(all.entities); });
  add_list(app, "targets", all.targets, [&all] { all.status = list_targets(all.targets); });

  CLI::App* about = app.add_subcommand("info", "about this program and where it runs");
  about->callback([&all] { all.status = info(); });

  CLI::App* command = app.add_subcommand("version", "versions of the engine and of the data pack");
  command->add_flag("--json", all.version.json, "print JSON");
  command->callback([&all] { all.status = version(all.version); });
}

// Values of the settings file become the options' defaults, so that variables and arguments win over them. A name that
// no option has is an error: a setting that does nothing is worse than none.
void read_settings(CLI::App& app) {
  if (!std::filesystem::exists(kSettingsFile)) return;
  for (const CLI::ConfigItem& item : CLI::ConfigTOML().from_file(kSettingsFile)) {
    if (item.name == "++" || item.name == "--") continue;  // CLI11's marks of a section's begin and end
    CLI::App* command = &app;
    for (const std::string& parent : item.parents) command = command->get_subcommand(parent);
    CLI::Option* option = command->get_option_no_throw("--" + item.name);
    if (option == nullptr || item.inputs.size() != 1) {
      throw CLI::ConfigError(std::string(kSettingsFile) + ": no setting '" + item.fullname() + "' with one value");
    }
    option->default_val(item.inputs.front());
  }
}

int dispatch(int count, char** values) {
  Arguments all;
  CLI::App app("Mimus: test data from descriptors, the same bytes every time.", "mimus");
  app.footer(kExamples);
  app.require_subcommand(1);
  bool version_flag = false;
  app.add_flag("--version", version_flag, "the same as the command version");
  add_run(app, all);
  add_stats(app, all);
  add_lint(app, all);
  add_eval(app, all);
  add_init(app, all);
  add_serve(app, all);
  add_store_commands(app, all);
  add_demo(app, all);
  add_generate(app, all);
  add_domain(app, all);
  add_pack(app, all);
  add_listings(app, all);
  try {
    read_settings(app);
    app.parse(count, values);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kOk : kUsage;  // prints the help to stdout or the mistake to stderr
  } catch (const CLI::OptionNotFound& error) {
    std::fprintf(stderr, "%s: %s\n", kSettingsFile, error.what());
    return kUsage;
  }
  return all.status;
}

// `mimus version` and a task's process start without the argument parser: the one for speed, the other because its
// arguments are the worker's.
int start(int count, char** values) {
  const std::string_view first = count > 1 ? values[1] : "";
  if (first == "task-process") return task_process(count, values);
  if (first == "version" || first == "--version") {
    const std::string_view second = count > 2 ? values[2] : "";
    if (count == 2 || (count == 3 && second == "--json")) return version({.json = second == "--json"});
  }
  return dispatch(count, values);
}

}  // namespace
}  // namespace mimus::cli

int main(int count, char** values) {
  try {
    return mimus::cli::start(count, values);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "mimus: internal error: %s\n", error.what());
    return mimus::cli::kFailed;
  }
}
