// DataFakerGenerator: values by the names of the library Faker's methods, made by our own rules.
#include "generator/faker.h"

#include <algorithm>
#include <array>

#include "base/diagnostic.h"
#include "generator/locale.h"

namespace mimus {
namespace {

// Methods that change the library itself.
constexpr std::string_view kRefused[] = {"seed",          "seed_instance", "seed_locale", "provider",
                                         "get_providers", "add_provider",  "bytes"};

const FakerMethod* find_method(std::string_view name) {
  for (const auto methods :
       {faker_people(), faker_internet(), faker_numbers(), faker_dates(), faker_texts(), faker_collections()}) {
    const auto known = std::ranges::find(methods, name, &FakerMethod::name);
    if (known != methods.end()) return &*known;
  }
  return nullptr;
}

std::unexpected<Diagnostic> unknown_method(const std::string& name) {
  std::vector<std::string_view> names;
  for (const auto methods :
       {faker_people(), faker_internet(), faker_numbers(), faker_dates(), faker_texts(), faker_collections()}) {
    for (const FakerMethod& method : methods) names.push_back(method.name);
  }
  std::string hint = suggest(name, names);
  if (hint.empty()) {
    std::ranges::sort(names);
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
  if (name.starts_with("_") || std::ranges::find(kRefused, name) != std::end(kRefused)) {
    return fail("generator.argument", "DataFakerGenerator: method '" + name.substr(0, 40) + "' is not supported");
  }
  const FakerMethod* method = find_method(name);
  if (method == nullptr) return unknown_method(name);
  auto locale = normal_locale(own.text_or("locale", "en_US"));
  if (!locale) {
    Diagnostic cause = std::move(locale).error();
    cause.message = "DataFakerGenerator: " + cause.message;
    return fail(std::move(cause));
  }
  const std::string country = country_of_locale(*locale);
  const FakerScope scope{.words = words_of(country), .locale = *locale, .country = country, .now = environment.now};
  split.rest.name = "DataFakerGenerator('" + name + "')";
  MIMUS_ASSIGN(const Arguments rest, match_arguments(split.rest, method->parameters, {.family = "generator"}));
  if (method->write != nullptr) {
    return make_text([write = method->write, scope](Draws& draws, std::string& out) { write(scope, draws, out); });
  }
  auto made = method->make(rest, scope);
  if (made) return made;
  Diagnostic cause = std::move(made).error();
  cause.message = split.rest.name + ": " + cause.message;
  return fail(std::move(cause));
}

}  // namespace

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
