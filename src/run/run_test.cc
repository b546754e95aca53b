#include "run/run.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <thread>

#include "base/file.h"
#include "run/first_records.h"
#include "run/morsel.h"

namespace mimus {
namespace {

// A project folder of its own, removed at the end.
class RunTest : public testing::Test {
 protected:
  RunTest() : folder_(fs::temp_directory_path() / ("run-test-" + std::to_string(getpid()))) {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  ~RunTest() override { fs::remove_all(folder_); }

  void write(const std::string& name, std::string_view text) {
    std::ofstream(folder_ / name, std::ios::binary) << text;
  }
  [[nodiscard]] std::string read(const std::string& name) const {
    std::ostringstream out;
    out << std::ifstream(folder_ / name, std::ios::binary).rdbuf();
    return out.str();
  }
  [[nodiscard]] RunOptions options() const {
    RunOptions out;
    out.descriptor = folder_ / "datamimic.xml";
    out.out = folder_ / "out";
    out.seed = 42;
    out.threads = 1;
    out.capture = true;
    return out;
  }
  [[nodiscard]] std::vector<std::string> names(const fs::path& below) const {
    std::vector<std::string> out;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(below, error)) out.push_back(entry.path().filename().string());
    std::ranges::sort(out);
    return out;
  }

  fs::path folder_;
};

class Quiet : public RunObserver {
 public:
  void progress(const Progress& progress) override {
    EXPECT_GE(progress.fraction, fraction);
    fraction = progress.fraction;
    done = progress.records_done;
  }
  void log(Severity, std::string_view message) override { lines.emplace_back(message); }
  [[nodiscard]] bool cancelled() override { return cancel_after > 0 && ++asked > cancel_after; }

  double fraction = 0;
  std::uint64_t done = 0;
  int asked = 0;
  int cancel_after = 0;
  std::vector<std::string> lines;
};

constexpr const char* kNested = R"xml(<setup>
  <memstore id="mem"/>
  <generate name="g" count="9000" target="CSV, JSON(chunk_size=700), mem">
    <key name="id" generator="IncrementGenerator"/>
    <key name="f" generator="FloatGenerator(min=0, max=9, granularity=0.01)" nullQuota="0.2"/>
    <nestedKey name="l" type="list" minCount="0" maxCount="5">
      <key name="s" generator="StringGenerator"/>
      <nestedKey name="m" type="list" minCount="0" maxCount="2"><key name="u" generator="UUIDGenerator"/></nestedKey>
    </nestedKey>
  </generate>
  <generate name="h" type="g" source="mem" count="12000" cyclic="true" target="JSON"/>
</setup>)xml";

TEST_F(RunTest, RefusesPythonWhereNothingConfinesIt) {
  write(
      "datamimic.xml",
      "<setup><generate name=\"g\" count=\"1\"><key name=\"a\" script=\"re.sub('a', 'b', 'c')\"/></generate></setup>");
  RunOptions refused = options();
  refused.limits.python_allowed = false;
  Quiet observer;
  const auto report = run(refused, observer);
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().front().code, "python.refused");
  EXPECT_TRUE(run(options(), observer));
}

