#include "pack/pack.h"

#include <gtest/gtest.h>

#include <cstring>
#include <vector>

#include "pack/embedded.h"
#include "pack/pack_writer.h"

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

TEST(PackWriter, WritesWhatIsRead) {
  const PackTables tables{
      {"a/DE", {{"name", std::vector<std::string>{"x", "", "x"}}, {"size", std::vector<std::int64_t>{1, -2, 3}}}},
      {"b", {{"weight", std::vector<double>{0.5}}}}};
  const auto bytes = encode_pack(tables);
  ASSERT_TRUE(bytes);
  EXPECT_EQ(*bytes, *encode_pack(tables));
  const auto pack = Pack::layered(*bytes, nullptr);
  ASSERT_TRUE(pack) << pack.error().message;
  EXPECT_EQ((*pack)->tables(), 2U);
  const PackTable own = (*pack)->table("a/DE");
  EXPECT_EQ(own.rows(), 3U);
  EXPECT_EQ(own.texts("name")[2], "x");
  EXPECT_EQ(own.texts("name")[1], "");
  EXPECT_EQ(own.ints("size")[1], -2);
  EXPECT_EQ((*pack)->table("b").floats("weight")[0], 0.5);
  ASSERT_EQ(own.columns().size(), 2U);
  EXPECT_EQ(own.columns()[1].name, "size");
  EXPECT_EQ(own.columns()[1].type, PackTable::ColumnType::Int);
  EXPECT_EQ(encode_pack({{"a", {{"name", std::vector<std::string>{std::string(65'536, 'x')}}}}}).error().code,
            "pack.text");
}

TEST(PackWriter, LaysOnePackOverTheOther) {
  const auto first = *encode_pack({{"city/DE", {{"name", std::vector<std::string>{"Own"}}}}});
  const auto second = *encode_pack({{"own", {{"name", std::vector<std::string>{"Other"}}}}});
  const auto pack = Pack::layered(second, Pack::layered(first, nullptr).value()).value();
  EXPECT_EQ(pack->table("own").texts("name")[0], "Other");
  EXPECT_EQ(pack->table("city/DE").texts("name")[0], "Own");
  EXPECT_EQ(pack->table("city/AT").texts("name")[0], Pack::built_in().table("city/AT").texts("name")[0]);
  EXPECT_EQ(Dataset(*pack, "de").table("city").rows(), 1U);
  EXPECT_FALSE(pack->has("nothing"));
  EXPECT_EQ(Pack::layered(std::string_view(first).substr(0, first.size() - 1), nullptr).error().code, "pack.invalid");
}

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
