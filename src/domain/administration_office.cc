// Offices of the administration: size, budget and web site follow type and jurisdiction.
#include <array>
#include <cmath>

#include "domain/making.h"
#include "domain/picking.h"
#include "domain/places.h"
#include "generator/words.h"

namespace mimus {
namespace {

// What an office is of, by words in its type.
enum class Level { City, County, State, Federal, Other };

Level level_of(std::string_view type) {
  if (type.contains("Federal")) return Level::Federal;
  if (type.contains("State")) return Level::State;
  if (type.contains("County")) return Level::County;
  if (type.contains("Municipal") || type.contains("City")) return Level::City;
  return Level::Other;
}

struct Range {
  std::int64_t least, most;
};
constexpr std::array<Range, 5> kAges{{{5, 75}, {10, 100}, {15, 150}, {20, 200}, {5, 75}}};
constexpr std::array<Range, 5> kStaff{{{10, 100}, {20, 150}, {30, 300}, {50, 500}, {5, 75}}};
struct Factors {
  double least, most;
};
constexpr std::array<Factors, 5> kCosts{{{0.8, 1.2}, {1, 1.5}, {1.2, 2}, {1.5, 3}, {0.8, 1.2}}};

std::int64_t between_of(const Cell& cell, const std::array<Range, 5>& ranges) {
  const Range range = ranges[static_cast<std::size_t>(level_of(cell.text(0)))];
  return between(cell, range.least, range.most);
}

// Needs: type, city, state.
void append_jurisdiction(const Cell& cell, std::string& out) {
  Level level = level_of(cell.text(0));
  if (level == Level::Other) {
    const std::string_view bucket = cell.pick(0);
    level = bucket == "city"     ? Level::City
            : bucket == "county" ? Level::County
            : bucket == "state"  ? Level::State
                                 : Level::Federal;
  }
  if (level == Level::City) out.append("City of ").append(cell.text(1));
  if (level == Level::County) out.append(cell.text(1)).append(" County");
  if (level == Level::State) out.append("State of ").append(cell.text(2));
  if (level == Level::Federal) out += "Federal";
}

void append_name(const Cell& cell, std::string& out) {
  out += filled(cell.pick(0), {{"{office_type}", cell.text(0)},
                               {"{city}", cell.text(1)},
                               {"{state}", cell.text(2)},
                               {"{jurisdiction}", cell.text(3)}});
}

// In thousands.
std::int64_t budget(const Cell& cell) {
  const Factors factors = kCosts[static_cast<std::size_t>(level_of(cell.text(0)))];
  Draws& draws = cell.draws;
  const double each = 80'000 + 40'000 * draws.fraction();
  const double factor = factors.least + (factors.most - factors.least) * draws.fraction();
  const double sum = static_cast<double>(cell.integer(1)) * each * factor * (0.9 + 0.2 * draws.fraction());
  return std::llround(sum / 1000) * 1000;
}

// The usual hours of all days but those of Saturday, and one day that is longer, now and then.
Value hours(const Cell& cell) {
  constexpr std::array<std::string_view, 5> kDays{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday"};
  const std::string_view usual = cell.pick(0);
  const std::size_t longer = cell.draws.chance(0.3) ? cell.draws.below(kDays.size()) : kDays.size();
  ValueMap out;
  for (std::size_t day = 0; day < kDays.size(); ++day) {
    std::string text(usual);
    if (day == longer) text = text.substr(0, text.find(" - ")) + " - 7:00 PM";
    out.emplace_back(std::string(kDays[day]), Value(std::move(text)));
  }
  out.emplace_back("Saturday", text_value(cell.draws.chance(0.2) ? "9:00 AM - 12:00 PM" : "Closed"));
  out.emplace_back("Sunday", text_value("Closed"));
  return Value::map(std::move(out));
}

// The jurisdiction in small letters, with hyphens; "office" where it has no Latin letters.
void append_domain(const Cell& cell, std::string& out) {
  std::string slug;
  for (const char c : cell.text(0)) {
    if (c == ' ' && !slug.empty() && slug.back() != '-') slug += '-';
    append_plain(slug, std::string_view(&c, 1));
  }
  while (slug.ends_with('-')) slug.pop_back();
  out.append(slug.empty() ? "office" : slug).append(".gov");
}

std::string_view mailbox_of(std::string_view type) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kMailboxes{{{"Tax", "tax"},
                                                                                     {"Motor Vehicles", "dmv"},
                                                                                     {"Social", "socialservices"},
                                                                                     {"Permits", "permits"},
                                                                                     {"Elections", "elections"},
                                                                                     {"Health", "health"},
                                                                                     {"Housing", "housing"},
                                                                                     {"Environment", "environment"},
                                                                                     {"Planning", "planning"}}};
  for (const auto& [word, mailbox] : kMailboxes) {
    if (type.contains(word)) return mailbox;
  }
  return "info";
}

// Roles and who has them. Needs: names, two to five of them.
Value leadership(const Cell& cell) {
  const Value people = cell.value(0);
  const PackTable& roles = cell.choice(0).table();
  std::vector<std::size_t> rows(roles.rows());
  for (std::size_t row = 0; row < rows.size(); ++row) rows[row] = row;
  rows = distinct_rows(cell.draws, roles, std::move(rows), people.as_list()->size());
  ValueMap out;
  for (std::size_t k = 0; k < rows.size(); ++k) {
    out.emplace_back(std::string(roles.texts("name")[rows[k]]), *find_entry((*people.as_list())[k], "full_name"));
  }
  return Value::map(std::move(out));
}

std::vector<AttributeDeclaration> office_attributes() {
  return {
      {.name = "?leaders", .summary = "", .type = Type::Int64, .make = integers([](const Cell& cell) {
                                                                 return between(cell, 2, 5);
                                                               })},
      {.name = "?people",
       .summary = "",
       .type = Type::Dynamic,
       .needs = {"?leaders"},
       .entity = "Person",
       .many = true},
      {.name = "office_id", .summary = "`ADM-` and eight hexadecimal digits", .make = hex_id("ADM-")},
      {.name = "name",
       .summary = "of its type and place",
       .make = texts(append_name),
       .needs = {"type", "address.city", "address.state", "jurisdiction"},
       .choices = {"office_pattern"}},
      {.name = "type", .summary = "`County Clerk`", .make = any_word("name"), .choices = {"office_type"}},
      {.name = "jurisdiction",
       .summary = "`City of Austin`, `State of TX`, `Federal`",
       .make = texts(append_jurisdiction),
       .needs = {"type", "address.city", "address.state"},
       .choices = {"office_jurisdiction"}},
      {.name = "founding_year",
       .summary = "5 to 200 years ago, by its type",
       .type = Type::Int64,
       .make = integers([](const Cell& cell) { return civil_from(cell.now()).year - between_of(cell, kAges); }),
       .needs = {"type"}},
      {.name = "staff_count",
       .summary = "by its type",
       .type = Type::Int64,
       .make = integers([](const Cell& cell) { return between_of(cell, kStaff); }),
       .needs = {"type"}},
      {.name = "annual_budget",
       .summary = "by staff and type, in whole thousands",
       .type = Type::Int64,
       .make = integers(budget),
       .needs = {"type", "staff_count"}},
      {.name = "hours_of_operation",
       .summary = "a map of the days of the week",
       .type = Type::Dynamic,
       .make = values(hours),
       .choices = {"office_hours"}},
      {.name = "?domain", .summary = "", .make = texts(append_domain), .needs = {"jurisdiction"}},
      website_of("?domain", "from the jurisdiction"),
      {.name = "email",
       .summary = "at its web site; the mailbox by its type",
       .make = texts([](const Cell& cell, std::string& out) {
         out.append(mailbox_of(cell.text(1))).append("@").append(cell.text(0));
       }),
       .needs = {"?domain", "type"}},
      {.name = "phone",
       .summary = "a telephone number of the city",
       .make = same_as_need(),
       .needs = {"address.phone"}},
      some_words_of("services", "office_service", 5, 10, "a list of five to ten, sorted"),
      some_words_of("departments", "office_department", 3, 7, "a list of three to seven, sorted"),
      {.name = "leadership",
       .summary = "a map of two to five roles with names",
       .type = Type::Dynamic,
       .make = values(leadership),
       .needs = {"?people"},
       .choices = {"office_role"}},
      {.name = "address", .summary = "where it is", .type = Type::Struct, .entity = "Address"},
  };
}

}  // namespace

const EntityDeclaration& administration_office_entity() {
  static const EntityDeclaration kOffice{
      .name = "AdministrationOffice",
      .summary = "an office of the administration; size, budget and web site follow type and jurisdiction",
      .parameters = {kDatasetParameter},
      .attributes = office_attributes()};
  return kOffice;
}

}  // namespace mimus
