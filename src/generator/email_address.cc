// E-mail addresses of made-up people: given and family name joined in one of four forms, at a made-up domain.
#include <set>

#include "generator/internet_names.h"
#include "generator/text.h"
#include "script/letter_case.h"

namespace mimus {
namespace {

// Different names in Latin letters of both genders, or the one that is given.
std::vector<std::string> names_of(const Words& words, WordKind female, WordKind male, const std::string& given) {
  if (!given.empty()) return {given};
  std::set<std::string> out;
  for (const WordKind kind : {female, male}) {
    for (const std::string_view name : distinct_words(words.list(kind).table().texts("latin"))) out.emplace(name);
  }
  // Where no name has a form in Latin letters.
  if (out.empty()) out.insert({"a", "b", "c"});
  return {out.begin(), out.end()};
}

// given.family@… and given_family@…: no address has both forms, since names have neither mark.
std::vector<NumberedForm> address_forms(const std::shared_ptr<const Words>& words, const std::string& given,
                                        const std::string& family) {
  const auto first = names_of(*words, WordKind::GivenFemale, WordKind::GivenMale, given);
  const auto last = names_of(*words, WordKind::FamilyFemale, WordKind::FamilyMale, family);
  std::set<std::string> domains;
  for (const std::string_view name : distinct_words(words->list(WordKind::Webmail).table().first_texts())) {
    domains.emplace(name);
  }
  for (const std::string& company : plain_company_names(*words)) {
    for (const std::string_view end : distinct_words(words->list(WordKind::TopLevel).table().first_texts())) {
      domains.insert(company + "." + std::string(end));
    }
  }
  return {
      {[first, last, all = std::vector<std::string>(domains.begin(), domains.end())](Draws& draws, std::string& text) {
        text += first[draws.below(first.size())];
        text += "._"[draws.below(2)];
        text += last[draws.below(last.size())];
        text += '@';
        text += all[draws.below(all.size())];
      }}};
}

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
      const auto words = words_of(environment, arguments.text_or("dataset", environment.dataset));
      const std::string given = script::lower_case(arguments.text_or("given_name", ""));
      const std::string family = script::lower_case(arguments.text_or("family_name", ""));
      return make_text_of_forms(
          [words, given, family](Draws& draws, std::string& out) {
            const std::string own_given = given.empty() ? latin_given_name(draws, *words) : std::string();
            const std::string own_family = family.empty() ? latin_family_name(draws, *words) : std::string();
            append_mailbox(out, draws, given.empty() ? own_given : given, family.empty() ? own_family : family);
            out += '@';
            append_domain(out, draws, *words);
          },
          [words, given, family] { return address_forms(words, given, family); });
    },
    .takes_rng = true,
};

}  // namespace mimus
