#include "descriptor/build.h"

#include <algorithm>
#include <utility>

#include "descriptor/statement_builder.h"
#include "descriptor/value_rules.h"

namespace mimus {
namespace {

class SetupBuilder {
 public:
  SetupBuilder(const BuildContext& context, const SetupDefaults& inherited)
      : context_(context), builder_(context, out_.defaults) {
    out_.defaults = inherited;
  }

  Setup setup(const XmlElement& root, const Path& path) {
    read_defaults(builder_.read(root));
    Siblings siblings(path);
    for (const XmlElement& child : root.children) {
      if (builder_.may_contain(root, child)) add_statement(child, siblings.next(child));
    }
    out_.properties = context_.properties;
    out_.generators = context_.generators;
    out_.has_scripts = context_.has_scripts;
    return std::move(out_);
  }

 private:
  void read_defaults(const ElementReader& reader) {
    SetupDefaults& defaults = out_.defaults;
    const auto overwrite = [&](std::string_view name, std::string& value) {
      if (const auto given = reader.text(name); given && !given->text.empty()) value = given->text;
    };
    overwrite("defaultSeparator", defaults.separator);
    overwrite("defaultDataset", defaults.dataset);
    overwrite("defaultLocale", defaults.locale);
    overwrite("defaultVariablePrefix", defaults.marks.prefix);
    overwrite("defaultVariableSuffix", defaults.marks.suffix);
    read_line_separator(reader);
    defaults.source_scripted = reader.boolean("defaultSourceScripted", defaults.source_scripted);
    defaults.report_logging = reader.boolean("reportLogging", defaults.report_logging);
    if (const auto count = reader.integer("numProcess", 1)) defaults.num_process = static_cast<std::uint64_t>(*count);
    (void)reader.boolean("multiprocessing", false);  // changes nothing, but a mistake must not pass in silence
    out_.rng_seed = read_seed(reader);
    if (const auto given = reader.text("defaultSeparator")) check_separator(reader, *given);
  }

  // The text is the body of a single-quoted literal.
  void read_line_separator(const ElementReader& reader) {
    const auto given = reader.text("defaultLineSeparator");
    if (!given || given->text.empty()) return;
    const auto literals = parse_literals("'" + given->text + "'");
    const std::string* text = literals && literals->items.size() == 1 ? literals->items[0].as_text() : nullptr;
    if (text == nullptr) {
      reader.report_at(*given, "line_separator.invalid",
                       "'defaultLineSeparator' of " + reader.label() + " is no text: '" + given->text + "'",
                       "escapes as in Python: \\n, \\r\\n, \\t, \\x0a");
      return;
    }
    out_.defaults.line_separator = *text;
  }

  void add_statement(const XmlElement& element, const Path& path) {
    const std::string& tag = element.name;
    if (tag == "memstore") {
      const ElementReader reader = builder_.read(element);
      builder_.no_children(element);
      if (auto id = reader.name("id")) add(Memstore{std::move(*id)});
    } else if (tag == "include") {
      if (auto made = builder_.include(element, path)) add(std::move(*made));
    } else if (tag == "variable") {
      add(builder_.variable(element, path));
    } else if (tag == "generate") {
      add(builder_.generate(element, path));
    } else if (tag == "echo") {
      add(builder_.echo(element, path));
    } else if (tag == "execute") {
      if (auto made = builder_.execute(element, path)) add(std::move(*made));
    } else if (tag == "generator") {
      add_generator(element, path);
    } else if (tag == "demographics") {
      add_demographics(element, path);
    } else {
      add_connection(element);
    }
  }

  template <class Node>
  void add(Node node) {
    out_.statements.push_back({std::move(node)});
  }

  void add_generator(const XmlElement& element, const Path& path) {
    const ElementReader reader = builder_.read(element);
    builder_.no_children(element);
    auto name = reader.name("name");
    auto generator = reader.generator("generator");
    if (!name || name->text.empty()) return;
    if (std::ranges::find(context_.generators, name->text) != context_.generators.end()) {
      reader.report_at(*name, "generator.duplicate", "a <generator> '" + name->text + "' exists already");
    } else {
      context_.generators.push_back(name->text);
    }
    if (generator) add(GeneratorDefinition{std::move(*name), std::move(*generator), path, element.at});
  }

  void add_demographics(const XmlElement& element, const Path& path) {
    const ElementReader reader = builder_.read(element);
    builder_.no_children(element);
    auto dataset = reader.name("dataset");
    auto version = reader.name("version");
    auto dir = reader.name("dir");
    const auto seed = read_seed(reader);
    if (!dataset || !version || !dir) return;
    add(Demographics{std::move(*dataset), std::move(*version), std::move(*dir), seed, path, element.at});
  }

  void add_connection(const XmlElement& element) {
    const ElementReader reader = builder_.read(element);
    builder_.no_children(element);
    auto id = reader.name("id");
    (void)reader.integer("port", 1);
    if (const auto dbms = reader.text("dbms")) check_dbms(reader, *dbms);
    if (!id) return;
    Connection out{.kind = Connection::Kind::Database, .id = std::move(*id), .attributes = {}, .at = element.at};
    if (element.name == "mongodb") out.kind = Connection::Kind::MongoDb;
    if (element.name == "object-storage") out.kind = Connection::Kind::ObjectStorage;
    for (const XmlAttribute& attribute : element.attributes) {
      if (attribute.name != "id") out.attributes.emplace_back(attribute.name, *reader.text(attribute.name));
    }
    add(std::move(out));
  }

  static void check_dbms(const ElementReader& reader, const AttributeText& dbms) {
    const std::vector<std::string_view> known{"sqlite", "postgresql", "mysql", "mssql", "oracle"};
    if (std::ranges::find(known, dbms.text) != known.end()) return;
    std::string hint = suggest(dbms.text, known);
    if (hint.empty()) hint = "one of sqlite, postgresql, mysql, mssql, oracle";
    reader.report_at(dbms, "database.dbms", "unknown kind of database '" + dbms.text + "' of " + reader.label(),
                     std::move(hint));
  }

  const BuildContext& context_;
  Setup out_;
  StatementBuilder builder_;  // borrows the defaults of out_
};

}  // namespace

Setup build_setup(const XmlElement& root, const SetupDefaults& inherited, const Path& path,
                  const BuildContext& context) {
  return SetupBuilder(context, inherited).setup(root, path);
}

}  // namespace mimus
