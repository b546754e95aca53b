// Addresses: city, state, postal code and telephone area are of one place.
#include "domain/making.h"
#include "domain/places.h"
#include "domain/words.h"

namespace mimus {
namespace {

void append_house_number(const Cell& cell, std::string& out) {
  out += std::to_string(between(cell, 1, 9999));
  const std::uint64_t suffix = cell.draws.below(100);
  // By their share, in steps of a tenth and of a twentieth.
  out += suffix < 70 ? "" : suffix < 80 ? "A" : suffix < 90 ? "B" : suffix < 95 ? "bis" : "ter";
}

void append_landline(const Cell& cell, std::string& out) {
  append_phone(out, cell.draws, calling_code(cell.making().entity()), cell.text(0), cell.text(1).size());
}

AttributeDeclaration landline(std::string_view name, std::string_view summary, bool listed = true) {
  return {.name = name,
          .summary = summary,
          .make = texts(append_landline, true),
          .needs = {"city_data.?phone", "city_data.area_code"},
          .listed = listed};
}

AttributeDeclaration of_city(std::string_view name, std::string_view attribute, std::string_view summary,
                             bool listed = true) {
  return {.name = name, .summary = summary, .make = same_as_need(), .needs = {attribute}, .listed = listed};
}

}  // namespace

const EntityDeclaration& address_entity() {
  static const EntityDeclaration kAddress{
      .name = "Address",
      .summary = "an address; city, state, postal code and telephone area are of one place",
      .parameters = {kDatasetParameter},
      .attributes = {
          {.name = "street", .summary = "name of the street", .make = any_word("name"), .choices = {"street"}},
          {.name = "house_number", .summary = "`12`, `7478B`, `9bis`", .make = texts(append_house_number, true)},
          {.name = "city_data", .summary = "the city", .type = Type::Struct, .entity = "City", .listed = false},
          of_city("city", "city_data.name", "the city's name"),
          of_city("state", "city_data.state", "the code of the state or region"),
          of_city("postal_code", "city_data.postal_code", "one of the city's postal codes"),
          of_city("zip_code", "city_data.postal_code", "the same", false),
          of_city("area", "city_data.area_code", "the area code of its telephones", false),
          of_city("?phone", "city_data.?phone", ""),
          of_city("?state_name", "city_data.state_name", ""),
          {.name = "country", .summary = "the country's name in its main language", .make = constant(country_name)},
          {.name = "country_code", .summary = "the dataset: `US`", .make = constant(country_code)},
          landline("phone", "a telephone number of the city"),
          {.name = "mobile_phone",
           .summary = "a number of a mobile telephone",
           .make = mobile_number(),
           .choices = {"mobile"}},
          landline("fax", "another number of the city"),
          landline("office_phone", "another number of the city", false),
          landline("private_phone", "another number of the city", false),
          {.name = "organization",
           .summary = "a company's name",
           .make = company_name(),
           .choices = {"company_start", "company_end"}},
          {.name = "full_address",
           .summary = "all on one line: `Main Street 12, 78701 Austin, United States`",
           .make = texts([](const Cell& cell, std::string& out) {
             out.append(cell.text(0)).append(" ").append(cell.text(1)).append(", ").append(cell.text(2));
             out.append(" ").append(cell.text(3)).append(", ").append(cell.text(4));
           }),
           .needs = {"street", "house_number", "postal_code", "city", "country"}},
      }};
  return kAddress;
}

}  // namespace mimus
