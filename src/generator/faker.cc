// DataFakerGenerator: values by the names of the library Faker's methods, made by our own rules; and the same methods
// as expressions call them.
#include "generator/faker.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <vector>

#include "base/diagnostic.h"
#include "data/column.h"
#include "generator/faker_call.h"
#include "generator/locale.h"
#include "script/errors.h"

namespace mimus {
namespace {

// Methods that give no data, and what does what they are for.
struct Refused {
  std::string_view name, why, instead;
};
constexpr std::string_view kSeeds = "rng=7 on the call, rngSeed on the statement, or --seed";
constexpr std::string_view kLibrary = "it changes the library Faker itself";
constexpr std::string_view kPython = "a class of Python in a file of <execute>";
constexpr std::string_view kArchive = "it makes an archive, which is no value of a record";
constexpr Refused kRefused[] = {
    {"seed", kLibrary, kSeeds},
    {"seed_instance", kLibrary, kSeeds},
    {"seed_locale", kLibrary, kSeeds},
    {"provider", kLibrary, kPython},
    {"get_providers", kLibrary, kPython},
    {"add_provider", kLibrary, kPython},
    {"bytes", "it is no method of data", "binary, or TokenGenerator(token_type='bytes')"},
    {"enum", "it takes a class of Python", "values=\"'a', 'b'\", or random_element"},
    {"image", "it makes a picture, which is no value of a record", "image_url, or binary"},
    {"zip", kArchive, "a target with compression='gzip', or binary"},
    {"tar", kArchive, "a target with compression='gzip', or binary"},
};

using MethodIndex = std::unordered_map<std::string_view, const FakerMethod*>;

const MethodIndex& method_index() {
  static const MethodIndex kIndex = [] {
    MethodIndex out;
    for (const auto methods : {faker_people(), faker_internet(), faker_numbers(), faker_dates(), faker_texts(),
                               faker_collections(), faker_values()}) {
      for (const FakerMethod& method : methods) out.emplace(method.name, &method);
    }
    return out;
  }();
  return kIndex;
}

const FakerMethod* find_method(std::string_view name) {
  if (name.starts_with("_") || std::ranges::find(kRefused, name, &Refused::name) != std::end(kRefused)) return nullptr;
  const auto known = method_index().find(name);
  return known == method_index().end() ? nullptr : known->second;
}

std::vector<std::string_view> method_names() {
  std::vector<std::string_view> out;
  for (const auto& [name, method] : method_index()) out.push_back(name);
  std::ranges::sort(out);
  return out;
}

std::unexpected<Diagnostic> unknown_method(const std::string& name) {
  const std::vector<std::string_view> names = method_names();
  std::string hint = suggest(name, names);
  if (hint.empty()) {
    for (const std::string_view known : names) hint += (hint.empty() ? "there are: " : ", ") + std::string(known);
  }
  return fail("generator.argument", "DataFakerGenerator: method '" + name.substr(0, 40) + "' does not exist",
              std::move(hint));
}

// The call's own arguments, and those that go to the method.
struct Split {
  Call own, rest;
};

Split split_call(const Call& call) {
  Split out{.own = {.name = call.name, .offset = call.offset, .has_parentheses = true, .arguments = {}}, .rest = {}};
  std::size_t position = 0;
  for (const Argument& argument : call.arguments) {
    const bool is_own = argument.name.empty() ? position < 2 : argument.name == "method" || argument.name == "locale";
    if (argument.name.empty()) ++position;
    (is_own ? out.own : out.rest).arguments.push_back(argument);
  }
  return out;
}

Result<FakerScope> scope_of(std::string_view locale_text, const GeneratorEnvironment& environment) {
  MIMUS_ASSIGN(std::string locale, normal_locale(locale_text));
  std::string country = country_of_locale(locale);
  auto words = words_of(environment, country);
  return FakerScope{
      .words = std::move(words), .locale = std::move(locale), .country = std::move(country), .now = environment.now};
}

// `call`: the arguments of the method alone, its name for messages.
Result<std::unique_ptr<Generator>> make_method(const FakerMethod& method, const Call& call, const FakerScope& scope) {
  MIMUS_ASSIGN(const Arguments arguments, match_arguments(call, method.parameters, {.family = "generator"}));
  if (method.write != nullptr) {
    return make_text([write = method.write, scope](Draws& draws, std::string& out) { write(scope, draws, out); });
  }
  auto made = method.make(arguments, scope);
  if (made) return made;
  Diagnostic cause = std::move(made).error();
  cause.message = call.name + ": " + cause.message;
  return fail(std::move(cause));
}

constexpr ParameterDeclaration kParameters[] = {
    {"method", ParameterType::String, "", "a method of Faker", "whose values", false, true},
    {"locale", ParameterType::String, "en_US", "as de_DE, de", "language and country", true},
};
constexpr std::string_view kExamples[] = {"DataFakerGenerator('name')", "DataFakerGenerator('address', locale='de_DE')",
                                          "DataFakerGenerator('random_int', min=10, max=99, step=11)",
                                          "DataFakerGenerator(method='credit_card_number', card_type='amex')",
                                          "DataFakerGenerator('simple_profile')"};

Result<std::unique_ptr<Generator>> make_faker(const Call& call, const GeneratorEnvironment& environment) {
  Split split = split_call(call);
  MIMUS_ASSIGN(const Arguments own, match_arguments(split.own, kParameters, {.family = "generator"}));
  const std::string name = own.text("method");
  const auto* refused = std::ranges::find(kRefused, name, &Refused::name);
  if (refused != std::end(kRefused)) {
    return fail("generator.argument",
                "DataFakerGenerator: method '" + name + "' is not supported: " + std::string(refused->why),
                "instead: " + std::string(refused->instead));
  }
  if (name.starts_with("_")) {
    return fail("generator.argument", "DataFakerGenerator: method '" + name.substr(0, 40) + "' is not supported");
  }
  const FakerMethod* method = find_method(name);
  if (method == nullptr) return unknown_method(name);
  auto scope = scope_of(own.text_or("locale", "en_US"), environment);
  if (!scope) {
    Diagnostic cause = std::move(scope).error();
    cause.message = "DataFakerGenerator: " + cause.message;
    return fail(std::move(cause));
  }
  split.rest.name = "DataFakerGenerator('" + name + "')";
  return make_method(*method, split.rest, *scope);
}

// What a method of fake gives for one call, and what it says when it fails.
Result<Value> value_of(const FakerMethod& method, const Call& call, const FakerScope& scope, const Stream& stream,
                       Row row) {
  if (method.write != nullptr && call.arguments.empty()) {
    Draws draws(stream, row);
    std::string text;
    method.write(scope, draws, text);
    return Value(std::move(text));
  }
  auto generator = make_method(method, call, scope);
  if (!generator) return script::value_error(generator.error().message);
  Column column;
  (*generator)->generate({.first = row.root, .count = 1, .roots = &row.root, .ordinals = &row.ordinal}, stream, column);
  return value_at(column, 0);
}

// As a parameter of a method takes it: a tuple as a list.
Value as_argument(const Value& value) {
  if (const auto* tuple = value.as_tuple()) return Value::list(ValueList(*tuple));
  return value;
}

}  // namespace

Result<Value> call_faker(const script::FakerCall& call, Timestamp now, script::Draws& draws) {
  const FakerMethod* method = find_method(call.method);
  if (method == nullptr) {
    auto unknown = script::attribute_error("'Faker' object has no attribute '" + std::string(call.method) + "'");
    unknown.error().hint = suggest(call.method, method_names());
    return unknown;
  }
  const auto scope = scope_of(call.locale, {.now = now});
  if (!scope) return script::attribute_error("Faker: " + scope.error().message);
  Call given{.name = "fake." + std::string(call.method), .offset = 0, .has_parentheses = true, .arguments = {}};
  for (const Value& value : call.arguments.positional)
    given.arguments.push_back({.name = {}, .value = as_argument(value)});
  for (const auto& [name, value] : call.arguments.named) {
    given.arguments.push_back({.name = name, .value = as_argument(value)});
  }
  // A stream for each call, since a method takes as many draws as it needs.
  const Stream stream = draws.stream.sub("?fake" + std::to_string(draws.next++) + std::string(call.seed));
  return value_of(*method, given, *scope, stream, draws.row);
}

extern const GeneratorDeclaration kDataFakerGenerator{
    .name = "DataFakerGenerator",
    .summary = "a value by the name of one of Faker's methods; further arguments go to the method",
    .result = Type::Dynamic,
    .parameters = kParameters,
    .examples = kExamples,
    .make = nullptr,
    .takes_rng = true,
    .make_of_call = make_faker,
};

}  // namespace mimus
