#include "descriptor/build.h"

#include <algorithm>
#include <map>
#include <utility>

namespace mimus {
namespace {

// Numbers the siblings of the same tag and name.
class Siblings {
 public:
  explicit Siblings(const Path& parent) : parent_(parent) {}
  Path next(const XmlElement& element, std::string_view attribute = "name") {
    const XmlAttribute* named = element.find(attribute);
    const std::string name = named == nullptr ? std::string() : named->value;
    return parent_.child(element.name, name, seen_[{element.name, name}]++);
  }

 private:
  const Path& parent_;
  std::map<std::pair<std::string, std::string>, std::size_t> seen_;
};

class SetupBuilder {
 public:
  explicit SetupBuilder(const BuildContext& context) : context_(context) {}

  Setup setup(const XmlElement& root, const SetupDefaults& inherited, const Path& path) {
    Setup out{.defaults = inherited, .rng_seed = std::nullopt, .properties = {}, .statements = {}};
    const ElementReader reader = read(root);
    read_defaults(reader, out);
    Siblings siblings(path);
    for (const XmlElement& child : root.children) {
      if (!may_contain(root, child)) continue;
      const Path own = siblings.next(child, child.name == "include" ? "uri" : "name");
      add_setup_statement(child, own, out);
    }
    out.properties = context_.properties;
    return out;
  }

 private:
  ElementReader read(const XmlElement& element) {
    return {element, *find_element(element.name), context_.properties, context_.components, context_.findings};
  }

  void report(const Location& at, std::string code, std::string message, std::string hint = {}) {
    context_.findings.push_back(
        {.code = std::move(code), .message = std::move(message), .hint = std::move(hint), .where = at});
  }

  bool may_contain(const XmlElement& parent, const XmlElement& child) {
    const ElementDeclaration* declared = find_element(child.name);
    const ElementDeclaration& owner = *find_element(parent.name);
    if (declared != nullptr && !declared->available) {
      report(child.at, "element.unavailable", "element <" + child.name + "> is not available in this version",
             "it would be: " + std::string(declared->summary));
      return false;
    }
    const std::vector<std::string_view> allowed(owner.children.begin(), owner.children.end());
    if (std::ranges::find(allowed, child.name) != allowed.end()) return true;
    std::string names;
    for (const std::string_view name : allowed) names += (names.empty() ? "<" : ", <") + std::string(name) + ">";
    std::string hint = suggest(child.name, allowed);
    if (hint.empty()) hint = names.empty() ? "it has no sub-elements" : "it may contain: " + names;
    const bool known = declared != nullptr;
    report(child.at, known ? "element.misplaced" : "element.unknown",
           (known ? "element <" : "unknown element <") + child.name + ">" + (known ? " may not stand" : "") + " in <" +
               parent.name + ">",
           std::move(hint));
    return false;
  }

  void read_defaults(const ElementReader& reader, Setup& out) {
    const auto overwrite = [&](std::string_view name, std::string& value) {
      if (const auto given = reader.text(name); given && !given->text.empty()) value = given->text;
    };
    overwrite("defaultSeparator", out.defaults.separator);
    overwrite("defaultDataset", out.defaults.dataset);
    overwrite("defaultLocale", out.defaults.locale);
    out.defaults.report_logging = reader.boolean("reportLogging", out.defaults.report_logging);
    check_accepted(reader);
    if (const auto seed = reader.integer("rngSeed", 0)) out.rng_seed = static_cast<std::uint64_t>(*seed);
    if (const auto given = reader.text("defaultSeparator")) check_separator(reader, *given);
  }

  // Attributes that change nothing here are still checked, so that a mistake does not pass in silence.
  static void check_accepted(const ElementReader& reader) {
    (void)reader.integer("numProcess", 1);
    (void)reader.boolean("multiprocessing", false);
  }

  static void check_separator(const ElementReader& reader, const AttributeText& given) {
    const bool bad = given.text.size() > 1 || given.text == "\"" || given.text == "\n" || given.text == "\r";
    if (bad) {
      reader.report_at(given, "separator.invalid",
                       "the separator of " + reader.label() +
                           " must be one ASCII character other than a quote, but is '" + given.text + "'");
    }
  }

