// Names of companies, their departments and their sectors.
#include "generator/text.h"
#include "generator/words.h"

namespace mimus {
namespace {

constexpr std::string_view kDepartments[] = {"Accounting", "Human Resources", "Sales",     "Marketing",
                                             "IT",         "Manufacturing",   "Logistics", "Legal"};
constexpr std::string_view kGermanDepartments[] = {"Accounting", "Human Resources", "Vertrieb", "Marketing",
                                                   "IT",         "Logistik",        "Recht"};

constexpr ParameterDeclaration kDepartmentParameters[] = {
    {"locale", ParameterType::String, "en", "de; anything else is English", "language of the names", true},
};
constexpr ParameterDeclaration kSectorParameters[] = {
    {"dataset", ParameterType::String, "US", "two letters, as US", "country of the names", true},
    {"locale", ParameterType::String, "", "two letters", "in the place of dataset", true},
};
constexpr std::string_view kCompanyExamples[] = {"CompanyNameGenerator"};
constexpr std::string_view kDepartmentExamples[] = {"DepartmentNameGenerator", "DepartmentNameGenerator(locale='de')"};
constexpr std::string_view kSectorExamples[] = {"SectorGenerator", "SectorGenerator(dataset='DE')"};

}  // namespace

extern const GeneratorDeclaration kCompanyNameGenerator{
    .name = "CompanyNameGenerator",
    .summary = "the name of a company, of two parts",
    .result = Type::String,
    .parameters = {},
    .examples = kCompanyExamples,
    .make = [](const Arguments&, const GeneratorEnvironment&) -> Result<std::unique_ptr<Generator>> {
      return make_text(
          [](Draws& draws, std::string& out) {
            out += pick(company_starts(), draws);
            out += pick(company_ends(), draws);
          },
          true);
    },
    .takes_rng = true,
};

extern const GeneratorDeclaration kDepartmentNameGenerator{
    .name = "DepartmentNameGenerator",
    .summary = "a department of a company",
    .result = Type::String,
    .parameters = kDepartmentParameters,
    .examples = kDepartmentExamples,
    .make = [](const Arguments& arguments, const GeneratorEnvironment&) -> Result<std::unique_ptr<Generator>> {
      const WordList words =
          arguments.text_or("locale", "en") == "de" ? WordList(kGermanDepartments) : WordList(kDepartments);
      return make_text([words](Draws& draws, std::string& out) { out += pick(words, draws); }, true);
    },
    .takes_rng = true,
};

extern const GeneratorDeclaration kSectorGenerator{
    .name = "SectorGenerator",
    .summary = "a sector of the economy",
    .result = Type::String,
    .parameters = kSectorParameters,
    .examples = kSectorExamples,
    .make = [](const Arguments& arguments, const GeneratorEnvironment&) -> Result<std::unique_ptr<Generator>> {
      const CountryWords& words = words_of(arguments.text_or("locale", arguments.text_or("dataset", "US")));
      return make_text([&words](Draws& draws, std::string& out) { out += pick(words.sectors, draws); });
    },
    .takes_rng = true,
};

}  // namespace mimus
