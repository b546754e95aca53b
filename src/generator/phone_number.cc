// Telephone numbers that the country's numbering plan allows: +1-212-5550123.
#include <algorithm>

#include "generator/phone_plan.h"
#include "generator/text.h"
#include "generator/words.h"

namespace mimus {
namespace {

// As many digits as the masks of mobile numbers have in their first group.
constexpr std::size_t kMobileArea = 3;

constexpr ParameterDeclaration kParameters[] = {
    {"dataset", ParameterType::String, "US", "two letters, as US", "the country", true},
    {"area_code", ParameterType::String, "", "digits of an area of the country, without a leading 0",
     "the area; otherwise that of a city of the country", true},
    {"is_mobile", ParameterType::Bool, "False", "", "a number of a mobile telephone"},
};
constexpr std::string_view kExamples[] = {"PhoneNumberGenerator", "PhoneNumberGenerator(dataset='DE', is_mobile=True)",
                                          "PhoneNumberGenerator(area_code='30', dataset='DE')"};

// Of the cities, in the order of their table.
std::vector<PhoneMask> city_masks(const Words& words) {
  const PackTable cities = words.list(WordKind::City).table();
  const PackTexts masks = cities.texts("phone");
  const PackTexts areas = cities.texts("area");
  std::vector<PhoneMask> out;
  out.reserve(masks.size());
  for (std::size_t row = 0; row < masks.size(); ++row) out.push_back({masks[row], areas[row].size()});
  return out;
}

std::vector<PhoneMask> masks_of(const Words& words, WordKind kind, std::size_t area) {
  const PackTexts masks = words.list(kind).table().texts("mask");
  std::vector<PhoneMask> out;
  out.reserve(masks.size());
  for (std::size_t row = 0; row < masks.size(); ++row) out.push_back({masks[row], area});
  return out;
}

// Masks whose numbers may begin with the area's digits, which take the places of their open digits.
std::vector<std::string> masks_in_area(const Words& words, const std::string& area) {
  std::vector<std::string> out;
  std::vector<PhoneMask> all = city_masks(words);
  for (const PhoneMask& other : masks_of(words, WordKind::Landline, 0)) all.push_back(other);
  for (const PhoneMask& mask : all) {
    if (mask.mask.size() <= area.size()) continue;
    bool fits = true;
    for (std::size_t k = 0; k < area.size(); ++k) fits = fits && (mask.mask[k] == area[k] || mask.mask[k] == '#');
    std::string own = area + std::string(mask.mask.substr(area.size()));
    if (fits && std::ranges::find(out, own) == out.end()) out.push_back(std::move(own));
  }
  return out;
}

std::vector<NumberedForm> phone_forms(const std::shared_ptr<const Words>& words, const std::vector<PhoneMask>& masks) {
  std::vector<NumberedForm> out;
  for (const PhoneMask& mask : without_overlaps(masks)) {
    out.push_back({[words, mask](Draws& draws, std::string& text) {
      append_phone(text, words->calling_code(), national_number(mask.mask, draws), mask.area);
    }});
  }
  return out;
}

Result<std::unique_ptr<Generator>> make_in_area(const std::shared_ptr<const Words>& words, const std::string& area) {
  if (!std::ranges::all_of(area, [](char c) { return c >= '0' && c <= '9'; })) {
    return fail("generator.argument", "area_code must be digits, but is '" + area.substr(0, 40) + "'");
  }
  auto masks = std::make_shared<const std::vector<std::string>>(masks_in_area(*words, area));
  if (masks->empty()) {
    const PackTexts areas = words->list(WordKind::City).table().texts("area");
    std::string known;
    for (const std::string_view other : distinct_words(areas)) {
      if (known.size() > 60) break;
      known += (known.empty() ? "" : ", ") + std::string(other);
    }
    return fail(
        "generator.argument",
        "area_code '" + area.substr(0, 40) + "' is no area of " + words->dataset().code() + " (without a leading 0)",
        known.empty() ? "" : "there are: " + known + " …");
  }
  return make_text_of_forms(
      [words, masks, area](Draws& draws, std::string& out) {
        const std::string& mask = (*masks)[draws.below(masks->size())];
        append_phone(out, words->calling_code(), national_number(mask, draws), area.size());
      },
      [words, masks, area] {
        std::vector<PhoneMask> all;
        for (const std::string& mask : *masks) all.push_back({mask, area.size()});
        std::vector<NumberedForm> forms = phone_forms(words, all);
        // The forms have views of the masks.
        for (NumberedForm& form : forms)
          form.write = [masks, write = form.write](Draws& draws, std::string& out) { write(draws, out); };
        return forms;
      },
      true);
}

}  // namespace

extern const GeneratorDeclaration kPhoneNumberGenerator{
    .name = "PhoneNumberGenerator",
    .summary = "a telephone number with country and area, which the country's numbering plan allows",
    .result = Type::String,
    .parameters = kParameters,
    .examples = kExamples,
    .make = [](const Arguments& arguments,
               const GeneratorEnvironment& environment) -> Result<std::unique_ptr<Generator>> {
      const auto words = words_of(environment, arguments.text_or("dataset", "US"));
      const std::string area = arguments.text_or("area_code", "");
      if (!area.empty()) return make_in_area(words, area);
      if (arguments.boolean("is_mobile")) {
        return make_text_of_forms(
            [words](Draws& draws, std::string& out) {
              const std::string_view mask = words->draw(WordKind::Mobile, draws);
              append_phone(out, words->calling_code(), national_number(mask, draws), kMobileArea);
            },
            [words] { return phone_forms(words, masks_of(*words, WordKind::Mobile, kMobileArea)); }, true);
      }
      const PackTable cities = words->list(WordKind::City).table();
      return make_text_of_forms(
          [words, masks = cities.texts("phone"), areas = cities.texts("area")](Draws& draws, std::string& out) {
            const std::uint32_t city = words->list(WordKind::City).pick(draws.next());
            append_phone(out, words->calling_code(), national_number(masks[city], draws), areas[city].size());
          },
          [words] { return phone_forms(words, city_masks(*words)); }, true);
    },
    .takes_rng = true,
};

}  // namespace mimus
