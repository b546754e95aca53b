// The language of descriptors as a document, for the editor: elements and attributes, and the generators, converters,
// entities and targets that attributes call. Made from the program's own tables, so that it is never behind them.

#include <string>

#include "base/hash.h"
#include "converter/converter.h"
#include "descriptor/schema_documents.h"
#include "domain/entity.h"
#include "generator/generator.h"
#include "server/call.h"
#include "server/declare.h"
#include "server/json.h"
#include "server/problem.h"
#include "server/range.h"
#include "server/routes.h"
#include "target/target.h"

namespace mimus::server {
namespace {

void append_parameters(Json& json, std::span<const mimus::ParameterDeclaration> parameters) {
  json.key("parameters");
  json.begin_array();
  for (const mimus::ParameterDeclaration& parameter : parameters) {
    json.begin_object();
    json.member("name", parameter.name);
    json.member("type", type_name(parameter.type));
    json.member("default", parameter.fallback);
    json.member("range", parameter.range);
    json.member("summary", parameter.summary);
    json.member("required", parameter.required);
    json.end_object();
  }
  json.end_array();
}

// One member: the array of all components of a kind, each with its name, summary and what `append` adds.
template <class Declarations, class Append>
void append_components(Json& json, std::string_view name, const Declarations& declarations, Append append) {
  json.key(name);
  json.begin_array();
  for (const auto* declaration : declarations) {
    json.begin_object();
    json.member("name", declaration->name);
    json.member("summary", declaration->summary);
    append(*declaration);
    json.end_object();
  }
  json.end_array();
}

void append_generators(Json& json) {
  append_components(json, "generators", generators(), [&](const GeneratorDeclaration& generator) {
    json.member("result", type_name(generator.result));
    append_parameters(json, generator.parameters);
    json.key("examples");
    json.begin_array();
    for (const std::string_view example : generator.examples) json.value(example);
    json.end_array();
  });
}

void append_converters(Json& json) {
  append_components(json, "converters", converters(), [&](const ConverterDeclaration& converter) {
    json.member("result", std::string(converter.takes) + " → " + std::string(converter.gives));
    append_parameters(json, converter.parameters);
    json.key("examples");
    json.begin_array();
    for (const ConverterExample& example : converter.examples) {
      json.value(std::string(example.call) + ": " + std::string(example.from) + " → " + std::string(example.to));
    }
    json.end_array();
  });
}

void append_entities(Json& json) {
  append_components(json, "entities", entities(), [&](const EntityDeclaration& entity) {
    append_parameters(json, entity.parameters);
    json.key("attributes");
    json.begin_array();
    for (const auto& attribute : entity.attributes) {
      if (attribute.name.starts_with('?')) continue;
      json.begin_object();
      json.member("name", attribute.name);
      json.member("type", attribute.entity.empty()
                              ? std::string(type_name(attribute.type))
                              : (attribute.many ? "list of " : "") + std::string(attribute.entity));
      json.member("summary", attribute.summary);
      json.end_object();
    }
    json.end_array();
  });
}

void append_targets(Json& json) {
  append_components(json, "targets", targets(), [&](const TargetDeclaration& target) {
    json.key("parameters");
    json.begin_array();
    for (const TargetParameter& parameter : target.parameters) {
      json.begin_object();
      json.member("name", parameter.name);
      json.member("default", parameter.fallback);
      json.member("summary", parameter.summary);
      json.end_object();
    }
    json.end_array();
  });
}

std::string language_json() {
  Json json;
  json.begin_object();
  json.key("schema");
  json.raw(schema_json());
  append_generators(json);
  append_converters(json);
  append_entities(json);
  append_targets(json);
  json.end_object();
  return std::move(json).text();
}

Result<Reaction> language(Call&& call) {
  static const std::string text = language_json();  // the tables never change while the program runs
  static const std::string tag = entity_tag(sha256_hex(text));
  Response response;
  response.headers.add("ETag", tag);
  add_api_headers(response.headers, "private, no-cache");  // kept, but asked for each time
  if (names_tag(call.request->headers.list("If-None-Match"), tag, true)) {
    response.status = 304;
    return response;
  }
  response.headers.add("Content-Type", "application/json");
  response.body = text;
  return response;
}

constexpr std::string_view kLanguage = R"({"$ref": "#/components/schemas/Language"})";

}  // namespace

void add_language_routes(std::vector<Route>& routes) {
  routes.push_back(
      {.method = "GET",
       .path = "/api/platform/v1/language",
       .right = people::Right::SignedIn,
       .handler = language,
       .id = "getLanguage",
       .tag = "Service",
       .summary = "The language of descriptors",
       .description = "Elements, attributes, generators, converters, entities and targets of this version.",
       .parameters = {declare::kIfNoneMatch},
       .answers = {{.status = 200,
                    .description = "the language",
                    .contents = declare::json(kLanguage),
                    .headers = {declare::kETag}},
                   {.status = 304, .description = "the client has it already", .headers = {declare::kETag}}}});
}

}  // namespace mimus::server
