#include <array>

#include "base/diagnostic.h"
#include "generator/generator.h"

namespace mimus {

extern const GeneratorDeclaration kBooleanGenerator;
extern const GeneratorDeclaration kDateTimeGenerator;
extern const GeneratorDeclaration kEmailAddressGenerator;
extern const GeneratorDeclaration kFloatGenerator;
extern const GeneratorDeclaration kIncrementGenerator;
extern const GeneratorDeclaration kIntegerGenerator;
extern const GeneratorDeclaration kStringGenerator;
extern const GeneratorDeclaration kUuidGenerator;

namespace {

constexpr std::array<const GeneratorDeclaration*, 8> kGenerators{
    &kBooleanGenerator,   &kDateTimeGenerator, &kEmailAddressGenerator, &kFloatGenerator,
    &kIncrementGenerator, &kIntegerGenerator,  &kStringGenerator,       &kUuidGenerator,
};

}  // namespace

std::span<const GeneratorDeclaration* const> generators() { return kGenerators; }

Result<std::unique_ptr<Generator>> make_generator(const Call& call, const GeneratorEnvironment& environment) {
  std::vector<std::string_view> names;
  for (const GeneratorDeclaration* declaration : kGenerators) {
    if (declaration->name != call.name) {
      names.push_back(declaration->name);
      continue;
    }
    MIMUS_ASSIGN(const Arguments arguments,
                 match_arguments(call, declaration->parameters,
                                 {.family = "generator", .keywords_only = declaration->keywords_only}));
    auto made = declaration->make(arguments, environment);
    if (!made) {
      Diagnostic cause = std::move(made).error();
      if (cause.code.empty()) cause.code = "generator.argument";
      cause.message = call.name + ": " + cause.message;
      return fail(std::move(cause));
    }
    return made;
  }
  std::string hint = suggest(call.name, names);
  return fail("generator.unknown", "unknown generator '" + call.name + "'",
              hint.empty() ? "`mimus generators` lists all" : hint + " (`mimus generators` lists all)");
}

}  // namespace mimus
