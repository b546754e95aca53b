// female, male or other, by quotas.
#include <algorithm>

#include "generator/text.h"

namespace mimus {
namespace {

struct Quotas {
  double female = 0.49, other = 0.02;
};

Quotas quotas_of(const Arguments& arguments) {
  Quotas out;
  const auto given = [&](std::string_view name) { return std::clamp(arguments.number(name), 0.0, 1.0); };
  if (arguments.has("other_gender_quota")) {
    out.other = given("other_gender_quota");
    out.female = (1 - out.other) / 2;
  }
  if (arguments.has("female_quota")) {
    out.female = given("female_quota");
    out.other = std::min(arguments.has("other_gender_quota") ? out.other : 0.2, 1 - out.female);
  }
  return out;
}

std::vector<NumberedForm> gender_forms(const Quotas& quotas) {
  std::vector<NumberedForm> out;
  const auto add = [&](std::string_view word, double share) {
    if (share > 0) out.push_back({[word](Draws&, std::string& text) { text += word; }});
  };
  add("female", quotas.female);
  add("other", quotas.other);
  add("male", 1 - quotas.female - quotas.other);
  return out;
}

constexpr ParameterDeclaration kParameters[] = {
    {"female_quota", ParameterType::Float, "", "0 to 1", "share of female; alone: 0.2 or what is left are other", true},
    {"other_gender_quota", ParameterType::Float, "", "0 to 1", "share of other; alone: the rest in halves", true},
};
constexpr std::string_view kExamples[] = {"GenderGenerator", "GenderGenerator(female_quota=0.6, other_gender_quota=0)"};

}  // namespace

extern const GeneratorDeclaration kGenderGenerator{
    .name = "GenderGenerator",
    .summary = "female, male or other; 49, 49 and 2 of 100 where nothing else is said",
    .result = Type::String,
    .parameters = kParameters,
    .examples = kExamples,
    .make = [](const Arguments& arguments, const GeneratorEnvironment&) -> Result<std::unique_ptr<Generator>> {
      const Quotas quotas = quotas_of(arguments);
      return make_text_of_forms(
          [quotas](Draws& draws, std::string& out) {
            const double u = draws.fraction();
            out += u < quotas.female ? "female" : u < quotas.female + quotas.other ? "other" : "male";
          },
          [quotas] { return gender_forms(quotas); }, true);
    },
    .takes_rng = true,
};

}  // namespace mimus
