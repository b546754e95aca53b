// Statements of accounts: the transactions of a month in their order, with balances that add up.
#include <algorithm>
#include <cmath>

#include "domain/dates.h"
#include "domain/making.h"
#include "domain/picking.h"
#include "domain/places.h"

namespace mimus {
namespace {

// The month before the run's: its first day, in days since 1970.
std::int64_t first_day(Timestamp now) {
  const Civil today = civil_from(now);
  const bool is_january = today.month == 1;
  return days_from_civil(today.year - (is_january ? 1 : 0), is_january ? 12 : today.month - 1, 1);
}

std::int64_t last_day(Timestamp now) {
  const Civil today = civil_from(now);
  return days_from_civil(today.year, today.month, 1) - 1;
}

AttributeDeclaration day(std::string_view name, std::int64_t (*of)(Timestamp), std::string_view summary) {
  return {.name = name, .summary = summary, .type = Type::Dynamic, .make = values([of](const Cell& cell) {
                                                                     return Value(Date{of(cell.now())});
                                                                   })};
}

double hundredths(std::int64_t cents) { return static_cast<double>(cents) / 100; }

// Needs: transactions of any time, the opening balance. In order of their days; debits are negative.
Value lines(const Cell& cell) {
  const Value made = cell.value(0);
  std::int64_t balance = std::llround(cell.number(1) * 100);
  std::vector<std::int64_t> days;
  for (std::size_t k = 0; k < made.as_list()->size(); ++k) {
    days.push_back(between(cell, first_day(cell.now()), last_day(cell.now())));
  }
  std::ranges::sort(days);
  ValueList out;
  for (std::size_t k = 0; k < days.size(); ++k) {
    const Value& one = (*made.as_list())[k];
    const std::int64_t amount = std::llround(*find_entry(one, "amount")->as_float() * 100);
    const std::int64_t change = *find_entry(one, "direction")->as_text() == "debit" ? -amount : amount;
    balance += change;
    out.push_back(Value::map({{"date", Value(Date{days[k]})},
                              {"transaction_id", *find_entry(one, "transaction_id")},
                              {"transaction_type", *find_entry(one, "transaction_type")},
                              {"description", *find_entry(one, "description")},
                              {"amount", Value(hundredths(change))},
                              {"balance", Value(hundredths(balance))}}));
  }
  return Value::list(std::move(out));
}

// The sum of the lines' amounts that are above 0, or below; hundredths.
template <bool kCredit>
std::int64_t sum(const Cell& cell) {
  const Value all = cell.value(0);
  std::int64_t out = 0;
  for (const Value& one : *all.as_list()) {
    const std::int64_t amount = std::llround(*find_entry(one, "amount")->as_float() * 100);
    if ((amount > 0) == kCredit) out += std::abs(amount);
  }
  return out;
}

std::int64_t closing(const Cell& cell) {
  return std::llround(cell.number(0) * 100) + std::llround(cell.number(1) * 100) - std::llround(cell.number(2) * 100);
}

std::vector<AttributeDeclaration> statement_attributes() {
  return {
      {.name = "?count", .summary = "", .type = Type::Int64, .make = integers([](const Cell& cell) {
                                                               return between(cell, 4, 25);
                                                             })},
      {.name = "?made",
       .summary = "",
       .type = Type::Dynamic,
       .needs = {"?count"},
       .entity = "Transaction",
       .many = true},
      {.name = "statement_id", .summary = "`ST` and ten capitals and digits", .make = code_id("ST", 10)},
      {.name = "account", .summary = "whose it is", .type = Type::Struct, .entity = "BankAccount"},
      day("period_start", first_day, "a date: the first of the month before the run's"),
      day("period_end", last_day, "a date: the last of that month"),
      {.name = "currency", .summary = "the country's (ISO 4217)", .make = constant(main_currency)},
      {.name = "opening_balance",
       .summary = "before the first transaction",
       .type = Type::Float64,
       .make = decimals(2, [](const Cell& cell) { return between(cell, 20'000, 900'000); })},
      {.name = "transactions",
       .summary = "a list of maps by date: date, transaction_id, transaction_type, description, amount, balance",
       .type = Type::Dynamic,
       .make = values(lines),
       .needs = {"?made", "opening_balance"}},
      {.name = "total_credit",
       .summary = "what came in",
       .type = Type::Float64,
       .make = decimals(2, sum<true>),
       .needs = {"transactions"}},
      {.name = "total_debit",
       .summary = "what went out",
       .type = Type::Float64,
       .make = decimals(2, sum<false>),
       .needs = {"transactions"}},
      {.name = "closing_balance",
       .summary = "after the last transaction",
       .type = Type::Float64,
       .make = decimals(2, closing),
       .needs = {"opening_balance", "total_credit", "total_debit"}},
  };
}

}  // namespace

const EntityDeclaration& bank_statement_entity() {
  static const EntityDeclaration kStatement{.name = "BankStatement",
                                            .summary = "a month of an account; the balances add up",
                                            .parameters = {kDatasetParameter},
                                            .attributes = statement_attributes()};
  return kStatement;
}

}  // namespace mimus
