#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <numeric>
#include <vector>

#include "random/alias.h"
#include "random/path.h"
#include "random/permutation.h"
#include "random/philox.h"

namespace mimus {
namespace {

using Block = std::array<std::uint32_t, 4>;

// The known answers distributed with the paper's reference implementation (Random123, kat_vectors).
TEST(Philox, MatchesTheKnownAnswers) {
  EXPECT_EQ(philox_block({0, 0, 0, 0}, {0, 0}), (Block{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  constexpr std::uint32_t kOnes = 0xffffffff;
  EXPECT_EQ(philox_block({kOnes, kOnes, kOnes, kOnes}, {kOnes, kOnes}),
            (Block{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(philox_block({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
            (Block{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(Stream, CounterLayoutIsFixed) {
  const Stream stream(0x299f31d0a4093822);
  const Row row{0x85a308d3243f6a88, 0x13198a2e};
  EXPECT_EQ(stream.draw(row, 0x03707344U * 2), 0x94fdccebd16cfe09U);
  EXPECT_EQ(stream.draw(row, 0x03707344U * 2 + 1), 0x24126ea15001e420U);
}

// Changing this changes the data of every user.
TEST(Stream, KeysAreFixed) {
  const Path path = Path().child("generate", "orders", 0).child("key", "price", 1);
  EXPECT_EQ(path.text(), "8:generate6:orders#0/3:key5:price#1/");
  EXPECT_EQ(Stream(42, path.text()).key(), 13766063884405375168U);
  EXPECT_EQ(Stream(42, path.text()).sub("?null").key(), 7936168637042864682U);
}

class Kernels : public testing::TestWithParam<PhiloxKernel> {
 protected:
  ~Kernels() override { use_kernel(best_kernel()); }
};

TEST_P(Kernels, GiveTheBitsOfTheScalarDraw) {
  use_kernel(GetParam());
  const Stream stream(7, "x");
  std::vector<std::uint64_t> roots(101), low(101), high(101), single(101);
  std::vector<std::uint32_t> ordinals(101);
  for (std::size_t k = 0; k < 101; ++k) {
    roots[k] = k * 0x123456789abcdefU;
    ordinals[k] = static_cast<std::uint32_t>(k * 77777777U);
  }
  const Rows cases[] = {{.first = 0xfffffff0, .count = 101},
                        {.count = 101, .roots = roots.data(), .ordinals = ordinals.data()},
                        {.first = 3, .count = 5}};
  for (const Rows& rows : cases) {
    stream.fill_block(rows, 5, low.data(), high.data());
    stream.fill(rows, 11, single.data());
    for (std::size_t k = 0; k < rows.count; ++k) {
      ASSERT_EQ(low[k], stream.draw(rows[k], 10));
      ASSERT_EQ(high[k], stream.draw(rows[k], 11));
      ASSERT_EQ(single[k], high[k]);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(All, Kernels, testing::Values(PhiloxKernel::Scalar, PhiloxKernel::Avx2, PhiloxKernel::Avx512));

TEST(Bounded, IsUniform) {
  const Stream stream(1, "chi");
  std::array<double, 62> counts{};
  constexpr int kDraws = 620'000;
  for (std::uint64_t i = 0; i < kDraws; ++i) ++counts[bounded(stream.draw({i, 0}), counts.size())];
  double chi = 0;
  for (const double count : counts) chi += (count - 10'000) * (count - 10'000) / 10'000;
  EXPECT_LT(chi, 112.3);  // 61 degrees of freedom, p = 1e-4
}

class Permutations : public testing::TestWithParam<std::uint64_t> {};

TEST_P(Permutations, AreBijectionsThatDependOnThePass) {
  const std::uint64_t n = GetParam();
  const Permutation first(Stream(9, "p"), {0, 0}, n), second(Stream(9, "p"), {1, 0}, n);
  std::vector<bool> seen(n);
  std::uint64_t same = 0, fixed = 0;
  for (std::uint64_t i = 0; i < n; ++i) {
    const std::uint64_t to = first(i);
    ASSERT_LT(to, n);
    ASSERT_FALSE(seen[to]);
    seen[to] = true;
    same += to == second(i) ? 1 : 0;
    fixed += to == i ? 1 : 0;
  }
  if (n > 100) {
    EXPECT_LT(same, 12U);
    EXPECT_LT(fixed, 12U);
  }
}

INSTANTIATE_TEST_SUITE_P(Sizes, Permutations, testing::Values(1, 2, 3, 1000, 4096, 4097, 10'007, 65'536, 100'000));

// Neighbours must not stay neighbours: the differences of consecutive images spread over the whole range.
TEST(Permutation, ScattersNeighbours) {
  constexpr std::uint64_t kSize = 1'000'000;
  const Permutation permutation(Stream(3, "q"), {0, 0}, kSize);
  std::array<double, 10> counts{};
  for (std::uint64_t i = 0; i < 100'000; ++i) {
    const std::uint64_t step = (permutation(i + 1) + kSize - permutation(i)) % kSize;
    ++counts[step * 10 / kSize];
  }
  double chi = 0;
  for (const double count : counts) chi += (count - 10'000) * (count - 10'000) / 10'000;
  EXPECT_LT(chi, 33.7);  // 9 degrees of freedom, p = 1e-4
}

TEST(AliasTable, DrawsByWeight) {
  const std::array<double, 4> weights{1, 0, 3, 6};
  const AliasTable table(weights);
  const Stream stream(5, "alias");
  std::array<double, 4> counts{};
  for (std::uint64_t i = 0; i < 100'000; ++i) ++counts[table.pick(stream.draw({i, 0}))];
  EXPECT_EQ(counts[1], 0);
  EXPECT_NEAR(counts[0], 10'000, 400);
  EXPECT_NEAR(counts[2], 30'000, 700);
  EXPECT_NEAR(counts[3], 60'000, 800);
}

}  // namespace
}  // namespace mimus
