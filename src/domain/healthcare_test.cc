// Patients, doctors, hospitals, devices and procedures are right in themselves.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <set>

#include "base/check_digit.h"
#include "domain/sample.h"

namespace mimus {
namespace {

Result<std::shared_ptr<const Entity>> patients_with(std::vector<std::string> include, std::vector<std::string> exclude,
                                                    std::int64_t age) {
  EntityEnvironment environment{.pack = &Pack::built_in(), .now = {kNow}};
  environment.age_min = environment.age_max = age;
  environment.conditions_include = std::move(include);
  environment.conditions_exclude = std::move(exclude);
  return Entity::make(parse_call("Patient").value(), std::move(environment));
}

// The share of patients of an age that have a condition.
double share_with(std::string_view condition, std::int64_t age, std::vector<std::string> include = {},
                  std::vector<std::string> exclude = {}) {
  constexpr std::size_t kRows = 3000;
  EntityBatch batch(patients_with(std::move(include), std::move(exclude), age).value());
  batch.start({.count = kRows}, Stream(42, "sample"));
  const Column& conditions = batch.column(*batch.entity().find("conditions"));
  std::size_t count = 0;
  for (std::size_t row = 0; row < kRows; ++row) {
    for (const Value& one : list_at(conditions, row)) count += *one.as_text() == condition ? 1 : 0;
  }
  return static_cast<double>(count) / kRows;
}

TEST(Patient, IsRightInItself) {
  for (const std::string& dataset : datasets()) {
    Sample patients("Patient", dataset);
    for (std::size_t k = 0; k < patients.rows(); ++k) {
      const double metres = number_at(patients.column("height_cm"), k) / 100;
      const double kilograms = number_at(patients.column("weight_kg"), k);
      EXPECT_NEAR(number_at(patients.column("bmi"), k), kilograms / (metres * metres), 0.051);
      std::set<std::string> conditions;
      for (const Value& one : list_at(patients.column("conditions"), k)) {
        EXPECT_TRUE(conditions.insert(*one.as_text()).second) << *one.as_text();
      }
      EXPECT_LE(conditions.size(), 4U);
      EXPECT_LE(list_at(patients.column("allergies"), k).size(), 5U);
      const Value contact = value_at(patients.column("emergency_contact"), k);
      ASSERT_EQ(contact.as_map()->size(), 3U);
    }
  }
}

TEST(Patient, HasConditionsOfItsAge) {
  EXPECT_GT(share_with("Hypertension", 70), 0.1);
  EXPECT_LT(share_with("Hypertension", 20), 0.02);
  EXPECT_LT(share_with("Enlarged prostate", 30), 0.01);
}

TEST(Patient, HasConditionsOfItsSex) {
  Sample patients("Patient", "US", 5000);
  for (std::size_t k = 0; k < patients.rows(); ++k) {
    for (const Value& one : list_at(patients.column("conditions"), k)) {
      if (*one.as_text() == "Endometriosis") {
        EXPECT_EQ(patients.text("gender", k), "female");
      }
      if (*one.as_text() == "Prostate cancer") {
        EXPECT_EQ(patients.text("gender", k), "male");
      }
    }
  }
}

TEST(Patient, HasTheConditionsThatAreIncludedAndNoneThatAreExcluded) {
  EXPECT_EQ(share_with("Gout", 20, {"Gout", "Own condition"}), 1);
  EXPECT_EQ(share_with("Own condition", 20, {"Gout", "Own condition"}), 1);
  EXPECT_EQ(share_with("Hypertension", 70, {}, {"hypertension"}), 0);
}

TEST(Patient, TakesMedicationForItsConditions) {
  EntityBatch batch(patients_with({"Hypothyroidism"}, {}, 50).value());
  batch.start({.count = 1000}, Stream(42, "sample"));
  const Column& medications = batch.column(*batch.entity().find("medications"));
  std::size_t treated = 0;
  for (std::size_t row = 0; row < 1000; ++row) {
    for (const Value& one : list_at(medications, row)) treated += *one.as_text() == "Levothyroxine" ? 1 : 0;
  }
  EXPECT_NEAR(static_cast<double>(treated) / 1000, 0.85, 0.05);
}

TEST(Doctor, IsRightInItself) {
  for (const std::string& dataset : datasets()) {
    Sample doctors("Doctor", dataset);
    for (std::size_t k = 0; k < doctors.rows(); ++k) {
      const std::string npi = doctors.text("npi_number", k);
      EXPECT_EQ(luhn_digit("80840" + npi.substr(0, 9)), npi.back()) << npi;
      const std::int64_t age = doctors.column("age").ints[k];
      EXPECT_GE(age, 25);
      EXPECT_GE(age - doctors.column("years_of_experience").ints[k], 25);
      EXPECT_EQ(value_at(doctors.column("office_hours"), k).as_map()->size(), 7U);
      EXPECT_THAT(list_at(doctors.column("certifications"), k).size(),
                  testing::AllOf(testing::Ge(1U), testing::Le(3U)));
    }
  }
}

TEST(Hospital, IsOfItsType) {
  for (const std::string& dataset : datasets()) {
    Sample hospitals("Hospital", dataset);
    for (std::size_t k = 0; k < hospitals.rows(); ++k) {
      const std::string type = hospitals.text("type", k);
      const std::int64_t beds = hospitals.column("bed_count").ints[k];
      const std::int64_t staff = hospitals.column("staff_count").ints[k];
      if (type == "Specialty") {
        EXPECT_LE(beds, 200);
      }
      if (type == "Teaching") {
        EXPECT_TRUE(hospitals.column("teaching_status").bools[k]);
        EXPECT_GE(beds, 300);
      }
      EXPECT_GE(staff, beds * 2);
      EXPECT_LE(staff, beds * 4);
      EXPECT_GE(list_at(hospitals.column("departments"), k).size(), 5U) << type;
      const std::string site = hospitals.text("website", k);
      EXPECT_EQ("info@" + site.substr(12), hospitals.text("email", k));
    }
  }
}

TEST(MedicalDevice, HasItsDatesInOrder) {
  Sample devices("MedicalDevice", "DE", 1000);
  for (std::size_t k = 0; k < devices.rows(); ++k) {
    const std::string made = devices.text("manufacture_date", k);
    EXPECT_LT(made, devices.text("last_maintenance_date", k));
    EXPECT_LE(devices.text("last_maintenance_date", k), "2026-01-01");
    EXPECT_GT(devices.text("next_maintenance_date", k), "2026-01-01");
    EXPECT_LT(devices.text("next_maintenance_date", k), devices.text("expiration_date", k));
    EXPECT_TRUE(devices.text("serial_number", k).starts_with("MFG-" + made.substr(0, 4) + "-"));
    std::string before;
    const ValueList& logs = list_at(devices.column("usage_logs"), k);
    EXPECT_GE(logs.size(), 3U);
    for (const Value& log : logs) {
      const std::string& day = *log.as_map()->at(0).second.as_text();
      EXPECT_LT(before, day);
      EXPECT_LE(day, "2026-01-01");
      EXPECT_EQ(*log.as_map()->at(1).second.as_text(), devices.text("assigned_to", k));
      before = day;
    }
  }
}

TEST(MedicalProcedure, IsOfItsCategoryAndKind) {
  Sample procedures("MedicalProcedure", "US", 2000);
  std::map<std::string, std::set<std::string>> specialties;
  std::size_t operations = 0;
  for (std::size_t k = 0; k < procedures.rows(); ++k) {
    specialties[procedures.text("category", k)].insert(procedures.text("specialty", k));
    const bool is_surgical = procedures.column("is_surgical").bools[k] != 0;
    operations += is_surgical ? 1 : 0;
    EXPECT_LE(procedures.column("recovery_time_days").ints[k], is_surgical ? 30 : 3);
    EXPECT_GT(number_at(procedures.column("cost"), k), is_surgical ? 800 : 80);
  }
  EXPECT_NEAR(static_cast<double>(operations) / 2000, 0.3, 0.04);
  for (const auto& [category, of_it] : specialties) EXPECT_EQ(of_it.size(), 1U) << category;
}

}  // namespace
}  // namespace mimus
