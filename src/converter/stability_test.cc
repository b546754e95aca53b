// What masks must hold: a masked value depends on key and original alone, a part of the rows becomes what it becomes in
// the whole, whatever the form of the column, and nothing is kept from one time to the next.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "base/time.h"
#include "converter/converter.h"

namespace mimus {
namespace {

struct Masked {
  const char* call;
  const char* other_key;  // nullptr: it has none
  std::vector<Value> values;
};

std::vector<Value> names() {
  std::vector<Value> out;
  for (int k = 0; k < 300; ++k) out.emplace_back("Name " + std::to_string(k * k % 97) + " ä");
  return out;
}
std::vector<Value> numbers() {
  std::vector<Value> out;
  for (int k = 0; k < 300; ++k) out.emplace_back(std::int64_t{k} * 37 % 101);
  return out;
}
std::vector<Value> digits() {
  std::vector<Value> out;
  for (int k = 0; k < 300; ++k) out.emplace_back(std::to_string(10'000'000 + k % 120 * 7919));
  return out;
}
std::vector<Value> times() {
  std::vector<Value> out;
  for (int k = 0; k < 300; ++k) out.emplace_back(Timestamp{std::int64_t{k % 150} * 86'400'000'000 * 30});
  return out;
}
std::vector<Value> repeated(std::initializer_list<const char*> texts) {
  std::vector<Value> out;
  for (std::size_t k = 0; k < 300; ++k) out.emplace_back(std::string(texts.begin()[k % texts.size()]));
  return out;
}

// Every converter that hides something.
std::vector<Masked> masks() {
  return {{"Mask", nullptr, names()},
          {"MiddleMask(1, 2)", nullptr, names()},
          {"Prefix(2)", nullptr, names()},
          {"CutLength(6)", nullptr, names()},
          {"Band(5)", nullptr, numbers()},
          {"Round(10)", nullptr, numbers()},
          {"DatePart('quarter')", nullptr, times()},
          {"DateShift(key='k')", "DateShift(key='l')", times()},
          {"Hash('sha256', 'hex', 's')", "Hash('sha256', 'hex', 't')", names()},
          {"JavaHash", nullptr, names()},
          {"Pseudonym(key='k')", "Pseudonym(key='l')", names()},
          {"Tokenize(key='k')", "Tokenize(key='l')", names()},
          {"FormatEncrypt(key='k')", "FormatEncrypt(key='l')", digits()},
          {"IBANMask(key='k')", "IBANMask(key='l')",
           repeated({"DE89370400440532013000", "GB29NWBK60161331926819", "FR1420041010050500013M02606"})},
          {"CardMask(key='k')", "CardMask(key='l')", repeated({"4111111111111111", "5555555555554444"})},
          {"Redact", nullptr, repeated({"Mail ada@example.com", "call +49 30 1234567", "nothing"})}};
}

std::unique_ptr<Converter> made(const char* text) {
  auto converter = make_converter(*parse_call(text));
  EXPECT_TRUE(converter) << text;
  return std::move(*converter);
}

Column flat(const std::vector<Value>& values) {
  const auto held = column_of(values);
  Column out = *held;
  out.owner = held;  // of the texts
  return out;
}
Column dynamic(const std::vector<Value>& values) {
  Column out;
  out.reset(Type::Dynamic, values.size());
  out.values = values;
  return out;
}
Column dictionary(const std::vector<Value>& values) {
  const auto words = column_of(values);
  Column out;
  out.reset(words->type, values.size());
  std::uint32_t* indices = out.make_indices(words);
  for (std::size_t k = 0; k < values.size(); ++k) indices[k] = static_cast<std::uint32_t>(k);
  return out;
}

// As texts, so that 1 and 1.0 are two.
std::vector<std::string> converted(const Converter& converter, Column column, std::uint64_t first = 0,
                                   std::uint64_t seed = 7) {
  const std::size_t count = column.size;
  const auto failure = converter.convert({.first = first, .count = count}, Stream(seed, "mask"), column);
  EXPECT_FALSE(failure) << (failure ? failure->finding.message : "");
  std::vector<std::string> out(count);
  for (std::size_t k = 0; k < count; ++k) append_repr(out[k], value_at(column, k));
  return out;
}

TEST(Masks, DependOnKeyAndOriginalAlone) {
  for (const auto& [call, other_key, values] : masks()) {
    const auto converter = made(call);
    const auto all = converted(*converter, flat(values));
    std::map<std::string, std::string> known;
    std::size_t changed = 0;
    for (std::size_t k = 0; k < values.size(); ++k) {
      std::string original;
      append_repr(original, values[k]);
      EXPECT_EQ(known.try_emplace(original, all[k]).first->second, all[k]) << call << " of " << original;
      if (original != all[k]) ++changed;
    }
    EXPECT_GT(changed, 0U) << call << " hides nothing";
    // Neither the rows nor the run's seed.
    EXPECT_EQ(converted(*converter, flat(values), 1000, 8), all) << call;
    if (other_key == nullptr) continue;
    EXPECT_NE(converted(*made(other_key), flat(values)), all) << other_key;
  }
}

TEST(Masks, GiveForAPartWhatTheyGiveForAll) {
  for (const auto& [call, other_key, values] : masks()) {
    const auto all = converted(*made(call), flat(values));
    for (const auto& [first, count] : {std::pair<std::size_t, std::size_t>{0, 1}, {17, 100}, {299, 1}, {200, 99}}) {
      const std::vector<Value> some(values.begin() + static_cast<std::ptrdiff_t>(first),
                                    values.begin() + static_cast<std::ptrdiff_t>(first + count));
      const std::vector<std::string> wanted(all.begin() + static_cast<std::ptrdiff_t>(first),
                                            all.begin() + static_cast<std::ptrdiff_t>(first + count));
      EXPECT_EQ(converted(*made(call), flat(some), first), wanted) << call;
    }
  }
}

TEST(Masks, DoNotDependOnTheFormOfTheColumnNorOnTheTimeBefore) {
  for (const auto& [call, other_key, values] : masks()) {
    const auto converter = made(call);
    const auto once = converted(*converter, flat(values));
    EXPECT_EQ(converted(*converter, flat(values)), once) << call << " a second time";
    EXPECT_EQ(converted(*converter, dynamic(values)), once) << call << " of single values";
    EXPECT_EQ(converted(*converter, dictionary(values)), once) << call << " of a dictionary";
    EXPECT_EQ(converted(*made(call), flat(values)), once) << call << " made anew";
  }
}

// What has no key is the same when it is done again.
TEST(Masks, ThatCoarsenChangeNothingASecondTime) {
  for (const char* call : {"Mask", "Round(10)", "CutLength(6)", "Prefix(2)", "Redact", "DatePart('quarter')"}) {
    for (const auto& [known, other_key, values] : masks()) {
      if (std::string_view(known) != call) continue;
      Column column = flat(values);
      const auto converter = made(call);
      ASSERT_FALSE(converter->convert({.count = values.size()}, Stream(7), column)) << call;
      std::vector<Value> masked;
      std::vector<std::string> before;
      for (std::size_t k = 0; k < values.size(); ++k) {
        masked.push_back(value_at(column, k));
        append_repr(before.emplace_back(), masked.back());
      }
      if (std::string_view(call) == "DatePart('quarter')") continue;  // a text, of which there is no quarter
      EXPECT_EQ(converted(*converter, flat(masked)), before) << call;
    }
  }
}

// A vault gets what rows hold, once and as it was.
TEST(Vault, GetsTheTokensOfRowsOnly) {
  struct Kept final : Vault {
    Status add(std::string_view token, std::string_view value) override {
      pairs.emplace(token, value);
      return {};
    }
    std::set<std::pair<std::string, std::string>> pairs;
  };
  const auto kept = std::make_shared<Kept>();
  const auto converter = make_converter(*parse_call("Tokenize(key='k', vault='v')"),
                                        {.open_vault = [&](const std::string&) { return kept; }});
  ASSERT_TRUE(converter);
  const auto words = column_of({Value(std::string("Ada")), Value(std::string("Bob")), Value(std::string("Eve"))});
  Column column;
  column.reset(Type::String, 4);
  std::uint32_t* indices = column.make_indices(words);
  indices[0] = indices[3] = 0;
  indices[1] = indices[2] = 1;
  column.make_present()[1] = 0;
  column.make_present()[2] = 0;
  EXPECT_FALSE((*converter)->convert({.count = 4}, Stream(7), column));
  ASSERT_EQ(kept->pairs.size(), 1U);
  EXPECT_EQ(kept->pairs.begin()->first, *value_at(column, 0).as_text());
  EXPECT_EQ(kept->pairs.begin()->second, "Ada");
}

}  // namespace
}  // namespace mimus
