#include "converter/ff1.h"

#include <gtest/gtest.h>

#include "converter/secret.h"

namespace mimus {
namespace {

constexpr std::string_view kAlphabet = "0123456789abcdefghijklmnopqrstuvwxyz";

std::string crypted(const std::string& key, const std::string& tweak, std::uint32_t radix, std::string_view text,
                    bool forward) {
  auto cipher = Ff1::make(*key_of("hex:" + key), tweak, radix);
  EXPECT_TRUE(cipher);
  std::vector<std::uint16_t> numerals;
  for (const char c : text) numerals.push_back(static_cast<std::uint16_t>(kAlphabet.find(c)));
  EXPECT_TRUE(forward ? cipher->encrypt(numerals) : cipher->decrypt(numerals));
  std::string out;
  for (const std::uint16_t numeral : numerals) out += kAlphabet[numeral];
  return out;
}

// "FF1samples.pdf" of NIST, samples 1 to 9.
TEST(Ff1, GivesTheSamplesOfTheStandard) {
  const std::string key128 = "2B7E151628AED2A6ABF7158809CF4F3C";
  const std::string key192 = key128 + "EF4359D8D580AA4F";
  const std::string key256 = key192 + "7F036D6F04FC6A94";
  const std::string tweak10 = "9876543210";
  const std::string tweak36 = "7777pqrs777";
  const std::string digits = "0123456789";
  const std::string letters = "0123456789abcdefghi";
  struct Sample {
    std::string key, tweak;
    std::uint32_t radix;
    std::string from, to;
  };
  for (const Sample& sample : {Sample{key128, "", 10, digits, "2433477484"},
                               {key128, tweak10, 10, digits, "6124200773"},
                               {key128, tweak36, 36, letters, "a9tv40mll9kdu509eum"},
                               {key192, "", 10, digits, "2830668132"},
                               {key192, tweak10, 10, digits, "2496655549"},
                               {key192, tweak36, 36, letters, "xbj3kv35jrawxv32ysr"},
                               {key256, "", 10, digits, "6657667009"},
                               {key256, tweak10, 10, digits, "1001623463"},
                               {key256, tweak36, 36, letters, "xs8a0azh2avyalyzuwd"}}) {
    EXPECT_EQ(crypted(sample.key, sample.tweak, sample.radix, sample.from, true), sample.to);
    EXPECT_EQ(crypted(sample.key, sample.tweak, sample.radix, sample.to, false), sample.from);
  }
}

// Halves of more digits than a machine word holds, and tweaks of more than a block: with the results of an arithmetic
// of big numbers throughout, which gave the samples of the standard too.
TEST(Ff1, EncryptsLongTextsAndByLongTweaks) {
  const std::string key = "2B7E151628AED2A6ABF7158809CF4F3C";
  const std::string tweak = "a tweak of more than sixteen bytes, of thirty and more";
  const std::string digits = "123456789012345678901234567890123456789012345678901234567890";
  struct Sample {
    std::string tweak, from, to;
  };
  for (const Sample& sample : {Sample{"", digits, "404443480395098826712616234268193510431075361749069455990238"},
                               {tweak, digits, "555728443469251094664972870759653857385330168778682436183173"},
                               {tweak, "1234567890123456", "3919629287393377"},
                               {"seven..", digits.substr(0, 40), "1981454468972203834545414934226474893667"}}) {
    EXPECT_EQ(crypted(key, sample.tweak, 10, sample.from, true), sample.to);
    EXPECT_EQ(crypted(key, sample.tweak, 10, sample.to, false), sample.from);
  }
}

TEST(Ff1, KnowsWhichLengthsItTakes) {
  const auto cipher = Ff1::make(std::string(16, 'k'), "", 10);
  EXPECT_FALSE(cipher->takes_length(5));
  EXPECT_TRUE(cipher->takes_length(6));
  EXPECT_FALSE(cipher->takes_length(257));
  EXPECT_FALSE(Ff1::make("short", "", 10));
  EXPECT_FALSE(Ff1::make(std::string(16, 'k'), "", 1));
}

}  // namespace
}  // namespace mimus
