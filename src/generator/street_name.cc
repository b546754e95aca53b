// Names of streets, the frequent ones more often.
#include <array>

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
    .make = [](const Arguments& arguments,
               const GeneratorEnvironment& environment) -> Result<std::unique_ptr<Generator>> {
      const auto words = words_of(environment, arguments.text_or("dataset", "US").substr(0, 2));
      return make_word(words, std::array{WordKind::Street});
    },
    .takes_rng = true,
};

}  // namespace mimus
