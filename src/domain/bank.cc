// Banks with invented names, and accounts with them: codes and numbers are of one bank, and valid.
#include "base/check_digit.h"
#include "domain/making.h"
#include "domain/places.h"
#include "generator/identifiers.h"

namespace mimus {
namespace {

AttributeDeclaration of_row(std::string_view name, std::string_view column, std::string_view summary) {
  return {.name = name, .summary = summary, .make = word_of_row(column), .needs = {"?row"}, .choices = {"bank"}};
}

void append_service_phone(const Cell& cell, std::string& out) {
  append_phone(out, cell.draws, calling_code(cell.making().entity()), cell.pick(0), 3);
}

// The account number by the country's form; ten digits where there is none.
void append_account_number(const Cell& cell, std::string& out) {
  const std::string& country = cell.making().entity().dataset().code();
  if (iban_form(country).empty()) return append_digits(out, cell.draws, 10);
  append_bban(out, cell.draws, country, cell.text(0));
}

// Where a country has no IBAN, one of its bank's code and the account number, with check digits all the same.
void append_iban_of(const Cell& cell, std::string& out) {
  const std::string& country = cell.making().entity().dataset().code();
  std::string bban(cell.text(0));
  if (iban_form(country).empty()) bban = std::string(cell.text(1)) + bban;
  out += country;
  append_padded(out, static_cast<std::uint64_t>(check_digits_97(bban + country)), 2);
  out += bban;
}

std::int64_t created(const Cell& cell) { return cell.now().micros - between(cell, 0, 365 * 86'400) * kMicrosPerSecond; }

std::int64_t last_used(const Cell& cell) {
  return between(cell, cell.integer(0) / kMicrosPerSecond, cell.now().micros / kMicrosPerSecond) * kMicrosPerSecond;
}

}  // namespace

const EntityDeclaration& bank_entity() {
  static const EntityDeclaration kBank{
      .name = "Bank",
      .summary = "a bank with an invented name and its codes",
      .parameters = {kDatasetParameter},
      .attributes = {
          {.name = "?row", .summary = "", .type = Type::Int64, .make = table_row(), .choices = {"bank"}},
          of_row("name", "name", "its name"),
          of_row("swift_code", "swift_code", "eight characters (ISO 9362)"),
          of_row("routing_number", "routing_number", "its number in the country: what account numbers begin with"),
          of_row("bank_code", "swift_code", "the SWIFT code"),
          of_row("bic", "swift_code", "the SWIFT code"),
          {.name = "bin",
           .summary = "four digits",
           .make = texts([](const Cell& cell, std::string& out) { append_digits(out, cell.draws, 4); }, true)},
          {.name = "customer_service_phone",
           .summary = "a telephone number of the country",
           .make = texts(append_service_phone, true),
           .choices = {"landline"}},
      }};
  return kBank;
}

const EntityDeclaration& bank_account_entity() {
  static const EntityDeclaration kAccount{
      .name = "BankAccount",
      .summary = "an account with a bank; number and IBAN have the country's form and check digits",
      .parameters = {kDatasetParameter},
      .attributes = {
          {.name = "?bank", .summary = "", .type = Type::Struct, .entity = "Bank"},
          {.name = "account_number",
           .summary = "the account's number in the country, the bank's included",
           .make = texts(append_account_number, true),
           .needs = {"?bank.routing_number"}},
          {.name = "iban",
           .summary = "the international number, with check digits",
           .make = texts(append_iban_of, true),
           .needs = {"account_number", "?bank.swift_code"}},
          {.name = "account_type",
           .summary = "`CHECKING`, `SAVINGS`",
           .make = any_word("name"),
           .choices = {"account_type"}},
          {.name = "balance",
           .summary = "0 to 1,000,000",
           .type = Type::Float64,
           .make = decimals(2, [](const Cell& cell) { return between(cell, 0, 100'000'000); })},
          {.name = "currency",
           .summary = "mostly the country's (ISO 4217)",
           .make = any_word("code"),
           .choices = {"currency"}},
          {.name = "created_date", .summary = "within the last year", .type = Type::DateTime, .make = times(created)},
          {.name = "last_transaction_date",
           .summary = "since then",
           .type = Type::DateTime,
           .make = times(last_used),
           .needs = {"created_date"}},
          same_as("bank_name", "?bank.name", "the bank's name"),
          same_as("bank_code", "?bank.bank_code", "its SWIFT code"),
          same_as("bic", "?bank.bic", "the same"),
          same_as("bin", "?bank.bin", "four digits"),
      }};
  return kAccount;
}

}  // namespace mimus
