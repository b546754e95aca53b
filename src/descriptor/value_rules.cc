#include "descriptor/value_rules.h"

#include <string>

namespace mimus {
namespace {

void check_ways(const ElementReader& reader, std::initializer_list<std::string_view> exclusive, bool has_other) {
  std::string given;
  int count = 0;
  for (const std::string_view way : exclusive) {
    if (!reader.has(way)) continue;
    ++count;
    given += (given.empty() ? "" : " & ") + std::string(way);
  }
  if (count > 1) {
    reader.report("key.modes", reader.label() + " must define only one way to its value, but got: " + given);
  }
  if (count == 0 && !has_other && !reader.has("type")) {
    reader.report("key.no_mode", reader.label() + " says nothing about its value",
                  "give one of: script, constant, string, values, generator, source, pattern, type");
  }
}

ValueWay read_way(const ElementReader& reader) {
  ValueWay out;
  // With a default even an empty script is one that fails.
  out.script = reader.expression("script", reader.has("defaultValue"));
  out.constant = reader.text("constant");
  out.string = reader.text("string");
  out.values = reader.values("values");
  out.generator = reader.generator("generator");
  out.source = reader.text("source");
  out.pattern = reader.pattern("pattern");
  check_dependent(reader, "default.needs_script", {"script"}, {"defaultValue"});
  return out;
}

}  // namespace

void check_separator(const ElementReader& reader, const AttributeText& separator) {
  const std::string& text = separator.text;
  const bool bad = text.size() > 1 || text == "\"" || text == "\n" || text == "\r";
  if (!bad) return;
  reader.report_at(
      separator, "separator.invalid",
      "the separator of " + reader.label() + " must be one ASCII character other than a quote, but is '" + text + "'");
}

TextMarks read_marks(const ElementReader& reader, const SetupDefaults& defaults) {
  TextMarks out = defaults.marks;
  const auto overwrite = [&](std::string_view name, std::string& mark) {
    if (const auto given = reader.text(name); given && !given->text.empty()) mark = given->text;
  };
  overwrite("variablePrefix", out.prefix);
  overwrite("variableSuffix", out.suffix);
  return out;
}

SourceOptions read_source_options(const ElementReader& reader, const SetupDefaults& defaults) {
  SourceOptions out;
  out.separator = reader.text("separator");
  if (out.separator) check_separator(reader, *out.separator);
  out.cyclic = reader.boolean("cyclic", false);
  out.distribution = reader.distribution();
  out.scripted = reader.boolean("sourceScripted", defaults.source_scripted) && reader.has("source");
  out.selector = reader.text("selector");
  out.iteration_selector = reader.text("iterationSelector");
  out.weight_column = reader.name("weightColumn");
  out.encoding = reader.name("encoding");
  out.uri = reader.text("sourceUri");
  out.bucket = reader.has("bucket") ? reader.text("bucket") : reader.text("container");
  return out;
}

std::optional<std::uint64_t> read_seed(const ElementReader& reader) {
  const auto seed = reader.integer("rngSeed", 0);
  return seed ? std::optional(static_cast<std::uint64_t>(*seed)) : std::nullopt;
}

void check_dependent(const ElementReader& reader, std::string_view code, std::initializer_list<std::string_view> owners,
                     std::initializer_list<std::string_view> attributes) {
  std::string names;
  for (const std::string_view owner : owners) {
    if (reader.has(owner)) return;
    names += (names.empty() ? "'" : " or '") + std::string(owner) + "'";
  }
  for (const std::string_view attribute : attributes) {
    if (const auto given = reader.text(attribute)) {
      reader.report_at(
          *given, std::string(code),
          "'" + std::string(attribute) + "' of " + reader.label() + " is only allowed when " + names + " is defined");
    }
  }
}

ValueWay read_variable_way(const ElementReader& reader) {
  ValueWay out = read_way(reader);
  out.entity = reader.text("entity");
  check_ways(reader, {"source", "entity", "script", "generator", "values", "constant", "pattern", "string"}, false);
  return out;
}

ValueWay read_field_way(const ElementReader& reader) {
  ValueWay out = read_way(reader);
  check_ways(reader, {"source", "values", "script", "generator", "constant", "pattern"}, reader.has("string"));
  if (!out.string) return out;
  // A script or a constant goes before a text, and a text before everything else.
  if (out.script || out.constant) {
    out.string.reset();
  } else {
    out.values.reset();
    out.generator.reset();
    out.source.reset();
    out.pattern.reset();
  }
  return out;
}

void check_date_type(const ElementReader& reader, const std::optional<AttributeText>& format,
                     const std::optional<SimpleType>& type) {
  if (!format || !type || *type == SimpleType::String) return;
  reader.report_at(*format, "date.type", reader.label() + ": with 'outDateFormat', 'type' must be absent or 'string'");
}

}  // namespace mimus
