// Words of the data pack: as often as its tables say, and each once where that is asked for.
#include "generator/words.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "generator/phone_plan.h"
#include "generator/test_statistics.h"

namespace mimus {
namespace {

using Shares = std::map<std::string, double>;
using Counts = std::map<std::string, std::size_t>;

std::shared_ptr<const Generator> made(const std::string& text) {
  auto generator = make_generator(*parse_call(text), {.now = {1'767'225'600'000'000}});
  EXPECT_TRUE(generator) << text << ": " << (generator ? "" : generator.error().message);
  return generator ? std::shared_ptr<const Generator>(std::move(*generator)) : nullptr;
}

template <class Kind>
Counts counts_of(const std::string& call, Kind kind) {
  const auto generator = made(call);
  Counts out;
  Column column;
  const std::size_t total = test_draws();
  for (std::size_t first = 0; first < total; first += column.size) {
    generator->generate({.first = first, .count = std::min<std::size_t>(2048, total - first)}, Stream(7), column);
    for (std::size_t k = 0; k < column.size; ++k) ++out[kind(text_of(value_at(column, k)))];
  }
  return out;
}
Counts counts_of(const std::string& call) {
  return counts_of(call, [](const std::string& text) { return text; });
}

// Of a table's words by its weights, together `share`; `key` names the words.
void add_shares(Shares& out, const Words& words, WordKind kind, double share, std::string_view key = "") {
  const PackTable table = words.list(kind).table();
  const PackTexts names = key.empty() ? table.first_texts() : table.texts(key);
  const auto weights = table.floats("weight");
  double sum = 0;
  for (std::size_t row = 0; row < table.rows(); ++row) sum += weights.empty() ? 1 : weights[row];
  for (std::size_t row = 0; row < table.rows(); ++row) {
    out[std::string(names[row])] += share * (weights.empty() ? 1 : weights[row]) / sum;
  }
}

Shares shares_of(const char* dataset, std::initializer_list<WordKind> kinds) {
  const Words words(Pack::built_in(), dataset);
  Shares out;
  for (const WordKind kind : kinds) add_shares(out, words, kind, 1);
  return out;
}

TEST(WordDistributions, OfPeople) {
  for (const char* dataset : {"US", "DE", "PL"}) {
    const std::string set = std::string("(dataset='") + dataset + "'";
    expect_shares(std::string("given ") + dataset, counts_of("GivenNameGenerator" + set + ")"),
                  shares_of(dataset, {WordKind::GivenFemale, WordKind::GivenMale}));
    expect_shares(std::string("women ") + dataset, counts_of("GivenNameGenerator" + set + ", gender='female')"),
                  shares_of(dataset, {WordKind::GivenFemale}));
    expect_shares(std::string("family ") + dataset, counts_of("FamilyNameGenerator" + set + ")"),
                  shares_of(dataset, {WordKind::FamilyFemale, WordKind::FamilyMale}));
    const Words words(Pack::built_in(), dataset);
    Shares titles{{"", 0.7}};
    add_shares(titles, words, WordKind::AcademicTitle, 0.3);
    expect_shares("titles", counts_of("AcademicTitleGenerator" + set + ", quota=0.3)"), titles);
    Shares nobles{{"", 0.4}};
    add_shares(nobles, words, WordKind::NobilityMale, 0.6);
    expect_shares("nobles", counts_of("NobilityTitleGenerator" + set + ", gender='male', noble_quota=0.6)"), nobles);
  }
}

TEST(WordDistributions, OfPlacesAndCompanies) {
  expect_shares("streets", counts_of("StreetNameGenerator('FR')"), shares_of("FR", {WordKind::Street}));
  expect_shares("sectors", counts_of("SectorGenerator('DE')"), shares_of("DE", {WordKind::Sector}));
  Shares companies;
  for (const auto& [start, own] : shares_of("US", {WordKind::CompanyStart})) {
    for (const auto& [end, other] : shares_of("US", {WordKind::CompanyEnd})) companies[start + end] += own * other;
  }
  expect_shares("companies", counts_of("CompanyNameGenerator"), companies);
}

TEST(WordDistributions, OfTheInternet) {
  const Words words(Pack::built_in(), "DE");
  Shares ends, providers{{"made up", 2.0 / 3}};
  add_shares(ends, words, WordKind::TopLevel, 1);
  add_shares(providers, words, WordKind::Webmail, 1.0 / 3);
  const auto provider = [&](const std::string& domain) { return providers.contains(domain) ? domain : "made up"; };
  expect_shares("providers", counts_of("DomainGenerator('DE')", provider), providers);
  const auto end = [&](const std::string& domain) {
    return providers.contains(domain) ? std::string("provider") : domain.substr(domain.find('.') + 1);
  };
  for (auto& [name, share] : ends) share *= 2.0 / 3;
  ends["provider"] = 1.0 / 3;
  expect_shares("top level", counts_of("DomainGenerator('DE')", end), ends);
  expect_shares("mail",
                counts_of("EmailAddressGenerator('DE')",
                          [&](const std::string& mail) {
                            EXPECT_TRUE(std::ranges::all_of(mail, [](char c) { return c > ' ' && c < 0x7f; })) << mail;
                            return provider(mail.substr(mail.find('@') + 1));
                          }),
                providers);
}

// Telephones stand in cities as people live there.
TEST(WordDistributions, OfTelephones) {
  const Words words(Pack::built_in(), "DE");
  Shares areas;
  add_shares(areas, words, WordKind::City, 1, "area");
  expect_shares("areas",
                counts_of("PhoneNumberGenerator('DE')",
                          [](const std::string& phone) { return phone.substr(4, phone.find('-', 4) - 4); }),
                areas);
}

// Each once, and none that would not be drawn otherwise.
TEST(UniqueWords, AreDifferent) {
  for (const char* call : {"GivenNameGenerator(dataset='DE', gender='female')", "FamilyNameGenerator(dataset='PL')",
                           "StreetNameGenerator('FR')", "SectorGenerator('DE')", "CompanyNameGenerator",
                           "DepartmentNameGenerator", "AcademicTitleGenerator('DE', quota=0.5)"}) {
    const auto generator = made(call);
    const std::uint64_t domain = generator->domain();
    ASSERT_GT(domain, 1U) << call;
    Column column;
    (*make_unique_values(generator))->generate({.count = domain}, Stream(3), column);
    std::set<std::string> values;
    for (std::size_t k = 0; k < domain; ++k) values.insert(text_of(value_at(column, k)));
    EXPECT_EQ(values.size(), domain) << call;
    for (const auto& [value, count] : counts_of(call)) EXPECT_TRUE(values.contains(value)) << call << " " << value;
  }
  for (const char* call :
       {"EmailAddressGenerator('DE')", "EmailAddressGenerator('JP')", "DomainGenerator", "UrlGenerator",
        "PhoneNumberGenerator('US')", "PhoneNumberGenerator('DE', '30')", "PhoneNumberGenerator('FR', is_mobile=True)",
        "EmailAddressGenerator(given_name='Ada', family_name='Lovelace')"}) {
    const auto generator = made(call);
    const std::uint64_t domain = generator->domain();
    ASSERT_GT(domain, 1000U) << call;
    std::set<std::uint64_t> numbers;
    for (std::uint64_t k = 0; k < 3000; ++k) {
      numbers.insert(k % domain);
      numbers.insert(domain - 1 - k % domain);
      numbers.insert(domain / 3000 * k);
    }
    const std::vector<std::uint64_t> all(numbers.begin(), numbers.end());
    Column column;
    generator->generate_at({.count = all.size()}, Stream(3), all.data(), column);
    std::set<std::string> values;
    for (std::size_t k = 0; k < all.size(); ++k) values.insert(text_of(value_at(column, k)));
    EXPECT_EQ(values.size(), all.size()) << call;
  }
}

TEST(PhonePlan, LeavesOutMasksThatOverlap) {
  const auto left = without_overlaps({{"20#", 0}, {"2#5", 0}, {"21#", 0}, {"20##", 0}, {"205", 1}});
  ASSERT_EQ(left.size(), 3U);
  EXPECT_EQ(left[1].mask, "21#");
  EXPECT_EQ(left[2].mask, "20##");
}

TEST(PhonePlan, KnowsTheAreasOfACountry) {
  const auto made_up = make_generator(*parse_call("PhoneNumberGenerator('DE', '0999')"), {});
  ASSERT_FALSE(made_up);
  EXPECT_TRUE(made_up.error().message.contains("'0999' is no area of DE"));
  EXPECT_TRUE(made_up.error().hint.contains("there are: "));
  EXPECT_FALSE(make_generator(*parse_call("PhoneNumberGenerator('DE', 'abc')"), {}));
}

}  // namespace
}  // namespace mimus
