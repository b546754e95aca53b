// Insurance: companies, products with their coverages, and policies that hold some of these.
#include <algorithm>
#include <cmath>

#include "domain/dates.h"
#include "domain/making.h"
#include "domain/picking.h"
#include "domain/places.h"

namespace mimus {
namespace {

// RFC 9562, version 4.
void append_uuid(const Cell& cell, std::string& out) {
  constexpr std::string_view kHex = "0123456789abcdef";
  const std::uint64_t high = (cell.draws.next() & ~0xF000ULL) | 0x4000ULL;
  const std::uint64_t low = (cell.draws.next() & ~(3ULL << 62U)) | (2ULL << 62U);
  for (unsigned digit = 0; digit < 32; ++digit) {
    if (digit == 8 || digit == 12 || digit == 16 || digit == 20) out += '-';
    const std::uint64_t half = digit < 16 ? high : low;
    out += kHex[half >> (60 - 4 * (digit % 16)) & 15U];
  }
}

AttributeDeclaration uuid(std::string_view name) {
  return {.name = name, .summary = "a UUID of version 4", .make = texts(append_uuid, true)};
}

AttributeDeclaration row_of_table(std::string_view table) {
  return {.name = "?row", .summary = "", .type = Type::Int64, .make = table_row(), .choices = {table}};
}

AttributeDeclaration of_row(std::string_view name, std::string_view table, std::string_view summary) {
  return {.name = name, .summary = summary, .make = word_of_row(name), .needs = {"?row"}, .choices = {table}};
}

Value coverage_value(const PackTable& table, std::size_t row) {
  ValueMap out;
  for (const std::string_view name : {"name", "code", "product_code", "description", "min_coverage", "max_coverage"}) {
    out.emplace_back(std::string(name), text_value(table.texts(name)[row]));
  }
  return Value::map(std::move(out));
}

// Different coverages of a product, by its code.
Value coverages(const Cell& cell, std::int64_t least, std::int64_t most) {
  const PackTable& table = cell.choice(0).table();
  const auto count = static_cast<std::size_t>(between(cell, least, most));
  ValueList out;
  for (const std::size_t row :
       distinct_rows(cell.draws, table, rows_of_group(table, "product_code", cell.text(0)), count)) {
    out.push_back(coverage_value(table, row));
  }
  return Value::list(std::move(out));
}

// Of a range of premiums, in hundredths.
std::int64_t premium(const Cell& cell) {
  const Choice& buckets = cell.choice(0);
  const std::size_t row = buckets.pick(cell.draws.next());
  return between(cell, std::llround(buckets.table().floats("min")[row] * 100),
                 std::llround(buckets.table().floats("max")[row] * 100));
}

Value date_value(std::int64_t micros) { return Value(Date{micros / kMicrosPerDay}); }
std::int64_t micros_of(const Value& date) { return date.as_date()->days * kMicrosPerDay; }

// Within the last ten years; a policy of that status has begun, or not yet.
Value start_date(const Cell& cell) {
  const std::int64_t today = midnight(cell.now());
  const std::string_view status = cell.text(0);
  if (status == "pending") return date_value(today + between(cell, 1, 60) * kDay);
  const std::int64_t least = status == "expired" ? 370 : 1;
  const std::int64_t most = status == "expired" ? 3650 : 360;
  return date_value(today - between(cell, least, most) * kDay);
}

// A year later, or, of those that have expired, some years later but before today.
Value end_date(const Cell& cell) {
  const Civil start = civil_from({micros_of(cell.value(0))});
  std::int64_t years = 1;
  const auto end_of = [&](std::int64_t after) {
    const int year = start.year + static_cast<int>(after);
    const int day = std::min(start.day, days_in_month(year, start.month));
    return days_from_civil(year, start.month, day) * kMicrosPerDay;
  };
  const bool is_expired = cell.text(1) == "expired";
  while (years < 9 && cell.draws.below(2) == 0) {
    if (is_expired && end_of(years + 1) >= midnight(cell.now())) break;
    ++years;
  }
  return date_value(end_of(years));
}

// Up to 90 days before the start, and not after today.
Value created_date(const Cell& cell) {
  const std::int64_t start = micros_of(cell.value(0));
  return date_value(std::min(start, midnight(cell.now())) - between(cell, 0, 90) * kDay);
}

AttributeDeclaration day(std::string_view name, Value (*make)(const Cell&), std::vector<std::string_view> needs,
                         std::string_view summary) {
  return {.name = name, .summary = summary, .type = Type::Dynamic, .make = values(make), .needs = std::move(needs)};
}

std::vector<AttributeDeclaration> policy_attributes() {
  return {
      uuid("id"),
      {.name = "company", .summary = "the insurer", .type = Type::Struct, .entity = "InsuranceCompany"},
      {.name = "product", .summary = "what is insured", .type = Type::Struct, .entity = "InsuranceProduct"},
      {.name = "policy_holder", .summary = "who has it", .type = Type::Struct, .entity = "Person"},
      {.name = "coverages",
       .summary = "a list of one to three of the product's",
       .type = Type::Dynamic,
       .make = values([](const Cell& cell) { return coverages(cell, 1, 3); }),
       .needs = {"product.code"},
       .choices = {"insurance_coverage"}},
      {.name = "premium",
       .summary = "50 to 5,000, the small ones more often",
       .type = Type::Float64,
       .make = decimals(2, premium),
       .choices = {"premium_bucket"}},
      {.name = "premium_frequency",
       .summary = "`monthly`, `annually`",
       .make = any_word("name"),
       .choices = {"premium_frequency"}},
      day("start_date", start_date, {"status"}, "a date: before today, but for pending policies"),
      day("end_date", end_date, {"start_date", "status"}, "a date, one or more years later"),
      {.name = "status",
       .summary = "`active`, `pending`",
       .make = texts([](const Cell& cell, std::string& out) {
         const Arguments& arguments = cell.making().arguments();
         out += arguments.has("status") ? std::string_view(arguments.text("status")) : cell.pick(0);
       }),
       .choices = {"policy_status"}},
      day("created_date", created_date, {"start_date"}, "a date, up to 90 days before the start"),
  };
}

Status check_status(const Arguments& arguments, const EntityEnvironment& environment) {
  if (!arguments.has("status")) return {};
  const PackTexts known = environment.pack->table("policy_status").texts("name");
  for (std::size_t row = 0; row < known.size(); ++row) {
    if (known[row] == arguments.text("status")) return {};
  }
  return fail("entity.argument", "no policy has the status '" + std::string(arguments.text("status")) + "'",
              "active, pending, expired, cancelled or suspended");
}

}  // namespace

const EntityDeclaration& insurance_company_entity() {
  static const EntityDeclaration kCompany{
      .name = "InsuranceCompany",
      .summary = "an invented insurer",
      .parameters = {kDatasetParameter},
      .attributes = {
          row_of_table("insurance_company"),
          uuid("id"),
          of_row("name", "insurance_company", "its name"),
          of_row("code", "insurance_company", "three letters"),
          of_row("founded_year", "insurance_company", "a text of four digits"),
          of_row("headquarters", "insurance_company", "a city"),
          {.name = "website",
           .summary = "`https://…`",
           .make = texts([](const Cell& cell, std::string& out) {
             out.append("https://")
                 .append(cell.choice(0).table().texts("website")[static_cast<std::size_t>(cell.integer(0))]);
           }),
           .needs = {"?row"},
           .choices = {"insurance_company"}},
      }};
  return kCompany;
}

const EntityDeclaration& insurance_coverage_entity() {
  static const EntityDeclaration kCoverage{
      .name = "InsuranceCoverage",
      .summary = "what an insurance pays for",
      .parameters = {kDatasetParameter},
      .attributes = {
          row_of_table("insurance_coverage"),
          of_row("name", "insurance_coverage", "`Collision`"),
          of_row("code", "insurance_coverage", "`AUTO-COL`"),
          of_row("product_code", "insurance_coverage", "the code of the product it belongs to"),
          of_row("description", "insurance_coverage", "some words"),
          of_row("min_coverage", "insurance_coverage", "the least sum, a text"),
          of_row("max_coverage", "insurance_coverage", "the greatest sum, a text, or `unlimited`"),
      }};
  return kCoverage;
}

const EntityDeclaration& insurance_product_entity() {
  static const EntityDeclaration kProduct{.name = "InsuranceProduct",
                                          .summary = "an insurance with its coverages",
                                          .parameters = {kDatasetParameter},
                                          .attributes = {
                                              row_of_table("insurance_product"),
                                              uuid("id"),
                                              of_row("type", "insurance_product", "`Auto Insurance`"),
                                              of_row("code", "insurance_product", "`AUTO`"),
                                              of_row("description", "insurance_product", "some words"),
                                              {.name = "coverages",
                                               .summary = "a list of two to five, all of them the product's",
                                               .type = Type::Dynamic,
                                               .make = values([](const Cell& cell) { return coverages(cell, 2, 5); }),
                                               .needs = {"code"},
                                               .choices = {"insurance_coverage"}},
                                          }};
  return kProduct;
}

const EntityDeclaration& insurance_policy_entity() {
  static const EntityDeclaration kPolicy{
      .name = "InsurancePolicy",
      .summary = "a policy; its coverages are the product's, its dates follow each other",
      .parameters = {kDatasetParameter,
                     {"status", ParameterType::String, "", "active, pending, expired, cancelled or suspended",
                      "of all policies; by default any", true}},
      .attributes = policy_attributes(),
      .check = check_status};
  return kPolicy;
}

}  // namespace mimus
