// Patients: conditions and insurers in turn; the identifiers of their person and of their address are those that the
// domains person and address give for the same seed and number.
#include <fmt/format.h>

#include <charconv>
#include <memory>
#include <utility>

#include "contract/constraints.h"
#include "contract/identity.h"

namespace mimus::contract {
namespace {

struct Patients {
  Identifiers identifiers{"datamimic:patient:v1"};
  Identifiers people{"datamimic:person:v1"};
  Identifiers addresses{"datamimic:address:v1"};
  std::string seed;
  std::string locale;
  std::string name_space;
  AgeRange ages;
  std::vector<std::string> conditions;
  std::vector<std::string> insurers;
};

// The first 16 hexadecimal digits of the identifier, modulo 97.
std::uint64_t check_number(std::string_view id) {
  std::string digits(id.substr(0, 18));
  std::erase(digits, '-');
  std::uint64_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number, 16);
  return number % 97;
}

ValueMap make_patient(const Patients& patients, std::uint64_t item, PythonRandom& random) {
  const std::int64_t age = random.between(patients.ages.first, patients.ages.last);
  const std::string& condition = patients.conditions[item % patients.conditions.size()];
  const std::string id = patients.identifiers.of(patients.seed, item);
  return {{"id", Value(id)},
          {"human_id", Value(fmt::format("{}-{:02}", patients.name_space, check_number(id)))},
          {"person_id", Value(patients.people.of(patients.seed, item))},
          {"address_id", Value(patients.addresses.of(patients.seed, item))},
          {"age", Value(age)},
          {"primary_condition", Value(condition)},
          {"conditions", Value::list({Value(condition)})},
          {"insurance_provider", Value(patients.insurers[item % patients.insurers.size()])},
          {"locale", Value(patients.locale)}};
}

Answer<ItemMaker> make(const DomainRequest& request) {
  const PackTable table = request.dataset.table("medical_condition");
  const std::vector<std::string> names = words_of(table);
  std::vector<std::string> known = names;
  // A code of ICD-10 may be asked for, too; it stays a code.
  for (std::string& code : words_of(table, "code")) known.push_back(std::move(code));
  auto patients = std::make_shared<Patients>();
  MIMUS_ASSIGN(patients->conditions, chosen_words(request, "conditions", "conditions", known, names));
  MIMUS_ASSIGN(patients->ages, age_range(request));
  patients->seed = request.seed;
  patients->locale = request.locale;
  patients->name_space = capitals(text_or(request, "id_namespace", "patient-" + request.dataset.code()));
  patients->insurers = words_of(request.dataset.table("health_insurer"));
  return [patients = std::shared_ptr<const Patients>(std::move(patients))](std::uint64_t item, PythonRandom& random) {
    return make_patient(*patients, item, random);
  };
}

}  // namespace

const DomainDeclaration& patient_domain() {
  static const DomainDeclaration kPatient{
      .name = "patient",
      .has_profiles = true,
      .constraints = fmt::format(R"({{{},
        "conditions": {{"type": "array", "minItems": 1, "items": {{"type": "string", "minLength": 1}}}},
        "id_namespace": {{"type": "string", "minLength": 1}}}})",
                                 kAgeSchema),
      .item = R"({
        "id": {"type": "string", "format": "uuid"},
        "human_id": {"type": "string", "pattern": "-[0-9]{2}$"},
        "person_id": {"type": "string", "format": "uuid"},
        "address_id": {"type": "string", "format": "uuid"},
        "age": {"type": "integer", "minimum": 0, "maximum": 120},
        "primary_condition": {"type": "string", "minLength": 1},
        "conditions": {"type": "array", "minItems": 1, "items": {"type": "string", "minLength": 1}},
        "insurance_provider": {"type": "string", "minLength": 1},
        "locale": {"type": "string"}})",
      .make = make,
  };
  return kPatient;
}

}  // namespace mimus::contract
