// Transactions of accounts: type, category, merchant, amount and description are of one transaction.
#include <cmath>

#include "domain/dates.h"
#include "domain/making.h"
#include "domain/picking.h"
#include "domain/places.h"

namespace mimus {
namespace {

std::size_t row_of(const Cell& cell, std::size_t need) { return static_cast<std::size_t>(cell.integer(need)); }

// Of the type, a category that goes with it.
std::int64_t category_row(const Cell& cell) {
  const std::string_view which = cell.choice(0).table().texts("which")[row_of(cell, 0)];
  const PackTable& categories = cell.choice(1).table();
  return static_cast<std::int64_t>(pick_row(cell.draws, categories, rows_of_group(categories, "which", which)));
}

// The small amounts more often, in hundredths.
std::int64_t amount(const Cell& cell) {
  const PackTable& categories = cell.choice(1).table();
  const std::size_t category = row_of(cell, 1);
  const double least = categories.floats("min")[category];
  const double most = categories.floats("max")[category];
  const double u = cell.draws.fraction();
  const double plain = least + (most - least) * u * std::sqrt(u);
  return std::llround(plain * cell.choice(0).table().floats("modifier")[row_of(cell, 0)] * 100);
}

void append_merchant(const Cell& cell, std::string& out) { out += pick_of_group(cell, 0, "category", cell.text(0)); }

void append_description(const Cell& cell, std::string& out) {
  out += filled(pick_of_group(cell, 0, "type", cell.text(0)), {{"{}", cell.text(1)}});
}

std::int64_t happened(const Cell& cell) {
  return cell.now().micros - between(cell, 0, 365 * 86'400) * kMicrosPerSecond;
}

AttributeDeclaration of_row(std::string_view name, std::string_view row, std::string_view table,
                            std::string_view column, std::string_view summary) {
  return {.name = name, .summary = summary, .make = word_of_row(column), .needs = {row}, .choices = {table}};
}

}  // namespace

const EntityDeclaration& transaction_entity() {
  static const EntityDeclaration kTransaction{
      .name = "Transaction",
      .summary = "a transaction of an account; merchant, amount and description fit its type and category",
      .parameters = {kDatasetParameter},
      .attributes = {
          {.name = "?type", .summary = "", .type = Type::Int64, .make = table_row(), .choices = {"transaction_type"}},
          {.name = "?category",
           .summary = "",
           .type = Type::Int64,
           .make = integers(category_row),
           .needs = {"?type"},
           .choices = {"transaction_type", "transaction_category"}},
          {.name = "?currency", .summary = "", .type = Type::Int64, .make = table_row(), .choices = {"currency"}},
          {.name = "?city", .summary = "", .type = Type::Struct, .entity = "City"},
          {.name = "transaction_id",
           .summary = "16 capitals and digits",
           .make = texts([](const Cell& cell, std::string& out) { append_code(out, cell.draws, 16); }, true)},
          {.name = "transaction_date",
           .summary = "date and time within the last year",
           .type = Type::DateTime,
           .make = times(happened)},
          {.name = "amount",
           .summary = "as usual for the category, with two decimals",
           .type = Type::Float64,
           .make = decimals(2, amount),
           .needs = {"?type", "?category"},
           .choices = {"transaction_type", "transaction_category"}},
          of_row("transaction_type", "?type", "transaction_type", "name", "`PURCHASE`, `SALARY`"),
          {.name = "description",
           .summary = "what a statement says of it",
           .make = texts(append_description),
           .needs = {"transaction_type", "merchant_name"},
           .choices = {"transaction_text"}},
          {.name = "reference_number",
           .summary = "10 to 12 capitals and digits",
           .make = texts(
               [](const Cell& cell, std::string& out) {
                 append_code(out, cell.draws, static_cast<std::size_t>(between(cell, 10, 12)));
               },
               true)},
          {.name = "status",
           .summary = "`COMPLETED`, `PENDING`",
           .make = any_word("name"),
           .choices = {"transaction_status"}},
          of_row("currency", "?currency", "currency", "code", "mostly the country's (ISO 4217)"),
          of_row("currency_symbol", "?currency", "currency", "symbol", "`$`, `€`"),
          {.name = "merchant_name",
           .summary = "an invented merchant of the category",
           .make = texts(append_merchant),
           .needs = {"merchant_category"},
           .choices = {"merchant"}},
          of_row("merchant_category", "?category", "transaction_category", "name", "`GROCERIES`, `TRAVEL`"),
          {.name = "location", .summary = "a city", .make = same_as_need(), .needs = {"?city.name"}},
          {.name = "is_international",
           .summary = "a tenth of them are",
           .type = Type::Bool,
           .make = truths([](const Cell& cell) { return cell.draws.chance(0.1); })},
          {.name = "channel",
           .summary = "`CARD`, `ONLINE`",
           .make = any_word("name"),
           .choices = {"transaction_channel"}},
          of_row("direction", "?type", "transaction_type", "direction", "`debit` or `credit`"),
      }};
  return kTransaction;
}

}  // namespace mimus
