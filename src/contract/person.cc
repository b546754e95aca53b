// People: sexes in turn, names by sex, a date of birth that fits the age at the clock.
#include <fmt/format.h>

#include <memory>
#include <utility>

#include "contract/constraints.h"
#include "contract/identity.h"
#include "contract/person_names.h"

namespace mimus::contract {
namespace {

// What all items have in common.
struct People {
  Identifiers identifiers{"datamimic:person:v1"};
  std::string seed;
  std::string locale;
  std::string nationality;
  std::int64_t clock_year = 0;
  AgeRange ages;
  std::vector<std::string> sexes;
  PersonNames names;
};

std::string country_of(const Dataset& dataset) {
  const PackTable countries = dataset.table("country");
  const PackTexts codes = countries.texts("iso");
  for (std::size_t row = 0; row < codes.size(); ++row) {
    if (codes[row] == dataset.code()) return std::string(countries.texts("name")[row]);
  }
  return dataset.code();
}

ValueMap make_person(const People& people, std::uint64_t item, PythonRandom& random) {
  const std::string& sex = people.sexes[item % people.sexes.size()];
  const PersonNames::OfSex& names = people.names.of(sex.front());
  const std::string& given = any_of(names.given, random);
  const std::string& family = any_of(names.family, random);
  const std::int64_t age = random.between(people.ages.first, people.ages.last);
  const std::int64_t month = random.between(1, 12);
  const std::int64_t day = random.between(1, 28);
  const std::string id = people.identifiers.of(people.seed, item);
  return {{"id", Value(id)},
          {"human_id", Value(short_id("PER", id))},
          {"sex", Value(sex)},
          {"first_name", Value(given)},
          {"last_name", Value(family)},
          {"full_name", Value(given + " " + family)},
          {"age", Value(age)},
          {"date_of_birth", Value(fmt::format("{:04}-{:02}-{:02}", people.clock_year - age, month, day))},
          {"nationality", Value(people.nationality)},
          {"locale", Value(people.locale)}};
}

Answer<ItemMaker> make(const DomainRequest& request) {
  const std::vector<std::string> known = {"F", "M", "X"};
  auto people = std::make_shared<People>();
  MIMUS_ASSIGN(people->sexes, chosen_words(request, "sex", "sexes", known, known));
  MIMUS_ASSIGN(people->ages, age_range(request));
  people->seed = request.seed;
  people->locale = request.locale;
  people->nationality = country_of(request.dataset);
  people->clock_year = request.clock_year;
  people->names = PersonNames(request.dataset);
  return [people = std::shared_ptr<const People>(std::move(people))](std::uint64_t item, PythonRandom& random) {
    return make_person(*people, item, random);
  };
}

}  // namespace

const DomainDeclaration& person_domain() {
  static const DomainDeclaration kPerson{
      .name = "person",
      .has_profiles = true,
      .constraints = fmt::format(R"({{
        "sex": {{"type": ["string", "array"], "minItems": 1, "items": {{"type": "string"}}}}, {},
        "nationality": {{"type": "string"}}}})",
                                 kAgeSchema),
      .item = R"({
        "id": {"type": "string", "format": "uuid"},
        "human_id": {"type": "string", "pattern": "^PER-[0-9A-F]{8}$"},
        "sex": {"enum": ["F", "M", "X"]},
        "first_name": {"type": "string", "minLength": 1},
        "last_name": {"type": "string", "minLength": 1},
        "full_name": {"type": "string", "minLength": 1},
        "age": {"type": "integer", "minimum": 0, "maximum": 120},
        "date_of_birth": {"type": "string", "format": "date"},
        "nationality": {"type": "string", "minLength": 1},
        "locale": {"type": "string"}})",
      .make = make,
  };
  return kPerson;
}

}  // namespace mimus::contract