  void add_setup_statement(const XmlElement& element, const Path& path, Setup& out) {
    if (element.name == "memstore") {
      const ElementReader reader = read(element);
      no_children(element);
      if (auto id = reader.name("id")) out.statements.push_back({Memstore{std::move(*id)}});
    } else if (element.name == "include") {
      const ElementReader reader = read(element);
      no_children(element);
      auto uri = reader.name("uri");
      if (!uri || uri->text.empty()) return;
      Include include{std::move(*uri), nullptr};
      context_.include(include, path);
      out.statements.push_back({std::move(include)});
    } else if (element.name == "variable") {
      out.statements.push_back({variable(element, path)});
    } else {
      out.statements.push_back({generate(element, path)});
    }
  }

  void no_children(const XmlElement& element) {
    for (const XmlElement& child : element.children) may_contain(element, child);
  }

  SourceOptions source_options(const ElementReader& reader) {
    SourceOptions out;
    out.separator = reader.text("separator");
    if (out.separator) check_separator(reader, *out.separator);
    out.cyclic = reader.boolean("cyclic", false);
    out.distribution = reader.distribution();
    if (!reader.has("source")) {
      for (const std::string_view dependent : {"separator", "cyclic"}) {
        if (const auto given = reader.text(dependent)) {
          reader.report_at(
              *given, "attribute.needs_source",
              "'" + std::string(dependent) + "' of " + reader.label() + " is only allowed when 'source' is defined");
        }
      }
    }
    return out;
  }

  ValueWay value_way(const ElementReader& reader) {
    ValueWay out;
    out.constant = reader.text("constant");
    out.values = reader.values("values");
    out.generator = reader.generator("generator");
    out.source = reader.text("source");
    out.pattern = reader.pattern("pattern");
    std::string given;
    int count = 0;
    for (const std::string_view mode :
         {"source", "values", "script", "generator", "constant", "pattern", "string", "entity"}) {
      if (!reader.has(mode)) continue;
      ++count;
      given += (given.empty() ? "" : " & ") + std::string(mode);
    }
    if (count > 1) {
      reader.report("key.modes", reader.label() + " must define only one way to its value, but got: " + given);
    }
    if (count == 0 && !reader.has("type")) {
      reader.report("key.no_mode", reader.label() + " says nothing about its value",
                    "give one of: constant, values, generator, source, pattern, type");
    }
    return out;
  }

  Key key(const XmlElement& element, const Path& path) {
    const ElementReader reader = read(element);
    no_children(element);
    Key out{.name = {},
            .path = path,
            .at = element.at,
            .way = value_way(reader),
            .source_options = source_options(reader),
            .type = {},
            .out_date_format = {}};
    if (auto name = reader.name("name")) out.name = std::move(*name);
    out.type = reader.simple_type("type");
    out.null_quota = reader.fraction("nullQuota").value_or(0);
    out.out_date_format = reader.date_format("outDateFormat");
    check_date_type(reader, out.out_date_format, out.type);
    if (out.way.source && !out.way.source->text.ends_with("wgt.csv")) {
      reader.report_at(*out.way.source, "source.kind",
                       "the source of " + reader.label() + " must be a file of type 'wgt.csv', but is '" +
                           out.way.source->text + "'",
                       "a field is drawn by weight; rows of other files are read by <variable> or <generate>");
    }
    return out;
  }

  static void check_date_type(const ElementReader& reader, const std::optional<AttributeText>& format,
                              const std::optional<SimpleType>& type) {
    if (format && type && *type != SimpleType::String) {
      reader.report_at(*format, "date.type",
                       reader.label() + ": with 'outDateFormat', 'type' must be absent or 'string'");
    }
  }

  Variable variable(const XmlElement& element, const Path& path) {
    const ElementReader reader = read(element);
    no_children(element);
    Variable out{.name = {},
                 .path = path,
                 .at = element.at,
                 .way = value_way(reader),
                 .source_options = source_options(reader),
                 .type = {},
                 .source_type = {},
                 .out_date_format = {}};
    if (auto name = reader.name("name")) out.name = std::move(*name);
    out.source_type = reader.text("type");
    if (out.source_type && !out.way.source) {
      for (const SimpleType type : {SimpleType::String, SimpleType::Int, SimpleType::Float, SimpleType::Bool}) {
        if (out.source_type->text == simple_type_name(type)) out.type = type;
      }
    }
    out.out_date_format = reader.date_format("outDateFormat");
    check_date_type(reader, out.out_date_format, out.type);
    return out;
  }

