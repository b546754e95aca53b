// Doctors: specialties and hospitals in turn.
#include <fmt/format.h>

#include <memory>
#include <utility>

#include "contract/constraints.h"
#include "contract/identity.h"
#include "contract/person_names.h"

namespace mimus::contract {
namespace {

struct Doctors {
  Identifiers identifiers{"datamimic:doctor:v1"};
  std::string seed;
  std::string locale;
  std::string license_prefix;
  std::vector<std::string> titles;
  std::vector<std::string> specialties;
  std::vector<std::string> hospitals;
  PersonNames names;
};

ValueMap make_doctor(const Doctors& doctors, std::uint64_t item, PythonRandom& random) {
  const PersonNames::OfSex& names = doctors.names.of("FMX"[item % 3]);
  const std::string& given = any_of(names.given, random);
  const std::string& family = any_of(names.family, random);
  const std::string& title = any_of(doctors.titles, random);
  const std::string id = doctors.identifiers.of(doctors.seed, item);
  return {{"id", Value(id)},
          {"human_id", Value(short_id("DOC", id))},
          {"title", Value(title)},
          {"first_name", Value(given)},
          {"last_name", Value(family)},
          {"full_name", Value(fmt::format("{} {} {}", title, given, family))},
          {"specialty", Value(doctors.specialties[item % doctors.specialties.size()])},
          {"hospital", Value(doctors.hospitals[item % doctors.hospitals.size()])},
          {"license_number", Value(short_id(doctors.license_prefix, id))},
          {"locale", Value(doctors.locale)}};
}

Answer<ItemMaker> make(const DomainRequest& request) {
  const std::vector<std::string> known = words_of(request.dataset.table("medical_specialty"));
  auto doctors = std::make_shared<Doctors>();
  MIMUS_ASSIGN(doctors->specialties, chosen_words(request, "specialty", "specialties", known, known));
  doctors->seed = request.seed;
  doctors->locale = request.locale;
  doctors->license_prefix = text_or(request, "license_prefix", request.dataset.code() + "-MED");
  doctors->titles = words_of(request.dataset.table("doctor_title"));
  doctors->hospitals = words_of(request.dataset.table("hospital_name"));
  doctors->names = PersonNames(request.dataset);
  return [doctors = std::shared_ptr<const Doctors>(std::move(doctors))](std::uint64_t item, PythonRandom& random) {
    return make_doctor(*doctors, item, random);
  };
}

}  // namespace

const DomainDeclaration& doctor_domain() {
  static const DomainDeclaration kDoctor{
      .name = "doctor",
      .constraints = R"({
        "specialty": {"type": ["string", "array"], "minItems": 1, "items": {"type": "string"}},
        "license_prefix": {"type": "string", "minLength": 1}})",
      .item = R"({
        "id": {"type": "string", "format": "uuid"},
        "human_id": {"type": "string", "pattern": "^DOC-[0-9A-F]{8}$"},
        "title": {"type": "string", "minLength": 1},
        "first_name": {"type": "string", "minLength": 1},
        "last_name": {"type": "string", "minLength": 1},
        "full_name": {"type": "string", "minLength": 1},
        "specialty": {"type": "string", "minLength": 1},
        "hospital": {"type": "string", "minLength": 1},
        "license_number": {"type": "string", "pattern": "-[0-9A-F]{8}$"},
        "locale": {"type": "string"}})",
      .make = make,
  };
  return kDoctor;
}

}  // namespace mimus::contract
