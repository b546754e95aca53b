// Households: people who share an address and, mostly, a family name; children are younger than their parents.
#include <algorithm>

#include "domain/dates.h"
#include "domain/making.h"
#include "domain/picking.h"
#include "domain/places.h"

namespace mimus {
namespace {

// What a household is; the words of `type` have this order.
constexpr std::int64_t kCouple = 1, kFamily = 2, kSingleParent = 3;
constexpr std::string_view kKinds[] = {"single", "couple", "family", "single_parent"};

bool has_children(std::int64_t kind) { return kind == kFamily || kind == kSingleParent; }
bool has_both(std::int64_t kind) { return kind == kCouple || kind == kFamily; }

std::int64_t kind(const Cell& cell) { return static_cast<std::int64_t>(weighted(cell.draws, {0.36, 0.29, 0.25, 0.1})); }

std::int64_t child_count(const Cell& cell) {
  if (!has_children(cell.integer(0))) return 0;
  return 1 + static_cast<std::int64_t>(weighted(cell.draws, {0.48, 0.37, 0.11, 0.03, 0.01}));
}

std::int64_t first_age(const Cell& cell) {
  return has_children(cell.integer(0)) ? between(cell, 24, 50) : between(cell, 20, 85);
}

// The form of a man's family name that women have: the same where it is in their list, else the one there that begins
// like it.
std::string_view womens_form(std::string_view name, const PackTable& women) {
  const PackTexts names = women.texts("name");
  std::string_view best = name;
  std::size_t longest = name.size() * 6 / 10;
  for (std::size_t row = 0; row < names.size(); ++row) {
    if (names[row] == name) return name;
    const auto [end, other] = std::ranges::mismatch(name, names[row]);
    const auto common = static_cast<std::size_t>(end - name.begin());
    if (common <= longest) continue;
    longest = common;
    best = names[row];
  }
  return best;
}

// The name of the men and that of the women, '\n' between them.
void append_names(const Cell& cell, std::string& out) {
  const std::string_view man = cell.choice(1).draw(cell.draws.next());
  out.append(man).append("\n").append(womens_form(man, cell.choice(0).table()));
}

std::string_view family_name(std::string_view names, bool is_woman) {
  const std::size_t end = names.find('\n');
  return is_woman ? names.substr(end + 1) : names.substr(0, end);
}

Value member(const Cell& cell, std::string_view role, std::string_view given, std::string_view family,
             std::string_view gender, std::int64_t age) {
  const BirthRange births = births_between(cell.now(), age, age);
  const std::int64_t birth =
      births.first + static_cast<std::int64_t>(cell.draws.below(births.seconds)) * kMicrosPerSecond;
  return Value::map({{"role", text_value(role)},
                     {"given_name", text_value(given)},
                     {"family_name", text_value(family)},
                     {"full_name", Value(std::string(given) + " " + std::string(family))},
                     {"gender", text_value(gender)},
                     {"birthdate", Value(Timestamp{birth})},
                     {"age", Value(age)}});
}

// Needs: kind, names, age of the first one, given names of woman and man, children.
Value members(const Cell& cell) {
  const std::int64_t kind = cell.integer(0);
  const std::string_view names = cell.text(1);
  const std::int64_t age = cell.integer(2);
  const bool woman_first = cell.draws.below(2) == 0;
  ValueList out;
  const auto add_adult = [&](std::string_view role, bool is_woman, std::int64_t years) {
    out.push_back(member(cell, role, cell.text(is_woman ? 3 : 4), family_name(names, is_woman),
                         is_woman ? "female" : "male", years));
  };
  std::int64_t youngest = age;
  add_adult(has_children(kind) ? "parent" : "head", woman_first, age);
  if (has_both(kind)) {
    const std::int64_t other = std::clamp<std::int64_t>(age + between(cell, -6, 6), 20, 90);
    youngest = std::min(youngest, other);
    add_adult(has_children(kind) ? "parent" : "partner", !woman_first, other);
  }
  std::int64_t limit = std::clamp<std::int64_t>(youngest - 19, 0, 17);
  const Value children = cell.value(5);
  for (const Value& child : *children.as_list()) {
    const std::int64_t years = between(cell, limit / 2, limit);
    limit = std::max<std::int64_t>(years - 1, 0);
    const std::string_view gender = *find_entry(child, "gender")->as_text();
    out.push_back(member(cell, "child", *find_entry(child, "given_name")->as_text(),
                         family_name(names, gender == "female"), gender, years));
  }
  return Value::list(std::move(out));
}

// By the adults, in hundreds; hundredths.
std::int64_t income(const Cell& cell) {
  const std::int64_t earners = has_both(cell.integer(0)) ? 2 : 1;
  std::int64_t sum = 0;
  for (std::int64_t k = 0; k < earners; ++k) sum += between(cell, 12, 45) + (cell.draws.chance(0.2) ? 20 : 0);
  return sum * 10'000;
}

std::vector<AttributeDeclaration> household_attributes() {
  return {
      {.name = "?kind", .summary = "", .type = Type::Int64, .make = integers(kind)},
      {.name = "?child_count", .summary = "", .type = Type::Int64, .make = integers(child_count), .needs = {"?kind"}},
      {.name = "?age", .summary = "", .type = Type::Int64, .make = integers(first_age), .needs = {"?kind"}},
      {.name = "?names", .summary = "", .make = texts(append_names), .choices = {"family_female", "family_male"}},
      {.name = "?woman", .summary = "", .type = Type::Struct, .entity = "Person(female_quota=1)"},
      {.name = "?man", .summary = "", .type = Type::Struct, .entity = "Person(female_quota=0)"},
      {.name = "?children",
       .summary = "",
       .type = Type::Dynamic,
       .needs = {"?child_count"},
       .entity = "Person",
       .many = true},
      {.name = "household_id", .summary = "`HH-` and eight hexadecimal digits", .make = hex_id("HH-")},
      {.name = "type",
       .summary = "`single`, `couple`, `family` or `single_parent`",
       .make = texts([](const Cell& cell, std::string& out) { out += kKinds[cell.integer(0)]; }, true),
       .needs = {"?kind"}},
      {.name = "size",
       .summary = "how many people it has",
       .type = Type::Int64,
       .make = integers([](const Cell& cell) { return (has_both(cell.integer(0)) ? 2 : 1) + cell.integer(1); }),
       .needs = {"?kind", "?child_count"}},
      {.name = "family_name",
       .summary = "that of its men; women have their form of it",
       .make = texts([](const Cell& cell, std::string& out) { out += family_name(cell.text(0), false); }),
       .needs = {"?names"}},
      {.name = "members",
       .summary = "a list of maps: role, given_name, family_name, full_name, gender, birthdate, age",
       .type = Type::Dynamic,
       .make = values(members),
       .needs = {"?kind", "?names", "?age", "?woman.given_name", "?man.given_name", "?children"}},
      {.name = "monthly_income",
       .summary = "of all together",
       .type = Type::Float64,
       .make = decimals(2, income),
       .needs = {"?kind"}},
      {.name = "currency", .summary = "the country's (ISO 4217)", .make = constant(main_currency)},
      {.name = "phone",
       .summary = "a telephone number of the city",
       .make = same_as_need(),
       .needs = {"address.private_phone"}},
      {.name = "address", .summary = "where it is", .type = Type::Struct, .entity = "Address"},
  };
}

}  // namespace

const EntityDeclaration& household_entity() {
  static const EntityDeclaration kHousehold{
      .name = "Household",
      .summary = "people who share an address and a family name; children are younger than their parents",
      .parameters = {kDatasetParameter},
      .attributes = household_attributes()};
  return kHousehold;
}

}  // namespace mimus