  NestedKey nested_key(const XmlElement& element, const Path& path) {
    const ElementReader reader = read(element);
    NestedKey out{.name = {},
                  .path = path,
                  .at = element.at,
                  .type = reader.text("type"),
                  .count = reader.count("count"),
                  .min_count = {},
                  .max_count = {},
                  .source = reader.text("source"),
                  .source_options = source_options(reader),
                  .children = {}};
    if (auto name = reader.name("name")) out.name = std::move(*name);
    const auto unsigned_of = [](std::optional<std::int64_t> number) {
      return number ? std::optional(static_cast<std::uint64_t>(*number)) : std::nullopt;
    };
    out.min_count = unsigned_of(reader.integer("minCount", 0));
    out.max_count = unsigned_of(reader.integer("maxCount", 0));
    if (out.type && out.type->text == "list") {
      out.kind = NestedKind::List;
    } else if (out.type && out.type->text == "dict") {
      out.kind = NestedKind::Dict;
    } else {
      out.kind = out.type ? NestedKind::Stored : NestedKind::Extend;
    }
    check_nested(reader, out);
    out.children = statements(element, path);
    return out;
  }

  static void check_nested(const ElementReader& reader, const NestedKey& nested) {
    const bool has_range = reader.has("minCount") || reader.has("maxCount");
    const bool has_count = reader.has("count");
    if (has_count && has_range) {
      reader.report("nested.count", reader.label() + " has both 'count' and 'minCount' or 'maxCount'",
                    "give one of them");
    }
    if (nested.min_count && nested.max_count && *nested.min_count > *nested.max_count) {
      reader.report("nested.range", "'minCount' (" + std::to_string(*nested.min_count) + ") of " + reader.label() +
                                        " must be at most 'maxCount' (" + std::to_string(*nested.max_count) + ")");
    }
    if (nested.kind == NestedKind::List && !nested.source && !has_count && !has_range && !reader.has("script")) {
      reader.report("nested.no_count", "'count', 'minCount' or 'maxCount' must be defined in " + reader.label() +
                                           " having type 'list' without 'source'");
    }
    if (nested.source_options.cyclic && !has_count && !has_range) {
      reader.report("nested.cyclic", "'cyclic' of " + reader.label() + " needs a count");
    }
    if (nested.kind == NestedKind::Stored && !nested.source) {
      reader.report_at(*nested.type, "nested.type",
                       "type '" + nested.type->text + "' of " + reader.label() +
                           " must be 'list' or 'dict', or come with a memstore as 'source'");
    }
    if (nested.kind == NestedKind::Extend && nested.source) {
      reader.report_at(*nested.source, "nested.source",
                       reader.label() + " needs a 'type' for its source '" + nested.source->text + "'");
    }
  }

  Generate generate(const XmlElement& element, const Path& path) {
    const ElementReader reader = read(element);
    Generate out{.name = {},
                 .path = path,
                 .at = element.at,
                 .count = reader.count("count"),
                 .source = reader.text("source"),
                 .type = reader.text("type"),
                 .source_options = source_options(reader),
                 .targets = reader.targets("target"),
                 .children = {}};
    if (auto name = reader.name("name")) out.name = std::move(*name);
    check_accepted(reader);
    (void)reader.integer("pageSize", 1);
    if (!reader.has("count") && !reader.has("source") && !reader.has("script")) {
      reader.report("generate.no_count", reader.label() + " needs the attribute 'count' or 'source'",
                    "'count' may be left out when a source gives the records");
    }
    out.children = statements(element, path);
    return out;
  }

  std::vector<Statement> statements(const XmlElement& parent, const Path& path) {
    std::vector<Statement> out;
    Siblings siblings(path);
    for (const XmlElement& child : parent.children) {
      if (!may_contain(parent, child)) continue;
      const Path own = siblings.next(child);
      if (child.name == "key") {
        out.push_back({key(child, own)});
      } else if (child.name == "variable") {
        out.push_back({variable(child, own)});
      } else {
        out.push_back({nested_key(child, own)});
      }
    }
    return out;
  }

  const BuildContext& context_;
};

}  // namespace

Setup build_setup(const XmlElement& root, const SetupDefaults& inherited, const Path& path,
                  const BuildContext& context) {
  return SetupBuilder(context).setup(root, inherited, path);
}

}  // namespace mimus
