// E-mail addresses of made-up people: given and family name joined in one of four forms, at a made-up domain.
#include "generator/internet_names.h"
#include "generator/text.h"
#include "script/letter_case.h"

namespace mimus {
namespace {

constexpr ParameterDeclaration kParameters[] = {
    {"dataset", ParameterType::String, "", "two letters, as US", "country of the names", true},
    {"given_name", ParameterType::String, "", "", "given name of the person", true},
    {"family_name", ParameterType::String, "", "", "family name of the person", true},
};
constexpr std::string_view kExamples[] = {"EmailAddressGenerator",
                                          "EmailAddressGenerator(given_name='Ada', family_name='Lovelace')"};

}  // namespace

extern const GeneratorDeclaration kEmailAddressGenerator{
    .name = "EmailAddressGenerator",
    .summary = "an e-mail address of a made-up person",
    .result = Type::String,
    .parameters = kParameters,
    .examples = kExamples,
    .make = [](const Arguments& arguments,
               const GeneratorEnvironment& environment) -> Result<std::unique_ptr<Generator>> {
      const CountryWords& words = words_of(arguments.text_or("dataset", environment.dataset));
      return make_text(
          [&words, given = script::lower_case(arguments.text_or("given_name", "")),
           family = script::lower_case(arguments.text_or("family_name", ""))](Draws& draws, std::string& out) {
            const std::string own_given = given.empty() ? lower_given_name(draws, words) : std::string();
            const std::string own_family = family.empty() ? lower_family_name(draws, words) : std::string();
            append_mailbox(out, draws, given.empty() ? own_given : given, family.empty() ? own_family : family);
            out += '@';
            append_domain(out, draws, words);
          });
    },
    .takes_rng = true,
};

}  // namespace mimus
