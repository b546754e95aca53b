// Generators of the numbers that states give to people and companies (national_ids.h).
#include "generator/locale.h"
#include "generator/national_ids.h"
#include "generator/text.h"

namespace mimus {
namespace {

constexpr ParameterDeclaration kSsnParameters[] = {
    {"locale", ParameterType::String, "en_US", "as en_US; 30 countries have a form of their own",
     "the country; others get nine digits, 123-45-6789", true},
};
constexpr std::string_view kSsnExamples[] = {"SSNGenerator", "SSNGenerator(locale='pl_PL')", "SSNGenerator('it_IT')"};
constexpr std::string_view kCpfExamples[] = {"CPFGenerator"};
constexpr std::string_view kCnpjExamples[] = {"CNPJGenerator"};

}  // namespace

extern const GeneratorDeclaration kSsnGenerator{
    .name = "SSNGenerator",
    .summary = "the number by which a state knows a person, with its check digits",
    .result = Type::String,
    .parameters = kSsnParameters,
    .examples = kSsnExamples,
    .make = [](const Arguments& arguments, const GeneratorEnvironment&) -> Result<std::unique_ptr<Generator>> {
      MIMUS_ASSIGN(const std::string locale, normal_locale(arguments.text_or("locale", "en_US")));
      const PersonId id = person_id_of(locale);
      return make_text_of_form([write = id.write](Draws& draws, std::string& out) { write(out, draws); }, false,
                               id.kept);
    },
};

extern const GeneratorDeclaration kCpfGenerator{
    .name = "CPFGenerator",
    .summary = "the tax number of a person in Brazil: 123.456.789-09",
    .result = Type::String,
    .parameters = {},
    .examples = kCpfExamples,
    .make = [](const Arguments&, const GeneratorEnvironment&) -> Result<std::unique_ptr<Generator>> {
      return make_text_of_form([](Draws& draws, std::string& out) { append_cpf(out, draws, true); }, true);
    },
};

extern const GeneratorDeclaration kCnpjGenerator{
    .name = "CNPJGenerator",
    .summary = "the tax number of a company in Brazil: 12.345.678/0001-95",
    .result = Type::String,
    .parameters = {},
    .examples = kCnpjExamples,
    .make = [](const Arguments&, const GeneratorEnvironment&) -> Result<std::unique_ptr<Generator>> {
      return make_text_of_form([](Draws& draws, std::string& out) { append_cnpj(out, draws, true); });
    },
};

}  // namespace mimus
