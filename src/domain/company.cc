// Companies: the address, the web site and the e-mail address are of the company.
#include "domain/making.h"
#include "domain/places.h"
#include "domain/words.h"
#include "generator/words.h"

namespace mimus {
namespace {

void append_domain(const Cell& cell, std::string& out) {
  append_plain(out, cell.text(0));
  out.append(".").append(cell.pick(0));
}

void append_email(const Cell& cell, std::string& out) {
  constexpr std::string_view kMailboxes[] = {"info",    "contact", "office",  "sales",
                                             "service", "mail",    "support", "hello"};
  out.append(kMailboxes[cell.draws.below(std::size(kMailboxes))]).append("@").append(cell.text(0));
}

void append_url(const Cell& cell, std::string& out) {
  out.append(cell.draws.below(2) == 0 ? "http://" : "https://").append(cell.text(0));
}

void append_id(const Cell& cell, std::string& out) {
  for (const char c : cell.text(0)) {
    if (c == ' ') {
      out += '_';
    } else {
      append_plain(out, std::string_view(&c, 1));
    }
  }
}

void append_full_name(const Cell& cell, std::string& out) {
  out.append(cell.text(0)).append(" ").append(cell.text(1)).append(" ").append(cell.text(2));
}

}  // namespace

const EntityDeclaration& company_entity() {
  static const EntityDeclaration kCompany{
      .name = "Company",
      .summary = "a company with its address; e-mail and web site carry its name",
      .parameters = {kDatasetParameter},
      .attributes = {
          {.name = "id",
           .summary = "the short name in small letters",
           .make = texts(append_id),
           .needs = {"short_name"},
           .listed = false},
          {.name = "short_name",
           .summary = "`NanoBot`",
           .make = company_name(),
           .choices = {"company_start", "company_end"}},
          {.name = "sector", .summary = "what it does", .make = any_word("name"), .choices = {"sector"}},
          {.name = "legal_form",
           .summary = "`GmbH`, `Inc.`",
           .make = any_word("name"),
           .choices = {"legal_form"},
           .listed = false},
          {.name = "full_name",
           .summary = "short name, sector and legal form",
           .make = texts(append_full_name),
           .needs = {"short_name", "sector", "legal_form"},
           .listed = false},
          {.name = "?domain",
           .summary = "",
           .make = texts(append_domain),
           .needs = {"short_name"},
           .choices = {"top_level"}},
          {.name = "email",
           .summary = "an address at the company's domain",
           .make = texts(append_email),
           .needs = {"?domain"}},
          {.name = "url", .summary = "its web site", .make = texts(append_url), .needs = {"?domain"}},
          {.name = "address_data",
           .summary = "where it is",
           .type = Type::Struct,
           .entity = "Address",
           .listed = false},
          same_as("phone_number", "address_data.phone", "a telephone number of the city"),
          same_as("office_phone", "address_data.office_phone", "another one"),
          same_as("fax", "address_data.fax", "another one"),
          same_as("street", "address_data.street", "name of the street"),
          same_as("house_number", "address_data.house_number", "`12`, `7478B`"),
          same_as("city", "address_data.city", "the city's name"),
          same_as("state", "address_data.state", "the code of the state or region"),
          same_as("zip_code", "address_data.postal_code", "one of the city's postal codes"),
          same_as("country", "address_data.country", "the country's name in its main language"),
          same_as("country_code", "address_data.country_code", "the dataset: `US`"),
      }};
  return kCompany;
}

}  // namespace mimus
