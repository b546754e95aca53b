// Names of companies, their departments and their sectors.
#include <algorithm>
#include <array>

#include "generator/locale.h"
#include "generator/text.h"
#include "generator/words.h"

namespace mimus {
namespace {

constexpr std::string_view kDepartments[] = {"Accounting", "Human Resources", "Sales",     "Marketing",
                                             "IT",         "Manufacturing",   "Logistics", "Legal"};
constexpr std::string_view kGermanDepartments[] = {"Accounting", "Human Resources", "Vertrieb", "Marketing",
                                                   "IT",         "Logistik",        "Recht"};

// Each name once, in the order of the tables.
std::vector<NumberedForm> company_forms(const Words& words) {
  std::vector<std::string> names;
  for (const std::string_view start : distinct_words(words.list(WordKind::CompanyStart).table().first_texts())) {
    for (const std::string_view end : distinct_words(words.list(WordKind::CompanyEnd).table().first_texts())) {
      names.push_back(std::string(start).append(end));
    }
  }
  std::ranges::sort(names);
  const auto doubled = std::ranges::unique(names);
  names.erase(doubled.begin(), doubled.end());
  return {{[names](Draws& draws, std::string& out) { out += names[draws.below(names.size())]; }}};
}

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
    .make = [](const Arguments&, const GeneratorEnvironment& environment) -> Result<std::unique_ptr<Generator>> {
      const auto words = words_of(environment, environment.dataset);
      return make_text_of_forms(
          [words](Draws& draws, std::string& out) {
            out += words->draw(WordKind::CompanyStart, draws);
            out += words->draw(WordKind::CompanyEnd, draws);
          },
          [words] { return company_forms(*words); });
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
      return make_text_of_form([words](Draws& draws, std::string& out) { out += pick(words, draws); }, true);
    },
    .takes_rng = true,
};

extern const GeneratorDeclaration kSectorGenerator{
    .name = "SectorGenerator",
    .summary = "a sector of the economy",
    .result = Type::String,
    .parameters = kSectorParameters,
    .examples = kSectorExamples,
    .make = [](const Arguments& arguments,
               const GeneratorEnvironment& environment) -> Result<std::unique_ptr<Generator>> {
      const std::string locale = arguments.text_or("locale", "");
      const auto words =
          words_of(environment, locale.empty() ? arguments.text_or("dataset", "US") : country_of_locale(locale));
      return make_word(words, std::array{WordKind::Sector});
    },
    .takes_rng = true,
};

}  // namespace mimus