TEST_F(RunTest, GivesTheSameBytesWhenMemstoresGoToAFile) {
  write("datamimic.xml", kNested);
  std::string first;
  for (const std::uint64_t budget : {std::uint64_t{128} << 20U, std::uint64_t{500'000}, std::uint64_t{0}}) {
    fs::remove_all(folder_ / "out");
    RunOptions with = options();
    with.memstore_bytes = budget;
    Quiet observer;
    const auto report = run(with, observer);
    ASSERT_TRUE(report);
    if (first.empty()) first = report->capture;
    EXPECT_TRUE(report->capture == first);
  }
}

TEST_F(RunTest, GivesTheSameBytesForAnyNumberOfThreads) {
  write("datamimic.xml", kNested);
  std::vector<std::string> first;
  for (const int threads : {1, 2, 7}) {
    fs::remove_all(folder_ / "out");
    RunOptions with = options();
    with.threads = threads;
    Quiet observer;
    const auto report = run(with, observer);
    ASSERT_TRUE(report);
    EXPECT_EQ(report->rows, 21'000U);
    EXPECT_EQ(observer.done, 21'000U);
    EXPECT_DOUBLE_EQ(observer.fraction, 1.0);
    std::vector<std::string> all = {report->capture};
    for (const Artifact& artifact : report->artifacts) all.push_back(artifact.name + read("out/" + artifact.name));
    EXPECT_EQ(all.size(), 1U + 1 + 13 + 1);
    if (first.empty()) first = all;
    EXPECT_EQ(all, first) << threads;
  }
}

TEST_F(RunTest, TellsFilesWithTheirRecords) {
  write("datamimic.xml",
        "<setup><generate name='g' count='5' target='JSON(chunk_size=2),CSV'><key name='a' constant='x'/>"
        "</generate></setup>");
  Quiet observer;
  const auto report = run(options(), observer);
  ASSERT_TRUE(report);
  ASSERT_EQ(report->artifacts.size(), 4U);
  EXPECT_EQ(report->artifacts[2].name, "g_2.json");
  EXPECT_EQ(report->artifacts[2].records, 1U);
  EXPECT_EQ(report->artifacts[3].size, read("out/g.csv").size());
  EXPECT_EQ(read("out/g_1.json"), "[\n{\"a\": \"x\"},\n{\"a\": \"x\"}]");
  EXPECT_EQ(names(folder_), (std::vector<std::string>{"datamimic.xml", "out"}));
}

// The failing row is the first in the order of records, although a later one fails in an earlier statement.
TEST_F(RunTest, TheEarliestRowFails) {
  std::string json = "[";
  for (int i = 0; i < 5000; ++i) {
    json += std::string(i > 0 ? "," : "") + R"({"a": )" + (i == 4000 ? "1" : "{}") + R"(, "b": )" +
            (i == 3000 ? "1" : "{}") + "}";
  }
  write("s.json", json + "]");
  write("datamimic.xml",
        "<setup><generate name='ok' count='1' target='JSON'><key name='k' constant='1'/></generate>\n"
        "<generate name='g' source='s.json' distribution='ordered' target='JSON'>\n"
        "<nestedKey name='a'><key name='x' constant='1'/></nestedKey>\n"
        "<nestedKey name='b'><key name='x' constant='1'/></nestedKey>\n"
        "</generate></setup>");
  for (const int threads : {1, 2, 7}) {
    fs::remove_all(folder_ / "out");
    RunOptions with = options();
    with.threads = threads;
    Quiet observer;
    const auto report = run(with, observer);
    ASSERT_FALSE(report);
    ASSERT_EQ(report.error().size(), 1U);
    EXPECT_EQ(report.error()[0].code, "nested.extend");
    EXPECT_EQ(report.error()[0].where.line, 4) << threads;
    EXPECT_EQ(report.error()[0].line_text, "<nestedKey name='b'><key name='x' constant='1'/></nestedKey>");
    EXPECT_EQ(names(folder_ / "out"), std::vector<std::string>{"ok.json"});
    EXPECT_EQ(names(folder_), (std::vector<std::string>{"datamimic.xml", "out", "s.json"}));
  }
}

TEST_F(RunTest, CancelLeavesNothing) {
  write("datamimic.xml",
        "<setup><generate name='g' count='2000000000' target='CSV'><key name='k' constant='1'/></generate></setup>");
  RunOptions with = options();
  with.threads = 2;
  with.capture = false;
  Quiet observer;
  observer.cancel_after = 20;
  const auto report = run(with, observer);
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error()[0].code, "run.cancelled");
  EXPECT_EQ(names(folder_), std::vector<std::string>{"datamimic.xml"});
}

TEST_F(RunTest, KeepsToItsLimits) {
  write("datamimic.xml",
        "<setup><generate name='g' count='100000' target='CSV'><key name='k' constant='1'/></generate></setup>");
  RunOptions with = options();
  with.limits.bytes = 10'000;
  Quiet observer;
  auto report = run(with, observer);
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error()[0].code, "task.limit");
  EXPECT_EQ(names(folder_), std::vector<std::string>{"datamimic.xml"});

  write("datamimic.xml",
        "<setup><generate name='g' count='100' target='JSON(chunk_size=1)'><key name='k' "
        "constant='1'/></generate></setup>");
  with = options();
  with.limits.files = 99;
  report = run(with, observer);
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error()[0].code, "task.limit");
  EXPECT_EQ(names(folder_ / "out"), std::vector<std::string>{});
}

TEST_F(RunTest, CountsComeFromNamesAndAreMultiplied) {
  write("datamimic.xml",
        "<setup><variable name='n' constant='3'/><variable name='own' constant='1'/>"
        "<generate name='g' count='{n}'><key name='k' constant='1'/></generate>"
        "<generate name='h' count='{given}'><key name='k' constant='1'/></generate>"
        "<generate name='o' count='{own}'><key name='k' constant='1'/></generate>"
        "<generate name='f' count='3'><key name='k' constant='1'/></generate></setup>");
  RunOptions with = options();
  with.parameters = {{"given", std::int64_t{2}}, {"own", std::string("4")}};
  with.count_factor = 1.5;
  Quiet observer;
  const auto report = run(with, observer);
  ASSERT_TRUE(report) << report.error()[0].message;
  EXPECT_EQ(report->rows, 3U + 2 + 4 + 5);
}

TEST_F(RunTest, NestedCountsComeFromFieldsAndVariables) {
  write("datamimic.xml",
        "<setup><generate name='g' count='2'><variable name='v' values='2'/><key name='k' "
        "generator='IncrementGenerator'/>"
        "<nestedKey name='a' type='list' count='{k}'><key name='i' generator='IncrementGenerator'/>"
        "<nestedKey name='c' type='list' count='{a.i}'/></nestedKey>"
        "<nestedKey name='b' type='list' count='{v}'/></generate></setup>");
  Quiet observer;
  const auto report = run(options(), observer);
  ASSERT_TRUE(report) << report.error()[0].message;
  EXPECT_EQ(report->capture, R"({"g": [{"k": 1, "a": [{"i": 1, "c": [{}]}], "b": [{}, {}]}, )"
                             R"({"k": 2, "a": [{"i": 1, "c": [{}]}, {"i": 2, "c": [{}, {}]}], "b": [{}, {}]}]})");
}

TEST_F(RunTest, ACounterWithAnEndLeavesOutWhatFollowsInALongerList) {
  write("datamimic.xml",
        "<setup><generate name='g' count='5'><key name='k' generator='IncrementGenerator(start=1, end=3)'/>"
        "<nestedKey name='l' type='list' count='3'><key name='a' constant='x'/>"
        "<key name='i' generator='IncrementGenerator(start=1, end=3)'/><key name='z' "
        "constant='y'/></nestedKey></generate></setup>");
  Quiet observer;
  const auto report = run(options(), observer);
  ASSERT_TRUE(report);
  const std::string list = R"("l": [{"a": "x", "i": 1, "z": "y"}, {"a": "x", "i": 2, "z": "y"}, {"a": "x"}])";
  EXPECT_EQ(report->capture, R"({"g": [{"k": 1, )" + list + R"(}, {"k": 2, )" + list + "}]}");
}

TEST_F(RunTest, RefusesNamesThatAreNoFiles) {
  write("datamimic.xml",
        "<setup><generate name='../g' count='1' target='JSON'><key name='k' constant='1'/></generate></setup>");
  Quiet observer;
  const auto report = run(options(), observer);
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error()[0].code, "target.file_name");
  EXPECT_EQ(names(folder_), std::vector<std::string>{"datamimic.xml"});
}

