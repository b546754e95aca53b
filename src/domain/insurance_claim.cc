// Claims: of a coverage of a policy, within its term, up to its sum; what is paid follows the status.
#include <algorithm>
#include <charconv>
#include <cmath>

#include "domain/dates.h"
#include "domain/making.h"
#include "domain/picking.h"
#include "domain/places.h"

namespace mimus {
namespace {

Value coverage(const Cell& cell) {
  const Value all = cell.value(0);
  return (*all.as_list())[cell.draws.below(all.as_list()->size())];
}

// On a day of the term that is over.
Value incident_date(const Cell& cell) {
  const std::int64_t start = cell.value(0).as_date()->days;
  const std::int64_t end = cell.value(1).as_date()->days;
  return Value(Date{between(cell, start, std::min(end, midnight(cell.now()) / kDay))});
}

// Up to 30 days later, and not after today.
Value reported_date(const Cell& cell) {
  const std::int64_t incident = cell.value(0).as_date()->days;
  const std::int64_t today = midnight(cell.now()) / kDay;
  return Value(Date{between(cell, incident, std::min(incident + 30, today))});
}

// Up to the coverage's greatest sum, small ones more often; hundredths.
std::int64_t claimed(const Cell& cell) {
  const Value held = cell.value(0);
  const std::string& text = *find_entry(held, "max_coverage")->as_text();
  double most = 100'000;  // what is unlimited
  std::from_chars(text.data(), text.data() + text.size(), most);
  const double u = cell.draws.fraction();
  return std::llround(std::max(50.0, most * u * u * u) * 100);
}

// Nothing yet, nothing at all, or what is left of the amount; hundredths.
std::int64_t paid(const Cell& cell) {
  const std::int64_t amount = std::llround(cell.number(1) * 100);
  if (cell.text(0) == "PARTIALLY_SETTLED") return amount * between(cell, 20, 80) / 100;
  if (cell.text(0) != "SETTLED") return 0;
  return amount - std::min(amount / 2, between(cell, 0, 5) * 10'000);
}

std::vector<AttributeDeclaration> claim_attributes() {
  return {
      {.name = "claim_id", .summary = "`CLM` and eight capitals and digits", .make = code_id("CLM", 8)},
      {.name = "policy",
       .summary = "an active policy",
       .type = Type::Struct,
       .entity = "InsurancePolicy(status='active')"},
      {.name = "coverage",
       .summary = "the one of the policy's that it is for, a map",
       .type = Type::Dynamic,
       .make = values(coverage),
       .needs = {"policy.coverages"}},
      {.name = "incident_date",
       .summary = "a date within the policy's term",
       .type = Type::Dynamic,
       .make = values(incident_date),
       .needs = {"policy.start_date", "policy.end_date"}},
      {.name = "reported_date",
       .summary = "a date, up to 30 days later",
       .type = Type::Dynamic,
       .make = values(reported_date),
       .needs = {"incident_date"}},
      {.name = "status", .summary = "`SETTLED`, `OPEN`", .make = any_word("name"), .choices = {"claim_status"}},
      {.name = "claim_amount",
       .summary = "up to the coverage's greatest sum",
       .type = Type::Float64,
       .make = decimals(2, claimed),
       .needs = {"coverage"}},
      {.name = "paid_amount",
       .summary = "of settled claims, less what the holder bears; of others 0",
       .type = Type::Float64,
       .make = decimals(2, paid),
       .needs = {"status", "claim_amount"}},
      {.name = "currency", .summary = "the country's (ISO 4217)", .make = constant(main_currency)},
  };
}

}  // namespace

const EntityDeclaration& insurance_claim_entity() {
  static const EntityDeclaration kClaim{
      .name = "InsuranceClaim",
      .summary = "a claim that follows its policy: a coverage of it, a day of its term, a sum up to the greatest",
      .parameters = {kDatasetParameter},
      .attributes = claim_attributes()};
  return kClaim;
}

}  // namespace mimus
