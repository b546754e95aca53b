// Orders: the total is that of its products with tax, shipping and discount; all prices are in one currency.
#include <cmath>

#include "domain/making.h"
#include "domain/picking.h"
#include "domain/places.h"

namespace mimus {
namespace {

std::int64_t cents_of(double amount) { return std::llround(amount * 100); }

// The sum of the products' prices, in hundredths.
std::int64_t subtotal(const Cell& cell) {
  const Value products = cell.value(0);
  std::int64_t sum = 0;
  for (const Value& product : *products.as_list()) {
    sum += cents_of(*find_entry(product, "price")->as_float());
  }
  return sum;
}

// A share of the subtotal.
std::int64_t part_of(const Cell& cell, double least, double most) {
  return std::llround(static_cast<double>(cell.integer(0)) * (least + (most - least) * cell.draws.fraction()));
}

std::int64_t discount(const Cell& cell) { return cell.draws.chance(0.3) ? part_of(cell, 0.05, 0.25) : 0; }

std::int64_t shipping(const Cell& cell) {
  const PackTable& methods = cell.choice(0).table();
  const auto row = static_cast<std::size_t>(cell.integer(0));
  const double least = methods.floats("cost_min")[row];
  return cents_of(least + (methods.floats("cost_max")[row] - least) * cell.draws.fraction());
}

std::int64_t total(const Cell& cell) {
  return cell.integer(0) + cents_of(cell.number(1)) + cents_of(cell.number(2)) - cents_of(cell.number(3));
}

Value coupon(const Cell& cell) {
  if (cell.number(0) <= 0) return {};
  std::string code(cell.pick(0));
  append_code(code, cell.draws, 6);
  return Value(std::move(code));
}

Value note(const Cell& cell) { return cell.draws.chance(0.2) ? text_value(cell.pick(0)) : Value(); }

std::int64_t ordered(const Cell& cell) { return cell.now().micros - between(cell, 0, 365 * 86'400) * kMicrosPerSecond; }

// Four in five are billed where they are sent to.
void fill_billing_addresses(Making& making) {
  Column own;
  Column shipping;
  making.fill_part("?billing", own);
  making.fill_part("shipping_address", shipping);
  making.out().reset(Type::Dynamic, making.count());
  making.out().values.resize(making.count());
  for (std::size_t k = 0; k < making.count(); ++k) {
    making.out().values[k] = value_at(making.draws(k).chance(0.8) ? shipping : own, k);
  }
}

std::vector<AttributeDeclaration> order_attributes() {
  return {
      {.name = "?count", .summary = "", .type = Type::Int64, .make = integers([](const Cell& cell) {
                                                               return between(cell, 1, 10);
                                                             })},
      {.name = "?subtotal", .summary = "", .type = Type::Int64, .make = integers(subtotal), .needs = {"product_list"}},
      {.name = "?method", .summary = "", .type = Type::Int64, .make = table_row(), .choices = {"order_shipping"}},
      {.name = "?billing", .summary = "", .type = Type::Struct, .entity = "Address"},
      {.name = "order_id", .summary = "`ORD` and eight capitals and digits", .make = code_id("ORD", 8)},
      {.name = "user_id", .summary = "`USER` and eight capitals and digits", .make = code_id("USER", 8)},
      {.name = "product_list",
       .summary = "a list of one to ten products",
       .type = Type::Dynamic,
       .needs = {"?count"},
       .entity = "Product",
       .many = true},
      {.name = "total_amount",
       .summary = "the products with tax and shipping, less the discount",
       .type = Type::Float64,
       .make = decimals(2, total),
       .needs = {"?subtotal", "tax_amount", "shipping_amount", "discount_amount"}},
      {.name = "date", .summary = "date and time within the last year", .type = Type::DateTime, .make = times(ordered)},
      {.name = "status", .summary = "`DELIVERED`", .make = any_word("name"), .choices = {"order_status"}},
      {.name = "payment_method", .summary = "`CREDIT_CARD`", .make = any_word("name"), .choices = {"order_payment"}},
      {.name = "shipping_method",
       .summary = "`STANDARD`",
       .make = word_of_row("name"),
       .needs = {"?method"},
       .choices = {"order_shipping"}},
      {.name = "shipping_address", .summary = "where it is sent", .type = Type::Struct, .entity = "Address"},
      {.name = "billing_address",
       .summary = "mostly the same address, as a map",
       .type = Type::Dynamic,
       .make = fill_billing_addresses},
      {.name = "currency", .summary = "that of the products", .make = constant(main_currency)},
      {.name = "tax_amount",
       .summary = "5 to 12 % of the products' prices",
       .type = Type::Float64,
       .make = decimals(2, [](const Cell& cell) { return part_of(cell, 0.05, 0.12); }),
       .needs = {"?subtotal"}},
      {.name = "shipping_amount",
       .summary = "by the method",
       .type = Type::Float64,
       .make = decimals(2, shipping),
       .needs = {"?method"},
       .choices = {"order_shipping"}},
      {.name = "discount_amount",
       .summary = "of three in ten orders 5 to 25 %",
       .type = Type::Float64,
       .make = decimals(2, discount),
       .needs = {"?subtotal"}},
      {.name = "coupon_code",
       .summary = "where there is a discount, else null",
       .type = Type::Dynamic,
       .make = values(coupon),
       .needs = {"discount_amount"},
       .choices = {"order_coupon"}},
      {.name = "notes",
       .summary = "of one in five orders, else null",
       .type = Type::Dynamic,
       .make = values(note),
       .choices = {"order_note"}},
  };
}

}  // namespace

const EntityDeclaration& order_entity() {
  static const EntityDeclaration kOrder{.name = "Order",
                                        .summary = "an order of one to ten products; its amounts sum up",
                                        .parameters = {kDatasetParameter},
                                        .attributes = order_attributes()};
  return kOrder;
}

}  // namespace mimus
