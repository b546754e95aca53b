// People: name and title follow the gender, the e-mail address the name, the age the date of birth, the telephone the
// address.
#include "domain/person.h"

#include <cmath>

#include "domain/dates.h"
#include "domain/making.h"
#include "domain/picking.h"
#include "domain/places.h"
#include "domain/words.h"

namespace mimus {
namespace {

// The quota, cut to [0, 1].
double share_of(const Making& making, std::string_view name, double fallback) {
  const Arguments& arguments = making.arguments();
  return std::clamp(arguments.has(name) ? arguments.number(name) : fallback, 0.0, 1.0);
}

// The sex and the age of a row by the population: the number of its gender (kOther: by the quotas), and the age in
// the bits above.
std::int64_t sampled(const Cell& cell) {
  const Population* population = cell.making().environment().population.get();
  if (population == nullptr) return 0;
  const Population::Person person = population->draw(cell.draws);
  const auto [least, most] = age_range(cell.making().entity(), 18);
  const std::int64_t gender = person.sex == "F" ? kFemale : person.sex == "M" ? kMale : kOther;
  return std::clamp(person.age, least, most) << 2U | gender;
}

void fill_genders(Making& making) {
  static const auto kGenders = [] {
    auto words = std::make_shared<Column>();
    words->reset(Type::String, 3);
    std::string_view* texts = words->make_texts();
    texts[kFemale] = "female";
    texts[kMale] = "male";
    texts[kOther] = "other";
    words->clean = true;
    return std::shared_ptr<const Column>(std::move(words));
  }();
  const double female = share_of(making, "female_quota", 0.5);
  const double other = std::min(share_of(making, "other_gender_quota", 0), 1 - female);
  const auto& draws = making.first_draws();
  std::uint32_t* out = (making.out().reset(Type::String, making.count()), making.out().make_indices(kGenders));
  for (std::size_t k = 0; k < draws.size(); ++k) {
    const double u = unit(draws[k]);
    out[k] = u < female ? kFemale : u < female + other ? kOther : kMale;
  }
  if (making.environment().population == nullptr) return;
  const ColumnInts samples(making.need(0));
  for (std::size_t k = 0; k < draws.size(); ++k) {
    const auto gender = static_cast<std::uint32_t>(samples[k] & 3);
    if (gender != kOther) out[k] = gender;
  }
}

// Rows of the lists of women's and men's names, one after the other.
void fill_name_rows(Making& making) {
  const Choice& women = making.choice(0);
  const Choice& men = making.choice(1);
  const auto& genders = making.need(0).indices;
  const auto& draws = making.first_draws();
  making.out().reset(Type::Int64, making.count());
  std::int64_t* out = making.out().make_ints();
  for (std::size_t k = 0; k < draws.size(); ++k) {
    bool is_man = genders[k] == kMale;
    if (genders[k] == kOther) is_man = making.stream().draw(making.rows()[k], 1) % 2 == 1;
    out[k] = is_man ? static_cast<std::int64_t>(women.size()) + men.pick(draws[k]) : women.pick(draws[k]);
  }
}

std::function<void(Making&)> name_column(std::string_view column) {
  return [column](Making& making) {
    const ColumnInts rows(making.need(0));
    making.out().reset(Type::String, making.count());
    std::uint32_t* out = making.out().make_indices(making.all_words(column));
    for (std::size_t k = 0; k < making.count(); ++k) out[k] = static_cast<std::uint32_t>(rows[k]);
  };
}

// The row of the country in the table of populations; that of the United States where it has none.
std::size_t population_row(const PackTable& table, std::string_view code) {
  const PackTexts countries = table.texts("country");
  std::size_t found = 0;
  for (std::size_t row = 0; row < countries.size(); ++row) {
    if (countries[row] == code) return row;
    if (countries[row] == "US") found = row;
  }
  return found;
}

// The age groups of the table: columns and first years.
struct AgeGroup {
  std::string_view column;
  std::int64_t first, last;
};
constexpr AgeGroup kAgeGroups[] = {
    {"age_0", 0, 14}, {"age_15", 15, 24}, {"age_25", 25, 54}, {"age_55", 55, 64}, {"age_65", 65, 99}};
constexpr double kOldShape = 2.2;  // the old become fewer with the years

// An age between both bounds by the population of the country.
std::int64_t age_of_population(const Making& making, const PackTable& table, Draws& draws, std::int64_t least,
                               std::int64_t most) {
  const std::size_t row = population_row(table, making.entity().dataset().code());
  double weights[std::size(kAgeGroups)] = {};
  double sum = 0;
  for (std::size_t group = 0; group < std::size(kAgeGroups); ++group) {
    const AgeGroup& one = kAgeGroups[group];
    const std::int64_t years = std::min(one.last, most) - std::max(one.first, least) + 1;
    if (years <= 0) continue;
    weights[group] =
        table.floats(one.column)[row] * static_cast<double>(years) / static_cast<double>(one.last - one.first + 1);
    sum += weights[group];
  }
  if (sum <= 0) return least;
  const AgeGroup& group = kAgeGroups[weighted(draws, weights)];
  const std::int64_t first = std::max(group.first, least);
  const auto years = static_cast<double>(std::min(group.last, most) - first + 1);
  const double u = draws.fraction();
  return first + static_cast<std::int64_t>((group.first >= 65 ? 1 - std::pow(1 - u, 1 / kOldShape) : u) * years);
}

void fill_births_of_population(Making& making, std::int64_t least, std::int64_t most) {
  const PackTable& table = making.choice(0).table();
  making.out().reset(Type::DateTime, making.count());
  std::int64_t* out = making.out().make_ints();
  for (std::size_t k = 0; k < making.count(); ++k) {
    Draws draws = making.draws(k);
    const std::int64_t age = age_of_population(making, table, draws, least, most);
    const BirthRange own = births_between(making.environment().now, age, age);
    out[k] = own.first + static_cast<std::int64_t>(draws.below(own.seconds)) * kMicrosPerSecond;
  }
}

// By age and the country's shares: hardly anyone under 20 is married, most of the widowed are old.
void append_family_state(const Cell& cell, std::string& out) {
  const PackTable& table = cell.choice(0).table();
  const std::size_t row = population_row(table, cell.making().entity().dataset().code());
  const auto age = static_cast<double>(cell.integer(0));
  const double grown = std::clamp((age - 18) / 22, 0.0, 1.0);
  const double old = std::clamp((age - 45) / 45, 0.0, 1.0);
  const double married = table.floats("married")[row] * 1.25 * grown * (1 - 0.5 * old);
  const double divorced = table.floats("divorced")[row] * 1.3 * std::clamp((age - 25) / 20, 0.0, 1.0);
  const double widowed = table.floats("widowed")[row] * 4.5 * old * old;
  const double single = std::max(100 - married - divorced - widowed, age < 18 ? 100.0 : 3.0);
  constexpr std::string_view kStates[] = {"single", "married", "divorced", "widowed"};
  out += kStates[weighted(cell.draws, {single, married, divorced, widowed})];
}

void fill_birthdates(Making& making) {
  const Arguments& arguments = making.arguments();
  const bool by_population = arguments.has("by_population") && arguments.boolean("by_population");
  const auto [least, most] = age_range(making.entity(), 18);
  if (by_population && making.environment().population == nullptr)
    return fill_births_of_population(making, least, most);
  const BirthRange range = births_between(making.environment().now, least, most);
  const auto& draws = making.first_draws();
  making.out().reset(Type::DateTime, making.count());
  std::int64_t* out = making.out().make_ints();
  if (making.environment().population != nullptr) {
    const ColumnInts samples(making.need(0));
    for (std::size_t k = 0; k < draws.size(); ++k) {
      const BirthRange own = births_between(making.environment().now, samples[k] >> 2U, samples[k] >> 2U);
      out[k] = own.first + static_cast<std::int64_t>(bounded(draws[k], own.seconds)) * kMicrosPerSecond;
    }
    return;
  }
  for (std::size_t k = 0; k < draws.size(); ++k) {
    out[k] = range.first + static_cast<std::int64_t>(bounded(draws[k], range.seconds)) * kMicrosPerSecond;
  }
}

void append_academic_title(const Cell& cell, std::string& out) {
  const Arguments& arguments = cell.making().arguments();
  const double quota = arguments.has("academic_title_quota") ? arguments.number("academic_title_quota") : 0.5;
  if (cell.draws.chance(quota >= 0 && quota <= 1 ? quota : 0.5)) out += cell.pick(0);
}

void append_nobility_title(const Cell& cell, std::string& out) {
  if (!cell.draws.chance(share_of(cell.making(), "noble_quota", 0.001))) return;
  const std::string_view gender = cell.text(0);
  const bool is_man = gender == "male" || (gender == "other" && cell.draws.below(2) == 1);
  out += cell.pick(is_man ? 1 : 0);
}

void append_salutation(const Cell& cell, std::string& out) {
  const PackTable table = cell.choice(0).table();
  const std::string_view gender = cell.text(0);
  if (gender != "other" && table.texts(gender).size() > 0) out += table.texts(gender)[0];
}

AttributeDeclaration name_rows(std::string_view name, std::string_view women, std::string_view men) {
  return {.name = name,
          .summary = "",
          .type = Type::Int64,
          .make = fill_name_rows,
          .needs = {"gender"},
          .choices = {women, men}};
}

AttributeDeclaration name_of(std::string_view name, std::string_view rows, std::string_view column,
                             std::vector<std::string_view> lists, std::string_view summary) {
  return {.name = name, .summary = summary, .make = name_column(column), .needs = {rows}, .choices = std::move(lists)};
}

void append_full_name(const Cell& cell, std::string& out) { out.append(cell.text(0)).append(" ").append(cell.text(1)); }

Value demographic_sample(const Cell& cell) {
  const Population* population = cell.making().environment().population.get();
  if (population == nullptr) return {};
  return Value::map({{"age", Value(cell.integer(0))},
                     {"sex", Value(std::string(sex_letter(cell.text(1))))},
                     {"conditions", sampled_conditions(cell, cell.integer(0), cell.text(1))}});
}

std::vector<AttributeDeclaration> make_attributes() {
  const std::vector<std::string_view> kGiven = {"given_female", "given_male"};
  const std::vector<std::string_view> kFamily = {"family_female", "family_male"};
  return {
      {.name = "?sample", .summary = "", .type = Type::Int64, .make = integers(sampled)},
      name_rows("?given", "given_female", "given_male"),
      name_rows("?family", "family_female", "family_male"),
      {.name = "birthdate",
       .summary = "date and time of birth, to a second",
       .type = Type::DateTime,
       .make = fill_birthdates,
       .needs = {"?sample"},
       .choices = {"population"}},  // where there are demographics
      name_of("given_name", "?given", "name", kGiven, "a given name of the gender, the frequent ones more often"),
      name_of("family_name", "?family", "name", kFamily,
              "a family name, in the form of the gender where there are two"),
      name_of("?given_latin", "?given", "latin", kGiven, ""),
      name_of("?family_latin", "?family", "latin", kFamily, ""),
      {.name = "full_name",
       .summary = "given and family name",
       .make = texts(append_full_name),
       .needs = {"given_name", "family_name"}},
      {.name = "gender",
       .summary = "`female`, `male` or `other`",
       .make = fill_genders,
       .needs = {"?sample"}},  // where there are demographics
      {.name = "name", .summary = "the same", .make = same_as_need(), .needs = {"full_name"}},
      {.name = "age", .summary = "completed years", .type = Type::Int64, .make = fill_ages, .needs = {"birthdate"}},
      {.name = "email",
       .summary = "an address from the name",
       .make = email_address(),
       .needs = {"?given_latin", "?family_latin"},
       .choices = {"webmail", "top_level", "company_start", "company_end"}},
      {.name = "phone",
       .summary = "a telephone number of the address' city",
       .make = same_as_need(),
       .needs = {"address.private_phone"}},
      {.name = "mobile_phone",
       .summary = "a number of a mobile telephone",
       .make = mobile_number(),
       .choices = {"mobile"}},
      {.name = "academic_title",
       .summary = "a title, or an empty text",
       .make = texts(append_academic_title),
       .choices = {"academic_title"}},
      {.name = "salutation",
       .summary = "`Mr.`, `Frau`; empty for `other`",
       .make = texts(append_salutation),
       .needs = {"gender"},
       .choices = {"salutation"}},
      {.name = "nobility_title",
       .summary = "a title, or an empty text",
       .make = texts(append_nobility_title),
       .needs = {"gender"},
       .choices = {"nobility_female", "nobility_male"}},
      {.name = "family_state",
       .summary = "`single`, `married`, `divorced` or `widowed`, by age and country",
       .make = texts(append_family_state, true),
       .needs = {"age"},
       .choices = {"population"},
       .listed = false},
      {.name = "demographic_sample",
       .summary = "a map of age, sex and conditions by the demographics, else null",
       .type = Type::Dynamic,
       .make = values(demographic_sample),
       .needs = {"age", "gender"},
       .listed = false},
      {.name = "transaction_profile", .summary = "null", .type = Type::Null, .make = no_value()},
      {.name = "address",
       .summary = "where the person lives",
       .type = Type::Struct,
       .entity = "Address",
       .listed = false},
  };
}

}  // namespace

std::string_view sex_letter(std::string_view gender) { return gender == "female" ? "F" : gender == "male" ? "M" : ""; }

Value sampled_conditions(const Cell& cell, std::int64_t age, std::string_view gender) {
  ValueList out;
  const Population& population = *cell.making().environment().population;
  for (const std::string_view condition : population.draw_conditions(cell.draws, sex_letter(gender), age)) {
    out.emplace_back(std::string(condition));
  }
  return Value::list(std::move(out));
}

Status check_ages(const Arguments& arguments, const EntityEnvironment& environment) {
  const std::int64_t least = environment.age_min.value_or(arguments.has("min_age") ? arguments.integer("min_age") : 0);
  const std::int64_t most = environment.age_max.value_or(arguments.has("max_age") ? arguments.integer("max_age") : 150);
  if (least < 0 || most > 150 || least > most) {
    return fail("entity.age", "invalid ages " + std::to_string(least) + " to " + std::to_string(most),
                "from 0 to 150, the least one first");
  }
  return {};
}

const EntityDeclaration& person_entity() {
  static const EntityDeclaration kPerson{
      .name = "Person",
      .summary = "a person; name and title follow the gender, the e-mail address the name, the telephone the address",
      .parameters = {kDatasetParameter,
                     {"min_age", ParameterType::Int, "18", "0 to 150", "least age", true},
                     {"max_age", ParameterType::Int, "65", "0 to 150", "greatest age", true},
                     {"female_quota", ParameterType::Float, "0.5", "0 to 1", "share of women", true},
                     {"other_gender_quota", ParameterType::Float, "0", "0 to 1", "share of other genders", true},
                     {"by_population", ParameterType::Bool, "False", "",
                      "ages as frequent as in the country, within min_age and max_age", true},
                     {"noble_quota", ParameterType::Float, "0.001", "0 to 1", "share with a title of nobility", true},
                     {"academic_title_quota", ParameterType::Float, "0.5", "0 to 1; anything else is 0.5",
                      "share with an academic title", true}},
      .attributes = make_attributes(),
      .check = check_ages};
  return kPerson;
}

}  // namespace mimus
