// Households, employees, statements, claims and histories are right in themselves.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <set>

#include "domain/population.h"
#include "domain/sample.h"

namespace mimus {
namespace {

std::int64_t day_at(const Column& column, std::size_t row) { return value_at(column, row).as_date()->days; }

TEST(Household, HasChildrenThatAreYoungerThanTheirParents) {
  std::map<std::string, std::size_t> kinds;
  for (const std::string& dataset : datasets()) {
    Sample households("Household", dataset);
    for (std::size_t k = 0; k < households.rows(); ++k) {
      const std::string type = households.text("type", k);
      ++kinds[type];
      const ValueList& members = list_at(households.column("members"), k);
      EXPECT_EQ(static_cast<std::int64_t>(members.size()), households.column("size").ints[k]);
      std::int64_t youngest_parent = 200;
      std::size_t adults = 0;
      std::set<std::string> sexes;
      for (const Value& member : members) {
        const std::int64_t age = *entry(member, "age").as_int();
        if (*entry(member, "gender").as_text() == "male") {
          EXPECT_EQ(*entry(member, "family_name").as_text(), households.text("family_name", k));
        }
        if (*entry(member, "role").as_text() == "child") {
          EXPECT_LE(age, 17);
          EXPECT_LE(age, youngest_parent - 18) << dataset;
        } else {
          EXPECT_GE(age, 20);
          youngest_parent = std::min(youngest_parent, age);
          sexes.insert(*entry(member, "gender").as_text());
          ++adults;
        }
      }
      EXPECT_EQ(adults, type == "couple" || type == "family" ? 2U : 1U);
      EXPECT_EQ(sexes.size(), adults);
      EXPECT_EQ(members.size() > adults, type == "family" || type == "single_parent");
    }
  }
  EXPECT_EQ(kinds.size(), 4U);
}

TEST(Household, HasTheFormOfTheNameThatWomenHave) {
  Sample households("Household", "CZ", 500);
  std::size_t couples = 0;
  for (std::size_t k = 0; k < households.rows(); ++k) {
    if (households.text("type", k) != "couple") continue;
    for (const Value& member : list_at(households.column("members"), k)) {
      if (*entry(member, "gender").as_text() != "female") continue;
      const std::string name = *entry(member, "family_name").as_text();
      couples += name.ends_with("á") && name.substr(0, 3) == households.text("family_name", k).substr(0, 3) ? 1 : 0;
    }
  }
  EXPECT_GT(couples, 100U);
}

TEST(Employee, HasAnAddressAtTheCompany) {
  for (const std::string& dataset : datasets()) {
    Sample employees("Employee", dataset);
    EntityBatch& company = employees.batch().part(*employees.batch().entity().find("company"));
    for (std::size_t k = 0; k < employees.rows(); ++k) {
      const ColumnTexts urls(company.column(*company.entity().find("url")));
      const std::string url(urls[k]);
      const std::string mail = employees.text("email", k);
      EXPECT_EQ(mail.substr(mail.find('@') + 1), url.substr(url.find("//") + 2)) << dataset;
      EXPECT_THAT(mail, testing::MatchesRegex("[a-z0-9]+([.][a-z0-9]+)?@[a-z0-9]+[.][a-z.]+")) << dataset;
      const std::int64_t days = kNow / kMicrosPerDay - day_at(employees.column("hire_date"), k);
      EXPECT_GE(days, 0);
      EXPECT_LE(days, (employees.column("age").ints[k] - 18) * 366);
      EXPECT_GT(number_at(employees.column("salary"), k), 5000);
    }
  }
}

TEST(BankStatement, AddsUp) {
  for (const std::string dataset : {"US", "DE", "JP"}) {
    Sample statements("BankStatement", dataset);
    for (std::size_t k = 0; k < statements.rows(); ++k) {
      double balance = number_at(statements.column("opening_balance"), k);
      std::int64_t before = day_at(statements.column("period_start"), k);
      for (const Value& line : list_at(statements.column("transactions"), k)) {
        balance += *entry(line, "amount").as_float();
        EXPECT_NEAR(*entry(line, "balance").as_float(), balance, 0.001);
        EXPECT_GE(entry(line, "date").as_date()->days, before);
        before = entry(line, "date").as_date()->days;
      }
      EXPECT_LE(before, day_at(statements.column("period_end"), k));
      EXPECT_NEAR(number_at(statements.column("closing_balance"), k), balance, 0.001);
    }
  }
}

TEST(InsuranceClaim, FollowsItsPolicy) {
  for (const std::string& dataset : datasets()) {
    Sample claims("InsuranceClaim", dataset);
    EntityBatch& policy = claims.batch().part(*claims.batch().entity().find("policy"));
    for (std::size_t k = 0; k < claims.rows(); ++k) {
      const auto day_of = [&](std::string_view name) { return day_at(policy.column(*policy.entity().find(name)), k); };
      const std::int64_t incident = day_at(claims.column("incident_date"), k);
      const std::int64_t reported = day_at(claims.column("reported_date"), k);
      EXPECT_LE(day_of("start_date"), incident);
      EXPECT_LE(incident, day_of("end_date"));
      EXPECT_LE(incident, reported);
      EXPECT_LE(reported, kNow / kMicrosPerDay);
      const double claimed = number_at(claims.column("claim_amount"), k);
      const double paid = number_at(claims.column("paid_amount"), k);
      const Value coverage = value_at(claims.column("coverage"), k);
      const std::string most = *entry(coverage, "max_coverage").as_text();
      if (most != "unlimited") {
        EXPECT_LE(claimed, std::stod(most));
      }
      EXPECT_LE(paid, claimed);
      if (claims.text("status", k) == "OPEN" || claims.text("status", k) == "REJECTED") {
        EXPECT_EQ(paid, 0);
      }
      const Value held = value_at(policy.column(*policy.entity().find("coverages")), k);
      EXPECT_TRUE(
          std::ranges::any_of(*held.as_list(), [&](const Value& one) { return text_of(one) == text_of(coverage); }));
    }
  }
}

TEST(InsurancePolicy, RefusesAStatusThatIsNone) {
  EXPECT_EQ(entity_of("InsurancePolicy(status='lapsed')").error().code, "entity.argument");
}

TEST(PatientHistory, HasVisitsInOrder) {
  for (const std::string dataset : {"US", "DE", "VN"}) {
    Sample histories("PatientHistory", dataset);
    for (std::size_t k = 0; k < histories.rows(); ++k) {
      const ValueList& visits = list_at(histories.column("visits"), k);
      EXPECT_EQ(static_cast<std::int64_t>(visits.size()), histories.column("visit_count").ints[k]);
      std::int64_t before = kNow / kMicrosPerDay - 3 * 365;
      for (const Value& visit : visits) {
        const std::int64_t day = entry(visit, "date").as_date()->days;
        EXPECT_GE(day, before);
        EXPECT_LE(day, kNow / kMicrosPerDay);
        before = day;
        EXPECT_THAT(*entry(visit, "diagnosis_code").as_text(), testing::MatchesRegex("[A-Z][0-9][0-9]"));
      }
    }
  }
}

// Dates of almanacs.
TEST(Holiday, IsOnItsDay) {
  const auto date_of = [](const std::string& dataset, std::string_view name, int year) {
    Sample days("Holiday(year=" + std::to_string(year) + ")", dataset, 400);
    for (std::size_t k = 0; k < days.rows(); ++k) {
      if (days.text("name", k) == name) return text_of(days.column("date").values[k]) + " " + days.text("weekday", k);
    }
    return std::string("none");
  };
  EXPECT_EQ(date_of("DE", "Easter Monday", 2024), "2024-04-01 Monday");
  EXPECT_EQ(date_of("DE", "Easter Monday", 2026), "2026-04-06 Monday");
  EXPECT_EQ(date_of("DE", "Ascension Day", 2025), "2025-05-29 Thursday");
  EXPECT_EQ(date_of("DE", "Good Friday", 2038), "2038-04-23 Friday");
  EXPECT_EQ(date_of("GR", "Orthodox Easter Monday", 2024), "2024-05-06 Monday");
  EXPECT_EQ(date_of("GR", "Orthodox Easter Monday", 2025), "2025-04-21 Monday");
  EXPECT_EQ(date_of("RO", "Orthodox Good Friday", 2026), "2026-04-10 Friday");
  EXPECT_EQ(date_of("US", "Thanksgiving Day", 2024), "2024-11-28 Thursday");
  EXPECT_EQ(date_of("US", "Memorial Day", 2025), "2025-05-26 Monday");
  EXPECT_EQ(date_of("US", "Labor Day", 2026), "2026-09-07 Monday");
  EXPECT_EQ(date_of("BR", "Corpus Christi", 2025), "2025-06-19 Thursday");
  EXPECT_EQ(entity_of("Holiday(year=1800)").error().code, "entity.argument");
}

TEST(Holiday, IsKnownForEveryCountry) {
  for (const std::string& dataset : datasets()) {
    EXPECT_TRUE(Pack::built_in().has("holiday/" + dataset)) << dataset;
    Sample days("Holiday", dataset, 100);
    for (std::size_t k = 0; k < days.rows(); ++k) {
      EXPECT_THAT(text_of(days.column("date").values[k]), testing::StartsWith("2026-")) << dataset;
    }
  }
}

TEST(Person, HasAgesByThePopulationOfTheCountry) {
  const PackTable table = Pack::built_in().table("population");
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const std::string dataset(table.texts("country")[row]);
    constexpr std::size_t kRows = 4000;
    Sample people("Person(by_population=True, min_age=0, max_age=99)", dataset, kRows);
    double young = 0, old = 0;
    for (std::size_t k = 0; k < kRows; ++k) {
      const std::int64_t age = people.column("age").ints[k];
      young += age < 15 ? 1 : 0;
      old += age >= 65 ? 1 : 0;
      const std::string state = people.text("family_state", k);
      if (age < 18) {
        EXPECT_EQ(state, "single") << dataset;
      }
    }
    EXPECT_NEAR(young / kRows * 100, table.floats("age_0")[row], 3) << dataset;
    EXPECT_NEAR(old / kRows * 100, table.floats("age_65")[row], 3) << dataset;
  }
}

std::vector<AgeBand> bands(std::initializer_list<AgeBand> all) { return all; }

TEST(Population, RefusesFiguresThatAreNone) {
  const auto code_of = [](std::vector<AgeBand> all) {
    const auto made = Population::make(std::move(all), {});
    return made ? std::string() : made.error().code;
  };
  EXPECT_EQ(code_of(bands({{"F", 0, 120, 1}})), "");
  EXPECT_EQ(code_of({}), "demographics.value");
  EXPECT_EQ(code_of(bands({{"F", 0, 120, 0.5}})), "demographics.value");
  EXPECT_EQ(code_of(bands({{"F", 0, 50, 0.5}, {"F", 50, 120, 0.5}})), "demographics.value");
  EXPECT_EQ(code_of(bands({{"F", 0, 50, -0.5}, {"F", 51, 120, 1.5}})), "demographics.value");
  EXPECT_EQ(code_of(bands({{"F", 50, 0, 1}})), "demographics.value");
  EXPECT_EQ(code_of(bands({{"F", 0, 151, 1}})), "demographics.value");
}

TEST(Population, DrawsByItsFigures) {
  const auto population = Population::make({{"F", 0, 9, 0.25}, {"F", 10, 19, 0.75}, {"M", 50, 50, 1}},
                                           {{"Gout", "M", 0, 120, 0.5}, {"Gout", "", 0, 120, 0}, {"Cold", "", 0, 9, 1}})
                              .value();
  const Stream stream(42, "population");
  std::map<std::string, std::size_t> seen;
  for (std::uint64_t row = 0; row < 40'000; ++row) {
    Draws draws(stream, Row{row, 0});
    const Population::Person person = population->draw(draws);
    ++seen[std::string(person.sex)];
    if (person.sex == "F") ++seen[person.age < 10 ? "young" : "old"];
    if (person.sex == "M") {
      EXPECT_EQ(person.age, 50);
    }
    for (const std::string_view condition : population->draw_conditions(draws, person.sex, person.age)) {
      ++seen[std::string(condition)];
      EXPECT_EQ(condition, person.sex == "M" ? "Gout" : "Cold");
    }
  }
  EXPECT_NEAR(static_cast<double>(seen["F"]), 20'000, 400);
  EXPECT_NEAR(static_cast<double>(seen["young"]), 5'000, 250);
  EXPECT_EQ(seen["young"], seen["Cold"]);
  EXPECT_NEAR(static_cast<double>(seen["Gout"]), 10'000, 350);
}

}  // namespace
}  // namespace mimus
