// Payment cards: the number has the network's form and Luhn's check digit; dates follow each other.
#include "base/check_digit.h"
#include "domain/dates.h"
#include "domain/making.h"
#include "domain/person.h"
#include "domain/places.h"

namespace mimus {
namespace {

std::size_t row_of(const Cell& cell) { return static_cast<std::size_t>(cell.integer(0)); }

void append_card_number_of(const Cell& cell, std::string& out) {
  const PackTable& types = cell.choice(0).table();
  std::string digits(types.texts("prefix")[row_of(cell)]);
  // A project's own table may say anything.
  const std::int64_t length = std::clamp<std::int64_t>(types.ints("length")[row_of(cell)], 2, 32) - 1;
  const std::int64_t missing = length - static_cast<std::int64_t>(digits.size());
  append_digits(digits, cell.draws, static_cast<std::size_t>(std::max<std::int64_t>(missing, 0)));
  out += digits;
  out += luhn_digit(digits);
}

void append_security_code(const Cell& cell, std::string& out) {
  const std::int64_t length = cell.choice(0).table().ints("cvv_length")[row_of(cell)];
  append_digits(out, cell.draws, static_cast<std::size_t>(std::clamp<std::int64_t>(length, 1, 8)));
}

// Within the last three years.
std::int64_t issued(const Cell& cell) { return midnight(cell.now()) - between(cell, 1, 3 * 365) * kDay; }

// The last day of a month, three to five years later.
std::int64_t expires(const Cell& cell) {
  const Civil issue = civil_from({cell.integer(0)});
  const int year = issue.year + static_cast<int>(between(cell, 3, 5));
  return days_from_civil(year, issue.month, days_in_month(year, issue.month)) * kDay;
}

AttributeDeclaration security_code(std::string_view name, std::string_view summary) {
  return {.name = name,
          .summary = summary,
          .make = texts(append_security_code, true),
          .needs = {"?row"},
          .choices = {"card_type"}};
}

}  // namespace

const EntityDeclaration& credit_card_entity() {
  static const EntityDeclaration kCard{
      .name = "CreditCard",
      .summary = "a payment card with its holder and account; the number is valid",
      .parameters = {kDatasetParameter},
      .attributes = {
          {.name = "?row", .summary = "", .type = Type::Int64, .make = table_row(), .choices = {"card_type"}},
          {.name = "?holder", .summary = "", .type = Type::Struct, .entity = "Person"},
          {.name = "?account", .summary = "", .type = Type::Struct, .entity = "BankAccount"},
          {.name = "card_type",
           .summary = "the network: `VISA`",
           .make = word_of_row("name"),
           .needs = {"?row"},
           .choices = {"card_type"}},
          {.name = "card_number",
           .summary = "with the network's prefix and length, and a check digit",
           .make = texts(append_card_number_of, true),
           .needs = {"?row"},
           .choices = {"card_type"}},
          same_as("card_provider", "?account.bank_name", "the bank"),
          {.name = "card_holder", .summary = "a person's name", .make = same_as_need(), .needs = {"?holder.name"}},
          {.name = "expiration_date",
           .summary = "the end of a month, three to five years after the issue",
           .type = Type::DateTime,
           .make = times(expires),
           .needs = {"issue_date"}},
          security_code("cvv", "three or four digits, as the network has it"),
          {.name = "cvc_number", .summary = "the same", .make = same_as_need(), .needs = {"cvv"}},
          {.name = "is_active", .summary = "half of them are", .type = Type::Bool, .make = truths([](const Cell& cell) {
                                                                                     return cell.draws.below(2) == 1;
                                                                                   })},
          {.name = "credit_limit",
           .summary = "1,000 to 999,999",
           .type = Type::Float64,
           .make = decimals(2, [](const Cell& cell) { return between(cell, 1'000, 999'999) * 100; })},
          {.name = "current_balance",
           .summary = "100 to 999,999",
           .type = Type::Float64,
           .make = decimals(2, [](const Cell& cell) { return between(cell, 10'000, 99'999'900); })},
          {.name = "issue_date",
           .summary = "within the last three years",
           .type = Type::DateTime,
           .make = times(issued)},
          same_as("bank_name", "?account.bank_name", "the bank"),
          same_as("bank_code", "?account.bank_code", "its SWIFT code"),
          same_as("bic", "?account.bic", "the same"),
          same_as("bin", "?account.bin", "four digits"),
          same_as("iban", "?account.iban", "the account's number"),
      }};
  return kCard;
}

}  // namespace mimus
