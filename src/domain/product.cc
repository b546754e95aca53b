// Products: brand, name, price, size and tags are of the category.
#include <algorithm>
#include <cmath>

#include "domain/making.h"
#include "domain/picking.h"
#include "domain/places.h"

namespace mimus {
namespace {

constexpr double kLeastPrice = 0.99;
constexpr double kGreatestPrice = 999.99;

std::size_t row_of(const Cell& cell) { return static_cast<std::size_t>(cell.integer(0)); }

// The category as words: "HOME_GOODS" as "home goods".
std::string words_of_code(std::string_view code) {
  std::string out = small_letters(code);
  std::ranges::replace(out, '_', ' ');
  return out;
}

std::function<void(Making&)> word_of_category() {
  return texts([](const Cell& cell, std::string& out) { out += pick_of_group(cell, 0, "category", cell.text(0)); });
}

void append_product_name(const Cell& cell, std::string& out) {
  const std::string_view noun = cell.text(0);
  const std::string_view brand = cell.text(1);
  const std::string_view adjective = cell.pick(0);
  switch (cell.draws.below(4)) {
    case 0:
      out.append(brand).append(" ").append(adjective).append(" ").append(noun);
      break;
    case 1:
      out.append(adjective).append(" ").append(noun).append(" by ").append(brand);
      break;
    case 2:
      out.append(brand).append(" ").append(noun);
      break;
    default:
      out.append(adjective).append(" ").append(brand).append(" ").append(noun);
  }
}

void append_description(const Cell& cell, std::string& out) {
  const PackTable& features = cell.choice(1).table();
  const auto rows = distinct_rows(cell.draws, features, rows_of_group(features, "category", cell.text(1)),
                                  static_cast<std::size_t>(between(cell, 2, 3)));
  std::string list;
  for (const std::size_t row : rows) list.append(list.empty() ? "" : ", ").append(features.texts("name")[row]);
  out += filled(cell.choice(0).table().texts("name")[0], {{"{name}", cell.text(0)},
                                                          {"{features}", list},
                                                          {"{category}", words_of_code(cell.text(1))},
                                                          {"{benefit}", cell.pick(2)}});
}

// Prices as they are made: any amount, or one that ends in .99, .95 or .00; in hundredths.
std::int64_t price(const Cell& cell) {
  const Arguments& arguments = cell.making().arguments();
  const double least = arguments.has("min_price") ? arguments.number("min_price") : kLeastPrice;
  const double most = arguments.has("max_price") ? arguments.number("max_price") : kGreatestPrice;
  const PackTable& table = cell.choice(0).table();
  // What is usual for the category, within the bounds.
  double first = std::clamp(table.floats("price_min")[row_of(cell)], least, most);
  double last = std::clamp(table.floats("price_max")[row_of(cell)], least, most);
  if (first == last) {
    first = least;
    last = most;
  }
  const double u = cell.draws.fraction();
  const double plain = first + (last - first) * u * u;
  constexpr std::int64_t kEndings[] = {99, 95, 0};
  const std::size_t kind = weighted(cell.draws, {0.5, 0.2, 0.1, 0.2});
  std::int64_t cents = std::llround(plain * 100);
  if (kind < std::size(kEndings)) cents = cents / 100 * 100 + kEndings[kind];
  return std::clamp<std::int64_t>(cents, std::llround(std::ceil(least * 100 - 1e-6)),
                                  std::llround(std::floor(most * 100 + 1e-6)));
}

void append_sku(const Cell& cell, std::string& out) {
  for (const std::size_t need : {0U, 1U}) {
    for (const char c : cell.text(need).substr(0, 3))
      out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    out += '-';
  }
  append_digits(out, cell.draws, 6);
}

std::int64_t weight(const Cell& cell) {
  const PackTable& table = cell.choice(0).table();
  const double least = table.floats("weight_min")[row_of(cell)];
  const double most = table.floats("weight_max")[row_of(cell)];
  return std::llround((least + (most - least) * cell.draws.fraction()) * 100);
}

void append_dimensions(const Cell& cell, std::string& out) {
  const PackTable& table = cell.choice(0).table();
  constexpr std::pair<std::string_view, std::string_view> kSides[] = {
      {"length_min", "length_max"}, {"width_min", "width_max"}, {"height_min", "height_max"}};
  for (const auto& [least, most] : kSides) {
    const double side =
        decimal_between(cell.draws, table.floats(least)[row_of(cell)], table.floats(most)[row_of(cell)], 1);
    const std::int64_t tenths = std::llround(side * 10);
    out.append(least == "length_min" ? "" : " x ").append(std::to_string(tenths / 10)).append(".");
    out += static_cast<char>('0' + tenths % 10);
  }
  out += " cm";
}

// In tenths: whole stars, half of them half a star less.
std::int64_t rating(const Cell& cell) {
  const PackTable& table = cell.choice(0).table();
  const std::int64_t stars = table.ints("name")[cell.choice(0).pick(cell.draws.next())];
  return std::max<std::int64_t>(stars * 10 - (cell.draws.below(2) == 0 ? 5 : 0), 10);
}

Value tags(const Cell& cell) {
  ValueList out;
  const auto add = [&](std::string tag) {
    const bool is_new = std::ranges::none_of(out, [&](const Value& one) { return *one.as_text() == tag; });
    if (is_new) out.emplace_back(std::move(tag));
  };
  add(words_of_code(cell.text(0)));
  add(small_letters(cell.text(1)));
  if (cell.text(2) != "NEW") add(words_of_code(cell.text(2)));
  const PackTable& table = cell.choice(0).table();
  const auto rows = distinct_rows(cell.draws, table, rows_of_group(table, "category", cell.text(0)),
                                  static_cast<std::size_t>(between(cell, 2, 4)));
  for (const std::size_t row : rows) add(std::string(table.texts("name")[row]));
  if (cell.draws.chance(0.2)) add(std::string(cell.pick(1)));
  return Value::list(std::move(out));
}

Status check_prices(const Arguments& arguments, const EntityEnvironment& /*environment*/) {
  const double least = arguments.has("min_price") ? arguments.number("min_price") : kLeastPrice;
  const double most = arguments.has("max_price") ? arguments.number("max_price") : kGreatestPrice;
  if (least >= 0 && least <= most && most <= 1e9) return {};
  return fail("entity.argument", "invalid prices: min_price is above max_price, below 0 or above 1,000,000,000",
              "as in Product(min_price=5, max_price=50)");
}

AttributeDeclaration of_category_row(std::string_view name, std::function<void(Making&)> make, Type type,
                                     std::string_view summary) {
  return {.name = name,
          .summary = summary,
          .type = type,
          .make = std::move(make),
          .needs = {"?category"},
          .choices = {"product_category"}};
}

std::vector<AttributeDeclaration> product_attributes() {
  return {
      {.name = "dataset", .summary = "the country of the data", .make = constant(country_code), .listed = false},
      {.name = "?category", .summary = "", .type = Type::Int64, .make = table_row(), .choices = {"product_category"}},
      {.name = "?noun", .summary = "", .make = word_of_category(), .needs = {"category"}, .choices = {"product_noun"}},
      {.name = "product_id", .summary = "`PROD` and eight capitals and digits", .make = code_id("PROD", 8)},
      {.name = "name",
       .summary = "`Voltix Compact Headphones`",
       .make = texts(append_product_name),
       .needs = {"?noun", "brand"},
       .choices = {"product_adjective"}},
      {.name = "description",
       .summary = "name, features and a benefit",
       .make = texts(append_description),
       .needs = {"name", "category"},
       .choices = {"product_description", "product_feature", "product_benefit"}},
      of_category_row("price", decimals(2, price), Type::Float64,
                      "usual for the category, within min_price and max_price"),
      of_category_row("category", word_of_row("name"), Type::String, "`ELECTRONICS`, `HOME_GOODS`"),
      {.name = "brand",
       .summary = "an invented brand of the category",
       .make = word_of_category(),
       .needs = {"category"},
       .choices = {"product_brand"}},
      {.name = "sku",
       .summary = "`VOL-ELE-123456`: brand, category, six digits",
       .make = texts(append_sku),
       .needs = {"brand", "category"}},
      word_of("condition", "product_condition", "`NEW`, `REFURBISHED`"),
      word_of("availability", "product_availability", "`IN_STOCK`"),
      {.name = "currency", .summary = "the country's (ISO 4217)", .make = constant(main_currency)},
      of_category_row("weight", decimals(2, weight), Type::Float64, "in kilograms, usual for the category"),
      of_category_row("dimensions", texts(append_dimensions, true), Type::String, "`12.5 x 8.0 x 3.1 cm`"),
      word_of("color", "product_color", "`BLACK`"),
      {.name = "rating",
       .summary = "1 to 5 in steps of a half",
       .type = Type::Float64,
       .make = decimals(1, rating),
       .choices = {"product_rating"}},
      {.name = "tags",
       .summary = "a list: category, brand and more",
       .type = Type::Dynamic,
       .make = values(tags),
       .needs = {"category", "brand", "condition"},
       .choices = {"product_tag", "product_trend"}},
  };
}

}  // namespace

const EntityDeclaration& product_entity() {
  static const EntityDeclaration kProduct{
      .name = "Product",
      .summary = "a product of a shop; brand, name, price, size and tags are of its category",
      .parameters = {kDatasetParameter,
                     {"min_price", ParameterType::Float, "0.99", "0 or more", "least price", true},
                     {"max_price", ParameterType::Float, "999.99", "min_price or more", "greatest price", true}},
      .attributes = product_attributes(),
      .check = check_prices};
  return kProduct;
}

}  // namespace mimus
