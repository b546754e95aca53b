// Domains of the internet, and addresses of pages in them.
#include <algorithm>

#include "generator/internet_names.h"
#include "generator/locale.h"
#include "generator/text.h"

namespace mimus {
namespace {

std::vector<NumberedForm> url_forms(const std::shared_ptr<const Words>& words, std::vector<std::string> schemes) {
  std::ranges::sort(schemes);
  const auto doubled = std::ranges::unique(schemes);
  schemes.erase(doubled.begin(), doubled.end());
  if (schemes.empty()) schemes.emplace_back();
  std::vector<NumberedForm> out;
  for (const std::string& scheme : schemes) {
    for (const char* before : {"://www.", "://"}) {
      for (const NumberedForm& form : domain_forms(words, scheme + before)) {
        out.push_back({[write = form.write](Draws& draws, std::string& text) {
          write(draws, text);
          text += '/';
        }});
      }
    }
  }
  return out;
}

constexpr ParameterDeclaration kDomainParameters[] = {
    {"dataset", ParameterType::String, "US", "two letters, as US", "country of the names", true},
};
constexpr ParameterDeclaration kUrlParameters[] = {
    {"locale", ParameterType::String, "", "as en_US", "language and country of the names", true},
    {"schemes", ParameterType::Texts, "", "", "one of these; otherwise http, https", true},
};
constexpr std::string_view kDomainExamples[] = {"DomainGenerator", "DomainGenerator(dataset='DE')"};
constexpr std::string_view kUrlExamples[] = {"UrlGenerator", "UrlGenerator(schemes=['ftp'])"};

}  // namespace

extern const GeneratorDeclaration kDomainGenerator{
    .name = "DomainGenerator",
    .summary = "a domain of the internet",
    .result = Type::String,
    .parameters = kDomainParameters,
    .examples = kDomainExamples,
    .make = [](const Arguments& arguments,
               const GeneratorEnvironment& environment) -> Result<std::unique_ptr<Generator>> {
      const auto words = words_of(environment, arguments.text_or("dataset", "US"));
      return make_text_of_forms([words](Draws& draws, std::string& out) { append_domain(out, draws, *words); },
                                [words] { return domain_forms(words); });
    },
    .takes_rng = true,
};

extern const GeneratorDeclaration kUrlGenerator{
    .name = "UrlGenerator",
    .summary = "the address of a made-up web site",
    .result = Type::String,
    .parameters = kUrlParameters,
    .examples = kUrlExamples,
    .make = [](const Arguments& arguments,
               const GeneratorEnvironment& environment) -> Result<std::unique_ptr<Generator>> {
      const auto words = words_of(environment, country_of_locale(arguments.text_or("locale", "en_US")));
      std::vector<std::string> schemes = {"http", "https"};
      if (arguments.has("schemes")) schemes = arguments.texts("schemes");
      return make_text_of_forms(
          [words, schemes](Draws& draws, std::string& out) {
            if (!schemes.empty()) out += schemes[draws.below(schemes.size())];
            out += draws.below(2) == 0 ? "://www." : "://";
            append_domain(out, draws, *words);
            out += '/';
          },
          [words, schemes] { return url_forms(words, schemes); });
    },
};

}  // namespace mimus
