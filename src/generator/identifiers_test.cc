// Check digits of generated identifiers, by rules written a second time, and with other means than the generators'.
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "generator/generator.h"
#include "generator/identifiers.h"

namespace mimus {
namespace {

std::vector<std::string> texts_of(const std::string& text, std::size_t count = 300) {
  const auto call = parse_call(text);
  EXPECT_TRUE(call) << text;
  const auto generator = make_generator(*call, {.now = {1'767'225'600'000'000}});
  EXPECT_TRUE(generator) << text << ": " << (generator ? "" : generator.error().message);
  std::vector<std::string> out;
  if (!generator) return out;
  Column column;
  (*generator)->generate({.count = count}, Stream(11), column);
  for (std::size_t k = 0; k < count; ++k) out.push_back(text_of(value_at(column, k)));
  return out;
}

std::string digits_in(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c >= '0' && c <= '9') out += c;
  }
  return out;
}

bool is_luhn(const std::string& digits) {
  int sum = 0;
  for (std::size_t k = 0; k < digits.size(); ++k) {
    const int value = digits[digits.size() - 1 - k] - '0';
    sum += k % 2 == 0 ? value : value * 2 / 10 + value * 2 % 10;
  }
  return sum % 10 == 0;
}

int sum_of(const std::string& digits, const std::vector<int>& weights) {
  int sum = 0;
  for (std::size_t k = 0; k < weights.size(); ++k) sum += (digits[k] - '0') * weights[k];
  return sum;
}

// By long division of the whole number, as text.
int rest_by(const std::string& text, int divisor) {
  std::string digits;
  for (const char c : text) digits += c <= '9' ? std::string(1, c) : std::to_string(c - 'A' + 10);
  return std::accumulate(digits.begin(), digits.end(), 0,
                         [&](int rest, char c) { return (rest * 10 + c - '0') % divisor; });
}

TEST(Identifiers, HaveTheirCheckDigits) {
  for (const auto& text : texts_of("IMEIGenerator")) EXPECT_TRUE(is_luhn(text) && text.size() == 15) << text;
  for (const auto& text : texts_of("CreditCardNumberGenerator")) EXPECT_TRUE(is_luhn(text)) << text;
  for (const auto& text : texts_of("EANGenerator")) {
    EXPECT_EQ(sum_of(text, {1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1}) % 10, 0) << text;
  }
  for (const auto& text : texts_of("EANGenerator(length=8)")) {
    EXPECT_EQ(sum_of(text, {3, 1, 3, 1, 3, 1, 3, 1}) % 10, 0) << text;
  }
  for (const auto& text : texts_of("ISBNGenerator(length=10)")) {
    const int last = text[9] == 'X' ? 10 : text[9] - '0';
    EXPECT_EQ((sum_of(text, {10, 9, 8, 7, 6, 5, 4, 3, 2}) + last) % 11, 0) << text;
  }
  for (const auto& text : texts_of("ISSNGenerator")) {
    const int last = text[8] == 'X' ? 10 : text[8] - '0';
    EXPECT_EQ((sum_of(text.substr(0, 4) + text.substr(5), {8, 7, 6, 5, 4, 3, 2}) + last) % 11, 0) << text;
  }
  for (const auto& text : texts_of("LEIGenerator")) EXPECT_EQ(rest_by(text, 97), 1) << text;
  for (const auto& text : texts_of("ISINGenerator")) {
    std::string digits;
    for (const char c : text) digits += c <= '9' ? std::string(1, c) : std::to_string(c - 'A' + 10);
    EXPECT_TRUE(is_luhn(digits)) << text;
  }
}

TEST(Identifiers, MakeIbansOfEveryCountry) {
  for (const std::string_view country : iban_countries()) {
    for (const auto& text : texts_of("IBANGenerator(country='" + std::string(country) + "')", 20)) {
      EXPECT_TRUE(text.starts_with(country)) << text;
      EXPECT_EQ(rest_by(text.substr(4) + text.substr(0, 4), 97), 1) << text;
    }
  }
  EXPECT_EQ(texts_of("IBANGenerator('DE')", 1)[0].size(), 22U);
  EXPECT_EQ(texts_of("IBANGenerator('NO')", 1)[0].size(), 15U);
  EXPECT_EQ(texts_of("IBANGenerator('MT')", 1)[0].size(), 31U);
}

TEST(Identifiers, MakeNumbersOfPeople) {
  for (const auto& text : texts_of("SSNGenerator(locale='pl_PL')")) {
    EXPECT_EQ(sum_of(text, {1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1}) % 10, 0) << text;
  }
  for (const auto& text : texts_of("SSNGenerator('nl_NL')")) {
    EXPECT_EQ(sum_of(text, {9, 8, 7, 6, 5, 4, 3, 2, -1}) % 11, 0) << text;
  }
  for (const auto& text : texts_of("SSNGenerator('cs_CZ')")) EXPECT_TRUE(digits_in(text).size() == 10) << text;
  for (const auto& text : texts_of("SSNGenerator('no_NO')")) {
    EXPECT_EQ(sum_of(text, {3, 7, 6, 1, 8, 9, 4, 5, 2, 1}) % 11, 0) << text;
    EXPECT_EQ(sum_of(text, {5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1}) % 11, 0) << text;
  }
  for (const auto& text : texts_of("SSNGenerator('fr_FR')")) {
    EXPECT_EQ((rest_by(text.substr(0, 13), 97) + std::stoi(text.substr(13))) % 97, 0) << text;
  }
  for (const auto& text : texts_of("SSNGenerator('sv_SE')")) EXPECT_TRUE(is_luhn(digits_in(text))) << text;
  for (const auto& text : texts_of("SSNGenerator('de_CH')")) {
    EXPECT_EQ(sum_of(digits_in(text), {1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1}) % 10, 0) << text;
  }
  for (const auto& text : texts_of("SSNGenerator")) {
    EXPECT_FALSE(text.starts_with("666") || text.starts_with("000") || text.starts_with("9")) << text;
  }
  for (const auto& text : texts_of("CPFGenerator")) {
    const std::string digits = digits_in(text);
    const auto check = [](int rest) { return rest < 2 ? 0 : 11 - rest; };
    EXPECT_EQ(check(sum_of(digits, {10, 9, 8, 7, 6, 5, 4, 3, 2}) % 11), digits[9] - '0') << text;
    EXPECT_EQ(check(sum_of(digits, {11, 10, 9, 8, 7, 6, 5, 4, 3, 2}) % 11), digits[10] - '0') << text;
  }
}

TEST(Identifiers, MakeTaxNumbers) {
  // ISO 7064, MOD 11,10, as the Federal Central Tax Office describes it.
  for (const auto& text : texts_of("VATNumberGenerator('DE')")) {
    const std::string digits = text.substr(2);
    int product = 10;
    for (int k = 0; k < 8; ++k) {
      const int sum = (digits[k] - '0' + product) % 10;
      product = 2 * (sum == 0 ? 10 : sum) % 11;
    }
    EXPECT_EQ((11 - product) % 10, digits[8] - '0') << text;
  }
  for (const auto& text : texts_of("VATNumberGenerator('BE')"))
    EXPECT_EQ((rest_by(text.substr(2, 8), 97) + std::stoi(text.substr(10))) % 97, 0) << text;
  for (const auto& text : texts_of("VATNumberGenerator('FR')")) {
    EXPECT_TRUE(is_luhn(text.substr(4))) << text;
    EXPECT_EQ((12 + 3 * (std::stoi(text.substr(4)) % 97)) % 97, std::stoi(text.substr(2, 2))) << text;
  }
  for (const auto& text : texts_of("VATNumberGenerator('IT')")) EXPECT_TRUE(is_luhn(text.substr(2))) << text;
  for (const auto& text : texts_of("VATNumberGenerator('DK')")) {
    EXPECT_EQ(sum_of(text.substr(2), {2, 7, 6, 5, 4, 3, 2, 1}) % 11, 0) << text;
  }
  for (const auto& text : texts_of("VATNumberGenerator('GB')")) {
    EXPECT_EQ((sum_of(text.substr(2), {8, 7, 6, 5, 4, 3, 2}) + std::stoi(text.substr(9))) % 97, 0) << text;
  }
  for (const auto& text : texts_of("VATNumberGenerator('SK')")) EXPECT_EQ(std::stoll(text.substr(2)) % 11, 0) << text;
  for (const auto& text : texts_of("VATNumberGenerator('AU')")) {
    std::string digits = text;
    digits[0] = static_cast<char>(digits[0] - 1);
    EXPECT_EQ(sum_of(digits, {10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19}) % 89, 0) << text;
  }
  // All of them end.
  EXPECT_EQ(texts_of("VATNumberGenerator", 5000).size(), 5000U);
}

TEST(Identifiers, AscendWithTheRecords) {
  for (const char* name : {"UUIDv7Generator", "ULIDGenerator"}) {
    const auto texts = texts_of(name, 1000);
    EXPECT_TRUE(std::ranges::is_sorted(texts)) << name;
  }
  for (const auto& text : texts_of("UUIDv7Generator")) {
    EXPECT_EQ(text.substr(0, 9), "019b76da-") << text;  // 2026-01-01
    EXPECT_EQ(text[14], '7');
  }
}

}  // namespace
}  // namespace mimus
