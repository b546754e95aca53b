#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <set>

#include "base/check_digit.h"
#include "domain/sample.h"
#include "generator/identifiers.h"

namespace mimus {
namespace {

TEST(Entity, DeclaresNeedsThatAreThere) {
  std::set<std::string_view> names;
  for (const EntityDeclaration* declaration : entities()) {
    EXPECT_TRUE(names.insert(declaration->name).second) << declaration->name;
    const auto entity = entity_of(declaration->name);
    ASSERT_TRUE(entity) << declaration->name << ": " << entity.error().message;
    std::set<std::string_view> attributes;
    for (const AttributeDeclaration& attribute : declaration->attributes) {
      EXPECT_TRUE(attributes.insert(attribute.name).second) << declaration->name << "." << attribute.name;
      EXPECT_EQ(attribute.summary.empty(), attribute.name.starts_with('?')) << attribute.name;
      for (const std::string_view kind : attribute.choices) {
        EXPECT_GT(Dataset(Pack::built_in(), "US").table(kind).rows(), 0U) << declaration->name << ": " << kind;
      }
    }
  }
}

// What may be empty in some rows.
bool may_be_empty(std::string_view attribute) {
  static const std::set<std::string_view> kOptional = {"nobility_title", "academic_title", "name_extension",
                                                       "salutation",     "phone_code",     "routing_number"};
  return kOptional.contains(attribute);
}

void expect_texts(EntityBatch& batch, std::size_t attribute, std::size_t rows, const std::string& what) {
  const Column& column = batch.column(attribute);
  if (column.type != Type::String || may_be_empty(batch.entity().attribute(attribute).name)) return;
  for (std::size_t k = 0; k < rows; ++k) {
    const std::string_view text = ColumnTexts(column)[k];
    EXPECT_FALSE(text.empty()) << what;
    EXPECT_EQ(text.find_first_of("{}#"), std::string_view::npos) << what << ": " << text;
    if (column.clean) {
      EXPECT_TRUE(is_clean_text(text)) << what << ": " << text;
    }
  }
}

TEST(Entity, HasAValueForEveryAttributeInEveryCountry) {
  const std::size_t kRows = sample_rows() / 3;
  for (const std::string& dataset : datasets()) {
    for (const EntityDeclaration* declaration : entities()) {
      Sample sample(declaration->name, dataset, kRows);
      for (std::size_t number = 0; number < declaration->attributes.size(); ++number) {
        const AttributeDeclaration& attribute = declaration->attributes[number];
        if (attribute.name.starts_with('?')) continue;
        const std::string what = dataset + " " + std::string(declaration->name) + "." + std::string(attribute.name);
        if (!attribute.entity.empty() && !attribute.many) continue;
        const Column& column = sample.batch().column(number);
        EXPECT_EQ(column.size, kRows) << what;
        if (!attribute.many && column.type != Type::Dynamic) {
          EXPECT_EQ(type_name(column.type), type_name(attribute.type)) << what;
        }
        expect_texts(sample.batch(), number, kRows, what);
      }
    }
  }
}

TEST(Entity, IsTheSameForAnyOrderOfRowsAndAttributes) {
  for (const EntityDeclaration* declaration : entities()) {
    Sample whole(declaration->name, "DE", 40);
    Sample part(declaration->name, "DE", 5, 20);
    for (std::size_t number = declaration->attributes.size(); number-- > 0;) {
      if (!declaration->attributes[number].entity.empty() && !declaration->attributes[number].many) continue;
      const Column& expected = whole.batch().column(number);
      const Column& found = part.batch().column(number);
      for (std::size_t k = 0; k < 5; ++k) {
        EXPECT_EQ(text_of(value_at(found, k)), text_of(value_at(expected, k + 20)))
            << declaration->name << "." << declaration->attributes[number].name;
      }
    }
  }
}

TEST(Person, IsRightInItself) {
  for (const std::string& dataset : datasets()) {
    Sample people("Person(min_age=30, max_age=40)", dataset);
    const PackTable women = Dataset(Pack::built_in(), dataset).table("given_female");
    std::set<std::string_view> names;
    for (std::size_t row = 0; row < women.rows(); ++row) names.insert(women.texts("name")[row]);
    EXPECT_GE(names.size(), 40U) << dataset;
    for (std::size_t k = 0; k < people.rows(); ++k) {
      EXPECT_EQ(people.text("full_name", k), people.text("given_name", k) + " " + people.text("family_name", k));
      if (people.text("gender", k) == "female") {
        EXPECT_TRUE(names.contains(people.text("given_name", k))) << dataset;
      }
      EXPECT_GE(people.column("age").ints[k], 30);
      EXPECT_LE(people.column("age").ints[k], 40);
      EXPECT_THAT(people.text("email", k), testing::MatchesRegex("[a-z0-9._]+@[a-z0-9-]+[.][a-z.]+")) << dataset;
    }
  }
}

// Pearson's chi-square of the given names of women against their weights; 20 cells at most, so that each is expected
// often enough; the bound is that of 0.1 %.
TEST(Person, HasNamesByTheirWeights) {
  constexpr std::size_t kRows = 20'000;
  for (const std::string dataset : {"US", "DE", "BR"}) {
    Sample people("Person(female_quota=1)", dataset, kRows);
    const PackTable table = Dataset(Pack::built_in(), dataset).table("given_female");
    double sum = 0;
    for (const double weight : table.floats("weight")) sum += weight;
    std::map<std::string, std::size_t> seen;
    for (std::size_t k = 0; k < kRows; ++k) ++seen[people.text("given_name", k)];
    double chi_square = 0, rest = 1;
    std::size_t left = kRows;
    for (std::size_t row = 0; row < 19; ++row) {
      const double share = table.floats("weight")[row] / sum;
      const std::size_t count = seen[std::string(table.texts("name")[row])];
      chi_square += std::pow(static_cast<double>(count) - share * kRows, 2) / (share * kRows);
      rest -= share;
      left -= count;
    }
    chi_square += std::pow(static_cast<double>(left) - rest * kRows, 2) / (rest * kRows);
    EXPECT_LT(chi_square, 43.8) << dataset;  // 19 degrees of freedom
  }
}

// Whether a text follows a country's format of postal codes: '#' a digit, capitals for letters, small letters for their
// capitals alone.
bool has_format(std::string_view code, std::string_view format) {
  if (format.starts_with("A# ")) {  // one or two letters of the area
    if (code.size() > 1 && code[1] >= 'A' && code[1] <= 'Z') code.remove_prefix(1);
  }
  if (code.size() != format.size()) return false;
  for (std::size_t k = 0; k < code.size(); ++k) {
    const bool digit = code[k] >= '0' && code[k] <= '9';
    const bool letter = code[k] >= 'A' && code[k] <= 'Z';
    const char mark = format[k];
    const char exact = mark >= 'a' && mark <= 'z' ? static_cast<char>(mark - 32) : mark;
    if (mark == '#' ? !digit : (mark >= 'A' && mark <= 'D') ? !letter : code[k] != exact) {
      return false;
    }
  }
  return true;
}

TEST(Address, HasThePostalCodesOfItsCountry) {
  const PackTable all = Pack::built_in().table("dataset");
  for (std::size_t row = 0; row < all.rows(); ++row) {
    const std::string dataset(all.texts("code")[row]);
    Sample addresses("Address", dataset);
    for (std::size_t k = 0; k < addresses.rows(); ++k) {
      EXPECT_TRUE(has_format(addresses.text("postal_code", k), all.texts("postal")[row]))
          << dataset << ": " << addresses.text("postal_code", k);
    }
  }
}

TEST(Address, HasTheAreaCodeOfItsCityInItsTelephone) {
  Sample addresses("Address", "DE");
  for (std::size_t k = 0; k < addresses.rows(); ++k) {
    EXPECT_TRUE(addresses.text("phone", k).starts_with("+49-" + addresses.text("area", k) + "-"));
  }
}

TEST(BankAccount, HasNumbersThatCheck) {
  for (const std::string& dataset : datasets()) {
    Sample accounts("BankAccount", dataset);
    for (std::size_t k = 0; k < accounts.rows(); ++k) {
      const std::string iban = accounts.text("iban", k);
      EXPECT_EQ(modulo_97(iban.substr(4) + iban.substr(0, 4)), 1) << iban;
      EXPECT_TRUE(iban.starts_with(dataset)) << iban;
      EXPECT_EQ(accounts.text("bank_code", k).substr(4, 2), dataset);
      EXPECT_LE(accounts.column("created_date").ints[k], accounts.column("last_transaction_date").ints[k]);
      EXPECT_LE(accounts.column("last_transaction_date").ints[k], kNow);
    }
  }
}

TEST(CreditCard, HasNumbersThatCheck) {
  for (const std::string& dataset : datasets()) {
    Sample cards("CreditCard", dataset);
    for (std::size_t k = 0; k < cards.rows(); ++k) {
      const std::string number = cards.text("card_number", k);
      EXPECT_EQ(luhn_digit(std::string_view(number).substr(0, number.size() - 1)), number.back()) << number;
      EXPECT_EQ(cards.text("cvv", k).size(), cards.text("card_type", k) == "AMERICAN_EXPRESS" ? 4U : 3U);
      EXPECT_LT(cards.column("issue_date").ints[k], kNow);
      EXPECT_GT(cards.column("expiration_date").ints[k], cards.column("issue_date").ints[k]);
    }
  }
}

TEST(Entity, RefusesWhatItDoesNotKnow) {
  EXPECT_EQ(entity_of("Persn").error().code, "entity.unknown");
  EXPECT_EQ(entity_of("Person(name='x')").error().code, "entity.argument");
  EXPECT_EQ(entity_of("Person(min_age=3, ageMin=3)").error().code, "entity.argument");
  EXPECT_EQ(entity_of("Person(ageMin=3, minAge=3)").error().code, "entity.argument");
  EXPECT_EQ(entity_of("Person(min_age=3, max_age=2)").error().code, "entity.age");
  EXPECT_EQ(entity_of("Person(dataset='Germany')").error().code, "entity.dataset");
  EXPECT_TRUE(entity_of("common.services.PersonService(minAge=3)"));
}

}  // namespace
}  // namespace mimus
