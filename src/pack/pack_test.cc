#include "pack/pack.h"

#include <gtest/gtest.h>

#include <cstring>
#include <vector>

#include "pack/embedded.h"

namespace mimus {
namespace {

// Aligned as a pack must be.
struct Bytes {
  std::vector<std::uint64_t> words;
  std::size_t size = 0;
  explicit Bytes(std::string_view text) : words(text.size() / 8 + 1), size(text.size()) {
    std::memcpy(words.data(), text.data(), size);
  }
  [[nodiscard]] char* data() { return reinterpret_cast<char*>(words.data()); }
  [[nodiscard]] std::string_view view() { return {data(), size}; }
};

TEST(Pack, OfTheProgramIsRightInEveryCell) {
  const auto pack = Pack::open(embedded_pack());
  ASSERT_TRUE(pack) << pack.error().message;
  EXPECT_GT(pack->tables(), 500U);
}

TEST(Pack, KnowsItsTablesAndColumns) {
  const Pack& pack = Pack::built_in();
  const PackTable cities = pack.table("city/DE");
  EXPECT_EQ(cities.texts("name")[0], "Berlin");
  EXPECT_EQ(cities.texts("state")[0], "BE");
  EXPECT_GT(cities.ints("population")[0], 3'000'000);
  EXPECT_NEAR(cities.floats("latitude")[0], 52.5, 0.1);
  EXPECT_EQ(cities.texts("population").size(), 0U);
  EXPECT_EQ(cities.ints("name").size(), 0U);
  EXPECT_EQ(cities.texts("nothing").size(), 0U);
  EXPECT_FALSE(pack.has("nothing"));
  EXPECT_EQ(pack.table("nothing").rows(), 0U);
  EXPECT_EQ(pack.table("nothing").texts("name").size(), 0U);
}

TEST(Pack, RefusesWhatIsDamaged) {
  const std::string_view whole = embedded_pack();
  EXPECT_EQ(Pack::open("").error().code, "pack.invalid");
  EXPECT_EQ(Pack::open("no pack at all").error().code, "pack.invalid");
  EXPECT_FALSE(Pack::open(Bytes(whole.substr(0, whole.size() - 1)).view()));
  // Header and directory, a word set to nonsense at a time: refused, or harmless.
  for (std::size_t at = 0; at < 4096; at += 4) {
    Bytes damaged(whole.substr(0, whole.size()));
    const std::uint32_t nonsense = 0xFFFFFFF0;
    std::memcpy(damaged.data() + at, &nonsense, sizeof nonsense);
    const auto pack = Pack::open(damaged.view());
    EXPECT_FALSE(pack) << at;
    if (at > 160) at += 400;
  }
}

TEST(Dataset, TakesFromItsLanguageFromAllAndFromTheUnitedStates) {
  const Pack& pack = Pack::built_in();
  const Dataset austria(pack, "at");
  EXPECT_EQ(austria.code(), "AT");
  EXPECT_EQ(austria.language(), "de");
  EXPECT_TRUE(austria.is_known());
  EXPECT_EQ(austria.table("city").texts("name")[0], "Wien");
  EXPECT_EQ(austria.table("salutation").texts("female")[0], "Frau");
  EXPECT_GT(austria.table("company_start").rows(), 10U);
  const Dataset nowhere(pack, "XX");
  EXPECT_FALSE(nowhere.is_known());
  EXPECT_EQ(nowhere.table("city").texts("state_name")[0], "New York");
}

}  // namespace
}  // namespace mimus
