// Telephone numbers with country and area: +1-212-5550123. The area and the local number have ten digits together.
#include "generator/text.h"
#include "generator/words.h"

namespace mimus {
namespace {

constexpr std::size_t kDigits = 10;

constexpr ParameterDeclaration kParameters[] = {
    {"dataset", ParameterType::String, "US", "two letters, as US", "the country", true},
    {"area_code", ParameterType::String, "", "at most 9 characters",
     "the area; otherwise that of a city of the country", true},
    {"is_mobile", ParameterType::Bool, "False", "", "any three digits for the area"},
};
constexpr std::string_view kExamples[] = {"PhoneNumberGenerator", "PhoneNumberGenerator(dataset='DE', is_mobile=True)",
                                          "PhoneNumberGenerator(area_code='30', dataset='DE')"};

}  // namespace

extern const GeneratorDeclaration kPhoneNumberGenerator{
    .name = "PhoneNumberGenerator",
    .summary = "a telephone number with country and area",
    .result = Type::String,
    .parameters = kParameters,
    .examples = kExamples,
    .make = [](const Arguments& arguments, const GeneratorEnvironment&) -> Result<std::unique_ptr<Generator>> {
      const std::string dataset = arguments.text_or("dataset", "US");
      const std::string area = arguments.text_or("area_code", "");
      if (area.size() >= kDigits) {
        return fail("generator.argument",
                    "area_code must have at most 9 characters, but is '" + area.substr(0, 40) + "'");
      }
      const CountryWords& words = words_of(dataset);
      return make_text([&words, area, mobile = arguments.boolean("is_mobile"), code = phone_code_of(dataset)](
                           Draws& draws, std::string& out) {
        out.append("+").append(code).append("-");
        const std::size_t start = out.size();
        if (!area.empty()) {
          out += area;
        } else if (mobile) {
          append_padded(out, 100 + draws.below(900), 3);
        } else {
          out += words.cities[draws.below(words.cities.size())].area_code;
        }
        const std::size_t length = out.size() - start;
        out += '-';
        append_digits(out, draws, kDigits - length);
      });
    },
    .takes_rng = true,
};

}  // namespace mimus
