// Transactions, products, orders, policies, offices, schools and officers are right in themselves.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <set>

#include "domain/sample.h"

namespace mimus {
namespace {

// The words of a table by those of another column.
std::map<std::string, std::set<std::string>> groups_of(const std::string& dataset, std::string_view table,
                                                       std::string_view group, std::string_view word) {
  const PackTable rows = Dataset(Pack::built_in(), dataset).table(table);
  std::map<std::string, std::set<std::string>> out;
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    out[std::string(rows.texts(group)[row])].insert(std::string(rows.texts(word)[row]));
  }
  return out;
}

TEST(Transaction, HasTheMerchantAndTheAmountOfItsCategory) {
  for (const std::string dataset : {"US", "DE", "VN"}) {
    const auto merchants = groups_of(dataset, "merchant", "category", "name");
    Sample sample("Transaction", dataset, 2000);
    for (std::size_t k = 0; k < sample.rows(); ++k) {
      const std::string category = sample.text("merchant_category", k);
      const std::string merchant = sample.text("merchant_name", k);
      EXPECT_TRUE(merchants.at(category).contains(merchant)) << category << ": " << merchant;
      EXPECT_THAT(sample.text("description", k), testing::HasSubstr(merchant));
      if (category == "SALARY") {
        EXPECT_EQ(sample.text("direction", k), "credit");
        EXPECT_GE(number_at(sample.column("amount"), k), 1200);
      }
      EXPECT_GT(number_at(sample.column("amount"), k), 0);
      EXPECT_LE(sample.column("transaction_date").ints[k], kNow);
    }
  }
}

TEST(Product, IsOfItsCategory) {
  for (const std::string dataset : {"US", "DE", "BR"}) {
    const auto brands = groups_of(dataset, "product_brand", "category", "name");
    Sample sample("Product(min_price=5, max_price=80)", dataset, 2000);
    for (std::size_t k = 0; k < sample.rows(); ++k) {
      const std::string brand = sample.text("brand", k);
      EXPECT_TRUE(brands.at(sample.text("category", k)).contains(brand)) << brand;
      EXPECT_THAT(sample.text("name", k), testing::HasSubstr(brand));
      const double price = number_at(sample.column("price"), k);
      EXPECT_GE(price, 5);
      EXPECT_LE(price, 80);
      EXPECT_NEAR(std::round(price * 100), price * 100, 1e-6);
      const double rating = number_at(sample.column("rating"), k);
      EXPECT_THAT(rating, testing::AllOf(testing::Ge(1), testing::Le(5)));
      EXPECT_EQ(std::round(rating * 2), rating * 2);
      EXPECT_GE(list_at(sample.column("tags"), k).size(), 4U);
      EXPECT_THAT(sample.text("dimensions", k),
                  testing::MatchesRegex("[0-9]+[.][0-9] x [0-9]+[.][0-9] x [0-9]+[.][0-9] cm"));
    }
  }
}

TEST(Product, RefusesPricesThatAreNone) {
  EXPECT_EQ(entity_of("Product(min_price=5, max_price=4)").error().code, "entity.argument");
  EXPECT_EQ(entity_of("Product(min_price=-5)").error().code, "entity.argument");
  Sample dear("Product(min_price=9000.5, max_price=9000.5)", "US", 20);
  EXPECT_EQ(number_at(dear.column("price"), 3), 9000.5);
}

TEST(Order, SumsUp) {
  for (const std::string& dataset : datasets()) {
    Sample orders("Order", dataset, 200);
    std::size_t same = 0;
    for (std::size_t k = 0; k < orders.rows(); ++k) {
      const ValueList& products = list_at(orders.column("product_list"), k);
      EXPECT_THAT(products.size(), testing::AllOf(testing::Ge(1U), testing::Le(10U)));
      double sum = 0;
      for (const Value& product : products) {
        sum += *entry(product, "price").as_float();
        EXPECT_EQ(*entry(product, "currency").as_text(), orders.text("currency", k));
      }
      const double discount = number_at(orders.column("discount_amount"), k);
      EXPECT_NEAR(
          number_at(orders.column("total_amount"), k),
          sum + number_at(orders.column("tax_amount"), k) + number_at(orders.column("shipping_amount"), k) - discount,
          0.001);
      EXPECT_EQ(orders.column("coupon_code").values[k].is_null(), discount == 0);
      Column shipping;
      fill_record(orders.batch().part(*orders.batch().entity().find("shipping_address")), orders.rows(), shipping);
      same += text_of(value_at(shipping, k)) == text_of(orders.column("billing_address").values[k]) ? 1 : 0;
    }
    EXPECT_NEAR(static_cast<double>(same) / 200, 0.8, 0.13) << dataset;
  }
}

TEST(InsurancePolicy, HoldsCoveragesOfItsProductAndDatesInOrder) {
  for (const std::string& dataset : datasets()) {
    Sample policies("InsurancePolicy", dataset);
    EntityBatch& product = policies.batch().part(*policies.batch().entity().find("product"));
    for (std::size_t k = 0; k < policies.rows(); ++k) {
      const ColumnTexts codes(product.column(*product.entity().find("code")));
      const ValueList& coverages = list_at(policies.column("coverages"), k);
      EXPECT_THAT(coverages.size(), testing::AllOf(testing::Ge(1U), testing::Le(3U)));
      for (const Value& coverage : coverages) EXPECT_EQ(*entry(coverage, "product_code").as_text(), codes[k]);
      const std::int64_t start = policies.column("start_date").values[k].as_date()->days;
      const std::int64_t end = policies.column("end_date").values[k].as_date()->days;
      const std::int64_t today = kNow / kMicrosPerDay;
      EXPECT_LE(policies.column("created_date").values[k].as_date()->days, start);
      EXPECT_LT(start, end);
      const std::string status = policies.text("status", k);
      if (status == "active") {
        EXPECT_TRUE(start < today && today <= end);
      }
      if (status == "pending") {
        EXPECT_GT(start, today);
      }
      if (status == "expired") {
        EXPECT_LT(end, today);
      }
    }
  }
}

TEST(InsuranceProduct, HasItsOwnCoverages) {
  Sample products("InsuranceProduct", "DE");
  for (std::size_t k = 0; k < products.rows(); ++k) {
    std::set<std::string> codes;
    for (const Value& coverage : list_at(products.column("coverages"), k)) {
      EXPECT_EQ(*entry(coverage, "product_code").as_text(), products.text("code", k));
      EXPECT_TRUE(codes.insert(*entry(coverage, "code").as_text()).second);
    }
    EXPECT_GE(codes.size(), 2U);
  }
}

TEST(AdministrationOffice, IsOfItsType) {
  for (const std::string& dataset : datasets()) {
    Sample offices("AdministrationOffice", dataset);
    EntityBatch& address = offices.batch().part(*offices.batch().entity().find("address"));
    for (std::size_t k = 0; k < offices.rows(); ++k) {
      const std::string type = offices.text("type", k);
      const std::string jurisdiction = offices.text("jurisdiction", k);
      const std::string city(ColumnTexts(address.column(*address.entity().find("city")))[k]);
      if (type.starts_with("Federal")) {
        EXPECT_EQ(jurisdiction, "Federal");
      }
      if (type.starts_with("County")) {
        EXPECT_EQ(jurisdiction, city + " County");
      }
      EXPECT_THAT(list_at(offices.column("services"), k).size(), testing::AllOf(testing::Ge(5U), testing::Le(10U)));
      EXPECT_EQ(value_at(offices.column("hours_of_operation"), k).as_map()->size(), 7U);
      const std::size_t leaders = value_at(offices.column("leadership"), k).as_map()->size();
      EXPECT_THAT(leaders, testing::AllOf(testing::Ge(2U), testing::Le(5U)));
      EXPECT_EQ(offices.column("annual_budget").ints[k] % 1000, 0);
      EXPECT_THAT(offices.text("website", k), testing::MatchesRegex("https://www[.][a-z0-9-]+[.]gov"));
    }
  }
}

TEST(EducationalInstitution, IsOfItsType) {
  for (const std::string& dataset : datasets()) {
    Sample schools("EducationalInstitution", dataset);
    for (std::size_t k = 0; k < schools.rows(); ++k) {
      const std::string type = schools.text("type", k);
      const std::int64_t students = schools.column("student_count").ints[k];
      if (type.ends_with("University")) {
        EXPECT_GE(students, 5000);
      }
      if (type == "Public Elementary School") {
        EXPECT_EQ(schools.text("level", k), "Elementary");
        EXPECT_LE(students, 800);
      }
      const std::int64_t staff = schools.column("staff_count").ints[k];
      EXPECT_GE(staff, std::max<std::int64_t>(5, students / 26));
      EXPECT_LE(staff, std::max<std::int64_t>(5, students / 10));
    }
  }
}

TEST(PoliceOfficer, IsOfItsDepartmentAndAge) {
  for (const std::string dataset : {"US", "DE"}) {
    const auto units = groups_of(dataset, "police_unit", "department", "name");
    Sample officers("PoliceOfficer", dataset, 1000);
    for (std::size_t k = 0; k < officers.rows(); ++k) {
      EXPECT_TRUE(units.at(officers.text("department", k)).contains(officers.text("unit", k)));
      const std::int64_t age = officers.column("age").ints[k];
      const std::int64_t service = officers.column("years_of_service").ints[k];
      EXPECT_GE(age, 21);
      EXPECT_LE(service, std::min<std::int64_t>(30, age - 21));
      EXPECT_LE(officers.text("hire_date", k), "2026-01-01");
    }
  }
}

}  // namespace
}  // namespace mimus
