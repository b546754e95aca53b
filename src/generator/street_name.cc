// Names of streets, the frequent ones more often.
#include "generator/text.h"
#include "generator/words.h"

namespace mimus {
namespace {

constexpr ParameterDeclaration kParameters[] = {
    {"dataset", ParameterType::String, "US", "the first two letters count", "country of the names", true},
};
constexpr std::string_view kExamples[] = {"StreetNameGenerator", "StreetNameGenerator(dataset='DE')"};

}  // namespace

extern const GeneratorDeclaration kStreetNameGenerator{
    .name = "StreetNameGenerator",
    .summary = "the name of a street",
    .result = Type::String,
    .parameters = kParameters,
    .examples = kExamples,
    .make = [](const Arguments& arguments, const GeneratorEnvironment&) -> Result<std::unique_ptr<Generator>> {
      const CountryWords& words = words_of(arguments.text_or("dataset", "US").substr(0, 2));
      return make_text([&words](Draws& draws, std::string& out) { out += pick_skewed(words.streets, draws); });
    },
    .takes_rng = true,
};

}  // namespace mimus