TEST_F(RunTest, AListTooLongIsAFinding) {
  write("datamimic.xml",
        "<setup><generate name='g' count='1'><nestedKey name='l' type='list' count='5000000000'/></generate></setup>");
  Quiet observer;
  const auto report = run(options(), observer);
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error()[0].code, "nested.too_many");
}

TEST(DrawSeed, IsInTheRangeOfEveryClient) {
  for (int i = 0; i < 1000; ++i) EXPECT_LT(draw_seed(), std::uint64_t{1} << 53U);
  EXPECT_NE(draw_seed(), draw_seed());
}

TEST(MorselQueue, WritesInOrderWhateverTheOrderOfResults) {
  constexpr std::uint64_t kRows = 100'000;
  MorselQueue queue(kRows, 100, 8);
  std::uint64_t next = 0;
  std::vector<std::jthread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      while (const auto morsel = queue.take()) {
        MorselResult result;
        ProductPieces& pieces = result.products.emplace_back();
        pieces.records = morsel->count;
        pieces.targets.resize(1);
        pieces.targets[0].bytes.append(std::string(morsel->count * 100, 'x'));
        const std::uint64_t first = morsel->first;
        pieces.capture.append(std::to_string(first));
        queue.deliver(*morsel, std::move(result), [&](MorselResult& written) {
          EXPECT_EQ(written.products[0].capture.view(), std::to_string(next));
          next += written.products[0].records;
          return true;
        });
      }
    });
  }
  threads.clear();
  EXPECT_EQ(next, kRows);
}

