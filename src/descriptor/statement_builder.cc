#include "descriptor/statement_builder.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "descriptor/source_name.h"
#include "descriptor/value_rules.h"

namespace mimus {
namespace {

AttributeText text_or_empty(std::optional<AttributeText> given) { return given ? std::move(*given) : AttributeText{}; }

std::optional<std::uint64_t> natural(const ElementReader& reader, std::string_view name, std::int64_t least) {
  const auto number = reader.integer(name, least);
  return number ? std::optional(static_cast<std::uint64_t>(*number)) : std::nullopt;
}

// The source of a field is drawn by weight.
void check_weighted_source(const ElementReader& reader, const std::optional<AttributeText>& source) {
  if (!source) return;
  const SourceFormat format = read_source_name(source->text).format;
  if (format == SourceFormat::Weights || format == SourceFormat::Options) return;
  reader.report_at(*source, "source.kind",
                   "the source of " + reader.label() + " must be a file of type 'wgt.csv' or 'optl.csv', but is '" +
                       source->text + "'",
                   "a field is drawn by weight; rows of other files are read by <variable> or <generate>");
}

void check_type_and_selector(const ElementReader& reader) {
  if (!reader.has("source") || !reader.has("type") || !reader.has("selector")) return;
  reader.report("source.type_and_selector", reader.label() + " has both 'type' and 'selector' for its source",
                "give one of them");
}

void check_nested_count(const ElementReader& reader, const NestedKey& nested) {
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
  const bool is_list = nested.type && nested.type->text == "list";
  if (is_list && !nested.source && !has_count && !has_range && !reader.has("script")) {
    reader.report("nested.no_count", "'count', 'minCount' or 'maxCount' must be defined in " + reader.label() +
                                         " having type 'list' without 'source'");
  }
  if (nested.source_options.cyclic && !has_count && !has_range) {
    reader.report("nested.cyclic", "'cyclic' of " + reader.label() + " needs a count");
  }
}

void check_nested(const ElementReader& reader, const NestedKey& nested) {
  check_nested_count(reader, nested);
  if (reader.has("script")) {
    for (const std::string_view other : {"type", "source", "sourceScripted", "separator"}) {
      if (const auto given = reader.text(other)) {
        reader.report_at(*given, "nested.script",
                         "'" + std::string(other) + "' of " + reader.label() + " must not stand beside 'script'");
      }
    }
    return;
  }
  check_dependent(reader, "attribute.needs_source", {"source"}, {"separator", "cyclic", "sourceScripted"});
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

}  // namespace

ElementReader StatementBuilder::read(const XmlElement& element) const {
  return {element,
          *find_element(element.name),
          {.properties = context_.properties,
           .components = context_.components,
           .generators = context_.generators,
           .has_scripts = context_.has_scripts,
           .findings = context_.findings}};
}

void StatementBuilder::report(const Location& at, std::string code, std::string message, std::string hint) const {
  context_.findings.push_back(
      {.code = std::move(code), .message = std::move(message), .hint = std::move(hint), .where = at});
}

bool StatementBuilder::may_contain(const XmlElement& owner, const XmlElement& child) const {
  const ElementDeclaration* declared = find_element(child.name);
  const auto children = find_element(owner.name)->children;
  if (declared != nullptr && !declared->available) {
    report(child.at, "element.unavailable", "element <" + child.name + "> is not available in this version",
           "it would be: " + std::string(declared->summary));
    return false;
  }
  const std::vector<std::string_view> allowed(children.begin(), children.end());
  if (std::ranges::find(allowed, child.name) != allowed.end()) return true;
  std::string names;
  for (const std::string_view name : allowed) names += (names.empty() ? "<" : ", <") + std::string(name) + ">";
  std::string hint = suggest(child.name, allowed);
  if (hint.empty()) hint = names.empty() ? "it has no sub-elements" : "it may contain: " + names;
  const bool known = declared != nullptr;
  report(child.at, known ? "element.misplaced" : "element.unknown",
         (known ? "element <" : "unknown element <") + child.name + ">" + (known ? " may not stand" : "") + " in <" +
             owner.name + ">",
         std::move(hint));
  return false;
}

void StatementBuilder::no_children(const XmlElement& element) const {
  for (const XmlElement& child : element.children) may_contain(element, child);
}

Generate StatementBuilder::generate(const XmlElement& element, const Path& path) const {
  const ElementReader reader = read(element);
  Generate out;
  out.path = path;
  out.at = element.at;
  out.name = text_or_empty(reader.name("name"));
  out.count = reader.count("count");
  out.source = reader.text("source");
  out.type = reader.text("type");
  out.source_options = read_source_options(reader, defaults_);
  out.targets = reader.targets("target");
  out.script = reader.expression("script");
  out.converters = reader.converters("converter");
  out.marks = read_marks(reader, defaults_);
  out.target_entity = reader.name("targetEntity");
  out.storage_id = reader.name("storageId");
  out.export_uri = reader.text("exportUri");
  out.rng_seed = read_seed(reader);
  out.page_size = natural(reader, "pageSize", 1);
  out.num_process = natural(reader, "numProcess", 1);
  // Changes nothing here, but a mistake must not pass in silence.
  (void)reader.boolean("multiprocessing", false);
  check_dependent(reader, "attribute.needs_source", {"source"}, {"cyclic", "selector", "separator", "sourceScripted"});
  check_type_and_selector(reader);
  if (out.source && reader.has("script")) {
    reader.report("generate.two_sources", reader.label() + " has both 'source' and 'script'", "give one of them");
  }
  if (!reader.has("count") && !reader.has("source") && !reader.has("script")) {
    reader.report("generate.no_count", reader.label() + " needs the attribute 'count', 'source' or 'script'",
                  "'count' may be left out when a source or script gives the records");
  }
  Siblings siblings(path);
  for (const XmlElement& child : element.children) {
    if (!may_contain(element, child)) continue;
    if (child.name == "sourceConstraints" && !reader.has("source") && !reader.has("script")) {
      report(child.at, "rule.needs_source", "<sourceConstraints> in " + reader.label() + " need a source",
             "<targetConstraints> look at finished records");
    }
    if (child.name == "sourceConstraints" || child.name == "mapping" || child.name == "targetConstraints") {
      out.rules.push_back(rules(child));
    } else {
      add_statement(child, element, siblings, out.children);
    }
  }
  return out;
}

Variable StatementBuilder::variable(const XmlElement& element, const Path& path) const {
  const ElementReader reader = read(element);
  no_children(element);
  Variable out;
  out.path = path;
  out.at = element.at;
  out.name = text_or_empty(reader.name("name"));
  out.way = read_variable_way(reader);
  out.source_options = read_source_options(reader, defaults_);
  out.source_type = reader.text("type");
  if (out.source_type && !out.way.source) {
    for (const SimpleType type : {SimpleType::String, SimpleType::Int, SimpleType::Float, SimpleType::Bool}) {
      if (out.source_type->text == simple_type_name(type)) out.type = type;
    }
  }
  out.out_date_format = reader.date_format("outDateFormat");
  out.in_date_format = reader.date_format("inDateFormat");
  out.default_value = reader.expression("defaultValue");
  out.converters = reader.converters("converter");
  out.marks = read_marks(reader, defaults_);
  out.rng_seed = read_seed(reader);
  out.unique = reader.boolean("unique", false);
  out.entity = {.dataset = reader.text("dataset"),
                .locale = reader.text("locale"),
                .age_min = reader.integer("ageMin", 0),
                .age_max = reader.integer("ageMax", 0),
                .conditions_include = reader.text("conditionsInclude"),
                .conditions_exclude = reader.text("conditionsExclude")};
  check_date_type(reader, out.out_date_format, out.type);
  check_type_and_selector(reader);
  check_dependent(reader, "attribute.needs_source", {"source"},
                  {"cyclic", "selector", "iterationSelector", "separator", "sourceScripted", "weightColumn"});
  check_dependent(reader, "attribute.needs_entity", {"generator", "entity"},
                  {"dataset", "locale", "ageMin", "ageMax", "conditionsInclude", "conditionsExclude"});
  return out;
}

Echo StatementBuilder::echo(const XmlElement& element, const Path& path) const {
  (void)read(element);
  no_children(element);
  return {.text = {element.text, element.at}, .path = path, .at = element.at};
}

std::optional<Execute> StatementBuilder::execute(const XmlElement& element, const Path& path) const {
  const ElementReader reader = read(element);
  no_children(element);
  if (!trim(element.text).empty()) {
    reader.report("execute.text", reader.label() + " must hold no text", "put the program into a file, for 'uri'");
  }
  auto uri = reader.name("uri");
  if (!uri || uri->text.empty()) return std::nullopt;
  Execute out{.uri = std::move(*uri), .target = reader.name("target"), .path = path, .at = element.at};
  const bool is_sql = out.uri.text.ends_with(".sql");
  if (out.uri.text.ends_with(".py")) context_.has_scripts = true;
  if (!is_sql && !out.uri.text.ends_with(".py")) {
    reader.report_at(out.uri, "execute.kind", "unsupported file type: '" + out.uri.text + "'",
                     "only .py and .sql are supported");
  } else if (is_sql != reader.has("target")) {
    reader.report("execute.target",
                  reader.label() + (is_sql ? " needs the attribute 'target' for '" : " needs no 'target' for '") +
                      out.uri.text + "'",
                  "'target' is the id of the <database> that runs the SQL");
  }
  return out;
}

std::optional<Include> StatementBuilder::include(const XmlElement& element, const Path& path) const {
  const ElementReader reader = read(element);
  no_children(element);
  auto uri = reader.name("uri");
  if (!uri || uri->text.empty()) return std::nullopt;
  Include out{.uri = std::move(*uri), .setup = nullptr, .path = path, .at = element.at, .expression = {}};
  if (out.uri.text.starts_with('{') && out.uri.text.ends_with('}')) {
    out.expression = reader.braced_expression(out.uri);
    if (!out.expression) return std::nullopt;
  } else {
    context_.include(out);
  }
  return out;
}

void StatementBuilder::add_statements(const XmlElement& parent, const XmlElement& owner, Siblings& siblings,
                                      std::vector<Statement>& out) const {
  for (const XmlElement& child : parent.children) {
    // Files may be executed in every branch, also where the <generate> around it may not do so itself.
    const bool is_executed = &parent != &owner && child.name == "execute";
    if (is_executed || may_contain(owner, child)) add_statement(child, owner, siblings, out);
  }
}

void StatementBuilder::add_statement(const XmlElement& child, const XmlElement& owner, Siblings& siblings,
                                     std::vector<Statement>& out) const {
  const std::string& tag = child.name;
  if (tag == "condition") {
    out.push_back({condition(child, owner, siblings)});
    return;
  }
  const Path path = siblings.next(child);
  if (tag == "key") {
    out.push_back({key(child, path)});
  } else if (tag == "variable") {
    out.push_back({variable(child, path)});
  } else if (tag == "nestedKey") {
    out.push_back({nested_key(child, path)});
  } else if (tag == "list") {
    out.push_back({list(child, path)});
  } else if (tag == "array") {
    out.push_back({array(child, path)});
  } else if (tag == "element") {
    out.push_back({element_attribute(child, path)});
  } else if (tag == "reference") {
    out.push_back({reference(child, path)});
  } else if (tag == "generate") {
    out.push_back({generate(child, path)});
  } else if (tag == "echo") {
    out.push_back({echo(child, path)});
  } else if (tag == "execute") {
    if (auto made = execute(child, path)) out.push_back({std::move(*made)});
  } else if (tag == "include") {
    if (auto made = include(child, path)) {
      if (!made->expression && !made->uri.text.ends_with(".xml")) {
        report(made->uri.at, "include.kind",
               "unsupported include file type inside <generate>: '" + made->uri.text + "'", "only .xml is supported");
      }
      out.push_back({std::move(*made)});
    }
  } else {
    report(child.at, "element.misplaced", "element <" + tag + "> may not stand in a branch of a <condition>");
  }
}

Key StatementBuilder::key(const XmlElement& element, const Path& path) const {
  const ElementReader reader = read(element);
  Key out;
  out.path = path;
  out.at = element.at;
  out.name = text_or_empty(reader.name("name"));
  out.way = read_field_way(reader);
  out.source_options = read_source_options(reader, defaults_);
  out.type = reader.simple_type("type");
  out.null_quota = reader.fraction("nullQuota").value_or(0);
  out.out_date_format = reader.date_format("outDateFormat");
  out.in_date_format = reader.date_format("inDateFormat");
  out.condition = reader.expression("condition");
  out.default_value = reader.expression("defaultValue");
  out.converters = reader.converters("converter");
  out.marks = read_marks(reader, defaults_);
  out.rng_seed = read_seed(reader);
  out.unique = reader.boolean("unique", false);
  out.database = reader.text("database");
  check_date_type(reader, out.out_date_format, out.type);
  check_dependent(reader, "attribute.needs_source", {"source"}, {"selector", "separator"});
  check_weighted_source(reader, out.way.source);
  Siblings siblings(path);
  for (const XmlElement& child : element.children) {
    if (may_contain(element, child)) out.elements.push_back(element_attribute(child, siblings.next(child)));
  }
  return out;
}

ElementAttribute StatementBuilder::element_attribute(const XmlElement& element, const Path& path) const {
  const ElementReader reader = read(element);
  no_children(element);
  ElementAttribute out;
  out.path = path;
  out.at = element.at;
  out.name = text_or_empty(reader.name("name"));
  out.way = read_field_way(reader);
  out.source_options = read_source_options(reader, defaults_);
  out.type = reader.simple_type("type");
  out.out_date_format = reader.date_format("outDateFormat");
  out.in_date_format = reader.date_format("inDateFormat");
  out.condition = reader.expression("condition");
  out.default_value = reader.expression("defaultValue");
  out.converters = reader.converters("converter");
  out.marks = read_marks(reader, defaults_);
  out.rng_seed = read_seed(reader);
  check_date_type(reader, out.out_date_format, out.type);
  check_dependent(reader, "attribute.needs_source", {"source"}, {"selector", "separator"});
  check_weighted_source(reader, out.way.source);
  return out;
}

NestedKey StatementBuilder::nested_key(const XmlElement& element, const Path& path) const {
  const ElementReader reader = read(element);
  NestedKey out;
  out.path = path;
  out.at = element.at;
  out.name = text_or_empty(reader.name("name"));
  out.type = reader.text("type");
  out.count = reader.count("count", true);
  out.min_count = natural(reader, "minCount", 0);
  out.max_count = natural(reader, "maxCount", 0);
  out.source = reader.text("source");
  out.source_options = read_source_options(reader, defaults_);
  out.script = reader.expression("script", reader.has("defaultValue"));
  out.condition = reader.expression("condition");
  out.default_value = reader.expression("defaultValue");
  out.converters = reader.converters("converter");
  out.marks = read_marks(reader, defaults_);
  out.rng_seed = read_seed(reader);
  if (out.type && out.type->text == "list") {
    out.kind = NestedKind::List;
  } else if (out.type && out.type->text == "dict") {
    out.kind = NestedKind::Dict;
  } else {
    out.kind = out.type ? NestedKind::Stored : NestedKind::Extend;
  }
  check_nested(reader, out);
  Siblings siblings(path);
  add_statements(element, element, siblings, out.children);
  return out;
}

ListElement StatementBuilder::list(const XmlElement& element, const Path& path) const {
  const ElementReader reader = read(element);
  ListElement out;
  out.path = path;
  out.at = element.at;
  out.name = text_or_empty(reader.name("name"));
  out.converters = reader.converters("converter");
  Siblings items(path);
  for (const XmlElement& child : element.children) {
    if (!may_contain(element, child)) continue;
    Item item{
        .path = items.next(child), .at = child.at, .condition = read(child).expression("condition"), .children = {}};
    Siblings siblings(item.path);
    add_statements(child, child, siblings, item.children);
    out.items.push_back(std::move(item));
  }
  return out;
}

Array StatementBuilder::array(const XmlElement& element, const Path& path) const {
  const ElementReader reader = read(element);
  no_children(element);
  Array out;
  out.path = path;
  out.at = element.at;
  out.name = text_or_empty(reader.name("name"));
  out.type = reader.simple_type("type");
  out.count = natural(reader, "count", 0);
  out.script = reader.expression("script");
  const bool has_script = reader.has("script");
  if (has_script && (reader.has("type") || reader.has("count"))) {
    reader.report("array.script", reader.label() + " has 'type' or 'count' beside 'script'",
                  "'script' gives the whole list");
  } else if (!has_script && !(reader.has("type") && reader.has("count"))) {
    reader.report("array.incomplete", reader.label() + " needs 'type' and 'count', or 'script'");
  }
  return out;
}

Reference StatementBuilder::reference(const XmlElement& element, const Path& path) const {
  const ElementReader reader = read(element);
  no_children(element);
  return {.name = text_or_empty(reader.name("name")),
          .path = path,
          .at = element.at,
          .source = text_or_empty(reader.name("source")),
          .source_type = text_or_empty(reader.name("sourceType")),
          .source_key = text_or_empty(reader.name("sourceKey")),
          .unique = reader.boolean("unique", false)};
}

Condition StatementBuilder::condition(const XmlElement& element, const XmlElement& owner, Siblings& siblings) const {
  (void)read(element);
  check_order(element);
  Condition out{.at = element.at, .branches = {}};
  for (const XmlElement& child : element.children) {
    if (!may_contain(element, child)) continue;
    const ElementReader reader = read(child);
    Branch branch{.at = child.at, .condition = {}, .children = {}};
    if (child.name != "else") branch.condition = reader.expression("condition");
    add_statements(child, owner, siblings, branch.children);
    out.branches.push_back(std::move(branch));
  }
  return out;
}

// One <if>, then any number of <else-if>, then at most one <else>.
void StatementBuilder::check_order(const XmlElement& condition) const {
  bool has_if = false;
  bool has_else = false;
  for (const XmlElement& child : condition.children) {
    if (child.name == "if") {
      if (has_if) report(child.at, "condition.two_ifs", "only one <if> is allowed in a <condition>", "use <else-if>");
      has_if = true;
    } else if (!has_if && (child.name == "else-if" || child.name == "else")) {
      report(child.at, "condition.no_if", "a <condition> must have <if> as its first element");
      has_if = true;
    }
    if (has_else && child.name == "else") {
      report(child.at, "condition.two_elses", "only one <else> is allowed in a <condition>");
    } else if (has_else && child.name == "else-if") {
      report(child.at, "condition.else_not_last", "<else-if> must not stand after <else>");
    }
    has_else = has_else || child.name == "else";
  }
  if (condition.children.empty()) {
    report(condition.at, "condition.no_if", "a <condition> must have <if> as its first element");
  }
}

}  // namespace mimus
