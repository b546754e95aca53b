// Given names, family names and titles of people of a country, the frequent ones more often.
#include <array>

#include "generator/text.h"
#include "generator/words.h"

namespace mimus {
namespace {

enum class Gender { Any, Male, Female };

Result<Gender> gender_of(const Arguments& arguments) {
  const std::string text = lower_ascii(arguments.text_or("gender", ""));
  if (text.empty() || text == "other") return Gender::Any;
  if (text == "male") return Gender::Male;
  if (text == "female") return Gender::Female;
  return fail("generator.argument", "invalid gender '" + text.substr(0, 40) + "'", "allowed: male, female, other");
}

// The quota, or the default where it is none.
double quota_of(const Arguments& arguments, std::string_view name, double fallback) {
  const double quota = arguments.has(name) ? arguments.number(name) : fallback;
  return quota >= 0 && quota <= 1 ? quota : fallback;
}

std::vector<WordKind> of_gender(Gender gender, WordKind female, WordKind male) {
  if (gender == Gender::Female) return {female};
  if (gender == Gender::Male) return {male};
  return {female, male};
}

constexpr ParameterDeclaration kGivenParameters[] = {
    {"dataset", ParameterType::String, "", "two letters, as US", "country of the names", true},
    {"gender", ParameterType::String, "", "male, female, other", "whose names; otherwise both", true},
};
constexpr ParameterDeclaration kFamilyParameters[] = {
    {"dataset", ParameterType::String, "", "two letters, as US", "country of the names", true},
};
constexpr ParameterDeclaration kAcademicParameters[] = {
    {"dataset", ParameterType::String, "US", "two letters, as US", "country of the titles", true},
    {"quota", ParameterType::Float, "0.5", "0 to 1; anything else is 0.5", "share of people with a title"},
};
constexpr ParameterDeclaration kNobilityParameters[] = {
    {"dataset", ParameterType::String, "US", "two letters, as US", "country of the titles", true},
    {"gender", ParameterType::String, "", "male, female, other", "whose titles; without it there are none", true},
    {"noble_quota", ParameterType::Float, "0.001", "0 to 1", "share of people with a title", true},
};
constexpr std::string_view kGivenExamples[] = {"GivenNameGenerator",
                                               "GivenNameGenerator(dataset='DE', gender='female')"};
constexpr std::string_view kFamilyExamples[] = {"FamilyNameGenerator", "FamilyNameGenerator(dataset='DE')"};
constexpr std::string_view kAcademicExamples[] = {"AcademicTitleGenerator", "AcademicTitleGenerator(quota=1)"};
constexpr std::string_view kNobilityExamples[] = {"NobilityTitleGenerator",
                                                  "NobilityTitleGenerator(gender='female', noble_quota=1)"};

}  // namespace

extern const GeneratorDeclaration kGivenNameGenerator{
    .name = "GivenNameGenerator",
    .summary = "a given name",
    .result = Type::String,
    .parameters = kGivenParameters,
    .examples = kGivenExamples,
    .make = [](const Arguments& arguments,
               const GeneratorEnvironment& environment) -> Result<std::unique_ptr<Generator>> {
      const auto words = words_of(environment, arguments.text_or("dataset", environment.dataset));
      MIMUS_ASSIGN(const Gender gender, gender_of(arguments));
      return make_word(words, of_gender(gender, WordKind::GivenFemale, WordKind::GivenMale));
    },
    .takes_rng = true,
};

extern const GeneratorDeclaration kFamilyNameGenerator{
    .name = "FamilyNameGenerator",
    .summary = "a family name",
    .result = Type::String,
    .parameters = kFamilyParameters,
    .examples = kFamilyExamples,
    .make = [](const Arguments& arguments,
               const GeneratorEnvironment& environment) -> Result<std::unique_ptr<Generator>> {
      const auto words = words_of(environment, arguments.text_or("dataset", environment.dataset));
      return make_word(words, of_gender(Gender::Any, WordKind::FamilyFemale, WordKind::FamilyMale));
    },
    .takes_rng = true,
};

extern const GeneratorDeclaration kAcademicTitleGenerator{
    .name = "AcademicTitleGenerator",
    .summary = "an academic title, or an empty text",
    .result = Type::String,
    .parameters = kAcademicParameters,
    .examples = kAcademicExamples,
    .make = [](const Arguments& arguments,
               const GeneratorEnvironment& environment) -> Result<std::unique_ptr<Generator>> {
      const auto words = words_of(environment, arguments.text_or("dataset", "US"));
      return make_word(words, std::array{WordKind::AcademicTitle}, quota_of(arguments, "quota", 0.5));
    },
    .takes_rng = true,
};

extern const GeneratorDeclaration kNobilityTitleGenerator{
    .name = "NobilityTitleGenerator",
    .summary = "a title of nobility, or an empty text",
    .result = Type::String,
    .parameters = kNobilityParameters,
    .examples = kNobilityExamples,
    .make = [](const Arguments& arguments,
               const GeneratorEnvironment& environment) -> Result<std::unique_ptr<Generator>> {
      const auto words = words_of(environment, arguments.text_or("dataset", "US"));
      MIMUS_ASSIGN(const Gender gender, gender_of(arguments));
      const double quota = arguments.has("gender") ? quota_of(arguments, "noble_quota", 0.001) : 0;
      return make_word(words, of_gender(gender, WordKind::NobilityFemale, WordKind::NobilityMale), quota);
    },
    .takes_rng = true,
};

}  // namespace mimus