TEST(MorselQueue, WritesNothingAfterAFailure) {
  MorselQueue queue(1000, 10, 8);
  int written = 0;
  while (const auto morsel = queue.take()) {
    queue.deliver(*morsel, {}, [&](MorselResult&) { return ++written < 3; });
  }
  EXPECT_EQ(written, 3);
}

TEST(MorselQueue, WritesPartsInTheOrderOfTheirMorsels) {
  MorselQueue queue(40, 1, 100);
  std::vector<std::uint64_t> order;
  std::vector<std::jthread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      while (const auto morsel = queue.take()) {
        for (int part = 0; part < 3; ++part) {
          MorselResult result;
          EXPECT_TRUE(queue.deliver_part(*morsel, result, [&](MorselResult&) {
            order.push_back(morsel->number);
            return true;
          }));
        }
        queue.deliver(*morsel, {}, [](MorselResult&) { return true; });
      }
    });
  }
  threads.clear();
  EXPECT_EQ(order.size(), 120U);
  EXPECT_TRUE(std::ranges::is_sorted(order));
}

TEST(FirstRecords, TheFirstMorselThatHasRecordsBinds) {
  FirstRecords first(1);
  std::vector<std::uint64_t> bound;
  std::jthread later([&] { first.meet(0, 2, [&] { bound.push_back(2); }); });
  first.pass(0);
  first.meet(0, 1, [&] { bound.push_back(1); });
  first.pass(1);
  later.join();
  first.meet(0, 3, [&] { bound.push_back(3); });
  EXPECT_EQ(bound, std::vector<std::uint64_t>{1});
}

