#include "run/product_statistics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "run/run.h"

namespace mimus {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::Pair;

class Silent : public RunObserver {
 public:
  void progress(const Progress&) override {}
  void log(Severity, std::string_view) override {}
  [[nodiscard]] bool cancelled() override { return false; }
};

// A project folder of its own, removed at the end.
class ProductStatisticsTest : public testing::Test {
 protected:
  ProductStatisticsTest() : folder_(fs::temp_directory_path() / ("statistics-test-" + std::to_string(getpid()))) {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  ~ProductStatisticsTest() override { fs::remove_all(folder_); }

  void write(const std::string& name, std::string_view text) const { std::ofstream(folder_ / name) << text; }

  [[nodiscard]] std::vector<statistics::ProductStatistics> run(int threads, bool statistics = true) const {
    fs::remove_all(folder_ / "out");
    Silent observer;
    const auto report = mimus::run({.descriptor = folder_ / "datamimic.xml",
                                    .root = {},
                                    .out = folder_ / "out",
                                    .seed = 42,
                                    .threads = threads,
                                    .statistics = statistics},
                                   observer);
    EXPECT_TRUE(report) << report.error().front().message;
    return report ? report->statistics : std::vector<statistics::ProductStatistics>();
  }

  [[nodiscard]] std::vector<std::pair<std::string, std::uint64_t>> records() const {
    std::vector<std::pair<std::string, std::uint64_t>> out;
    for (const auto& product : run(2)) out.emplace_back(product.name, product.records);
    return out;
  }

  fs::path folder_;
};

// More records than a sample keeps, of inner generates too, whose number is not known beforehand.
constexpr const char* kLarge = R"xml(<setup>
  <generate name="outer" count="150000" target="CSV">
    <key name="id" generator="IncrementGenerator"/>
    <key name="some" generator="IntegerGenerator(max=50)" condition="id % 3 == 0"/>
    <key name="mixed" script="id if id % 2 == 0 else str(id)"/>
    <nestedKey name="list" type="list" minCount="0" maxCount="3"><key name="v" pattern="[a-z]{2}"/></nestedKey>
    <variable name="n" script="id % 4"/>
    <generate name="inner" count="{n}" target="CSV">
      <key name="price" generator="FloatGenerator(min=0, max=99, granularity=0.01)"/>
    </generate>
  </generate>
</setup>)xml";

TEST_F(ProductStatisticsTest, AreTheSameForAnyNumberOfThreads) {
  write("datamimic.xml", kLarge);
  const std::string one = statistics::statistics_json(run(1));
  EXPECT_THAT(one, testing::HasSubstr(R"("name":"inner","records":225000)"));
  EXPECT_THAT(one, testing::HasSubstr(R"("sampled":true)"));
  EXPECT_TRUE(statistics::statistics_json(run(2)) == one);
  EXPECT_TRUE(statistics::statistics_json(run(7)) == one);
}

TEST_F(ProductStatisticsTest, AreOfWhatGoesToOthers) {
  write("datamimic.xml", R"xml(<setup><memstore id="mem"/>
    <generate name="kept" count="3" target="mem"><key name="i" generator="IncrementGenerator"/></generate>
    <generate name="g" source="kept.csv" target="CSV"/>
    <generate name="g" count="2" target="JSON, mem"><key name="a" constant="x"/></generate>
    <generate name="nowhere" count="5"><key name="a" constant="x"/></generate>
  </setup>)xml");
  write("kept.csv", "n\n1\n2\n3\n4\n");
  EXPECT_THAT(records(), ElementsAre(Pair("g", 4), Pair("g_1", 2)));
  EXPECT_TRUE(run(1, false).empty());
}

TEST_F(ProductStatisticsTest, TakeAnIncludedDescriptorForOneProduct) {
  write("datamimic.xml", R"xml(<setup>
    <generate name="order" count="20" target="CSV">
      <key name="n" generator="IncrementGenerator"/>
      <include uri="lines.xml"/>
    </generate></setup>)xml");
  write("lines.xml", R"xml(<setup>
    <generate name="line" count="{n}" target="CSV"><key name="i" generator="IncrementGenerator"/></generate></setup>)xml");
  EXPECT_THAT(records(), ElementsAre(Pair("order", 20), Pair("line", 210)));
}

}  // namespace
}  // namespace mimus