// Memory for one record with very many inner records: they are written before the record is complete.
TEST_F(RunTest, ManyInnerRecordsAreWrittenInParts) {
  write("datamimic.xml", R"(<setup><generate name="o" count="2"><key name="i" generator="IncrementGenerator"/>
    <generate name="n" count="70000" target="CSV"><key name="k" generator="IncrementGenerator"/>
    <generate name="m" count="3" target="CSV"><key name="j" script="n.k * 10 + i"/></generate></generate>
    <key name="x" values="1,2"/></generate></setup>)");
  std::vector<std::string> files;
  for (const int threads : {1, 2, 7}) {
    RunOptions asked = options();
    asked.threads = threads;
    asked.capture = false;
    asked.out = folder_ / ("out" + std::to_string(threads));
    Quiet observer;
    const auto report = run(asked, observer);
    ASSERT_TRUE(report);
    ASSERT_EQ(report->artifacts.size(), 2U);
    EXPECT_EQ(report->artifacts[0].records, 420'000U);
    EXPECT_EQ(report->artifacts[1].records, 140'000U);
    files.push_back(read("out" + std::to_string(threads) + "/m.csv") +
                    read("out" + std::to_string(threads) + "/n.csv"));
  }
  EXPECT_EQ(files[0], files[1]);
  EXPECT_EQ(files[0], files[2]);
}

// What a target finds at the end is a warning with a place, or keeps the files of all targets beside it away.
TEST_F(RunTest, SmallGroupsWarnOrKeepFilesAway) {
  const auto descriptor = [](const char* violation) {
    return std::string(
               R"(<setup><generate name="o" count="4000" target="CSV, KAnonymity(columns=['a'], k=2001, violation=')") +
           violation +
           R"x(')"><variable name="i" generator="IncrementGenerator"/><key name="a" script="i % 2"/></generate></setup>)x";
  };
  for (const int threads : {1, 3}) {
    RunOptions asked = options();
    asked.threads = threads;
    Quiet observer;
    write("datamimic.xml", descriptor("warn"));
    const auto warned = run(asked, observer);
    ASSERT_TRUE(warned);
    ASSERT_EQ(warned->warnings.size(), 1U);
    EXPECT_EQ(warned->warnings[0].code, "anonymity.groups");
    EXPECT_EQ(warned->warnings[0].where.line, 1);
    EXPECT_EQ(names(asked.out), (std::vector<std::string>{"o.csv", "o.k-anonymity.json"}));
    fs::remove_all(asked.out);
    Quiet other;
    write("datamimic.xml", descriptor("fail"));
    const auto failed = run(asked, other);
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error()[0].code, "anonymity.groups");
    EXPECT_TRUE(names(asked.out).empty());
  }
}

// What a preview shows, a line each: "name: records (+ when there are more)".
std::string preview_of(RunOptions options, std::uint64_t rows, std::uint64_t bytes = 10U << 20U) {
  std::string out;
  options.capture = false;
  options.preview = PreviewOptions{.rows = rows, .bytes = bytes, .show = [&](const PreviewedProduct& product) {
                                     out += product.name + ": " + product.records + (product.truncated ? " +\n" : "\n");
                                   }};
  Quiet quiet;
  const auto report = run(options, quiet);
  if (!report) out += report.error().front().code + "\n";
  EXPECT_FALSE(fs::exists(options.out) && !fs::is_empty(options.out));
  return out;
}

TEST_F(RunTest, PreviewShowsTheFirstRecordsOfTheWholeRun) {
  write(
      "datamimic.xml",
      R"xml(<setup><generate name="g" count="3000" target="CSV,LogExporter"><key name="u" type="string" unique="true"/>
        <key name="r" generator="IntegerGenerator(min=1, max=1000000)"/>
        <generate name="i" count="3" target="JSON"><key name="n" generator="IncrementGenerator"/></generate>
        </generate></setup>)xml");
  Quiet quiet;
  const auto whole = run(options(), quiet);
  ASSERT_TRUE(whole);
  fs::remove_all(folder_ / "out");
  const std::string shown = preview_of(options(), 2);
  // {"i": […], "g": […]}: the first two of each.
  const auto records_of = [&](const std::string& name) {
    const std::size_t begin = whole->capture.find("\"" + name + "\": [") + name.size() + 5;
    const std::size_t second = whole->capture.find("}, {", begin);
    return whole->capture.substr(begin, whole->capture.find('}', second + 1) + 1 - begin);
  };
  EXPECT_EQ(shown, "i: " + records_of("i") + " +\ng: " + records_of("g") + " +\n");
}

TEST_F(RunTest, PreviewSaysWhetherThereIsMore) {
  write("datamimic.xml",
        R"xml(<setup><generate name="two" count="2"><key name="k" constant="a"/></generate>
        <generate name="none" count="0"><key name="k" constant="b"/></generate>
        <generate name="three" count="3"><key name="k" constant="c"/>
          <generate name="most" count="2000000000"><key name="n" generator="IncrementGenerator"/></generate></generate>
        </setup>)xml");
  EXPECT_EQ(preview_of(options(), 2),
            "two: {\"k\": \"a\"}, {\"k\": \"a\"}\nnone: \nmost: {\"n\": 1}, {\"n\": 2} +\n"
            "three: {\"k\": \"c\"}, {\"k\": \"c\"} +\n");
  EXPECT_EQ(preview_of(options(), 3, 30), "two: {\"k\": \"a\"}, {\"k\": \"a\"}\nnone: \nmost:  +\nthree:  +\n");
}

TEST_F(RunTest, PreviewKeepsWhatALaterStatementReads) {
  write(
      "datamimic.xml",
      R"xml(<setup><generate name="g" count="1"><generate name="i" count="50"><key name="n" generator="IncrementGenerator"/></generate>
        <key name="all" script="len(i)"/></generate></setup>)xml");
  EXPECT_EQ(preview_of(options(), 1), "i: {\"n\": 1} +\ng: {\"all\": 50}\n");
}

TEST_F(RunTest, PreviewShowsWhatStandsBeforeAMistake) {
  write("datamimic.xml",
        R"xml(<setup><generate name="a" count="1"><key name="k" constant="a"/></generate>
        <generate name="b" count="5"><key name="i" generator="IncrementGenerator"/>
        <key name="k" script="1 // (2 - i)"/></generate></setup>)xml");
  EXPECT_EQ(preview_of(options(), 5), "a: {\"k\": \"a\"}\nb: {\"i\": 1, \"k\": 1}\nscript.zero_division\n");
}

}  // namespace
}  // namespace mimus
