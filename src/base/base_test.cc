#include <fcntl.h>
#include <gtest/gtest.h>

#include <fstream>

#include "base/date_format.h"
#include "base/diagnostic.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/put.h"
#include "base/time.h"

namespace mimus {
namespace {

TEST(Time, RoundTripsOverFourThousandYears) {
  for (std::int64_t day = -719162; day < 1'000'000; day += 997) {
    const Timestamp time{day * kMicrosPerDay + 12'345'678'901};
    EXPECT_EQ(timestamp_from(civil_from(time)), time);
  }
}

TEST(Time, KnowsEveryDayOfEightHundredYears) {
  Civil expected{.year = 1600};
  for (std::int64_t day = days_from_civil(1600, 1, 1); expected.year < 2400; ++day) {
    const Civil civil = civil_day(day);
    ASSERT_EQ(civil.year, expected.year) << day;
    ASSERT_EQ(civil.month, expected.month) << day;
    ASSERT_EQ(civil.day, expected.day) << day;
    if (++expected.day <= days_in_month(expected.year, expected.month)) continue;
    expected.day = 1;
    if (++expected.month <= 12) continue;
    expected.month = 1;
    ++expected.year;
  }
}

TEST(Time, KnowsTheDayOfATimeBeforeTheEpoch) {
  EXPECT_EQ(day_of({-1}), -1);
  EXPECT_EQ(day_of({0}), 0);
  EXPECT_EQ(day_of({-kMicrosPerDay}), -1);
  EXPECT_EQ(day_of({-kMicrosPerDay - 1}), -2);
  EXPECT_EQ(civil_from({-1}).hour, 23);
}

TEST(Put, CopiesTextsOfEverySizeAndNothingBehindThem) {
  std::string text;
  for (std::size_t size = 0; size < 80; ++size) {
    std::string out(size + 1, '#');
    EXPECT_EQ(put(out.data(), text), out.data() + size);
    EXPECT_EQ(out, text + '#');
    text += static_cast<char>('!' + size);
  }
}

TEST(Time, ReadsAndWritesRfc3339) {
  EXPECT_EQ(rfc3339(*parse_rfc3339("2026-01-01T02:30:00+02:30")), "2026-01-01T00:00:00Z");
  EXPECT_EQ(rfc3339(*parse_rfc3339("2026-01-01")), "2026-01-01T00:00:00Z");
  EXPECT_EQ(rfc3339(*parse_rfc3339("2026-01-01T00:00:00.125Z")), "2026-01-01T00:00:00.125Z");
  for (const char* bad : {"", "2026", "2026-13-01", "2026-02-29", "2026-01-01T24:00:00Z", "2026-01-01T00:00:00Zx"}) {
    EXPECT_FALSE(parse_rfc3339(bad)) << bad;
  }
}

TEST(DateFormat, ReadsWhatItDescribes) {
  const auto format = DateFormat::compile("%d.%m.%Y %H:%M");
  ASSERT_TRUE(format);
  const auto time = format->parse("1.2.2024 03:04");
  ASSERT_TRUE(time);
  EXPECT_EQ(rfc3339(*time), "2024-02-01T03:04:00Z");
  for (const char* text : {"", "1.2.2024", "31.2.2024 00:00", "1.2.2024 24:00", "1.2.2024 00:00 ", "x"}) {
    const auto none = format->parse(text);
    ASSERT_FALSE(none) << text;
    EXPECT_EQ(none.error().code, "date.mismatch");
  }
}

TEST(DateFormat, WritesEachCodeAloneAndInTheOrderOfTheStandard) {
  const Timestamp time = *parse_rfc3339("2024-02-09T03:04:05.067Z");
  const auto written = [&](std::string_view format) {
    std::string out;
    DateFormat::compile(format)->append(out, time);
    return out;
  };
  EXPECT_EQ(written("%Y-%m-%d"), "2024-02-09");
  EXPECT_EQ(written("%FT%T"), "2024-02-09T03:04:05");
  EXPECT_EQ(written("%Y-%m-%d-%H:%M:%S:%Y-%m"), "2024-02-09-03:04:05:2024-02");
  EXPECT_EQ(written("%H:%M %Y-%m %d"), "03:04 2024-02 09");
  EXPECT_EQ(written("%A %B %3f %V %G %j"), "Friday February 067 06 2024 040");
  EXPECT_EQ(written("%9f%%%f"), "067000000%067000");
}

TEST(Sha256, MatchesTheStandardsExample) {
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Uuid7, AscendsAndIsCanonical) {
  std::string last;
  for (int i = 0; i < 10'000; ++i) {
    const std::string id = uuid7();
    ASSERT_TRUE(is_uuid(id)) << id;
    ASSERT_EQ(id[14], '7');
    ASSERT_LT(last, id);
    last = id;
  }
}

TEST(Diagnostic, UnderlinesTheColumn) {
  const Diagnostic d{.code = "generator.unknown",
                     .message = "unknown generator 'IntegerGen'",
                     .hint = "did you mean 'IntegerGenerator'?",
                     .where = {"orders.xml", 14, 3, 10},
                     .line_text = "ü IntegerGen"};
  // Columns count bytes: the two-byte letter before the mark takes one place on the terminal.
  EXPECT_EQ(render(Diagnostic{.code = "x", .message = "m\x1b"}), "error: m\\x1b [x]\n");
  EXPECT_NE(render(d).find("orders.xml:14:3: error: unknown generator 'IntegerGen' [generator.unknown]\n"),
            std::string::npos);
  EXPECT_NE(render(d).find("      = did you mean 'IntegerGenerator'?"), std::string::npos);
}

TEST(Suggest, FindsTheNearestOnlyWhenNear) {
  EXPECT_EQ(suggest("genrate", {"setup", "generate"}), "did you mean 'generate'?");
  EXPECT_EQ(suggest("zebra", {"setup", "generate"}), "");
}

TEST(ResolveBelow, RefusesToLeaveTheRoot) {
  const fs::path root = fs::temp_directory_path() / ("mimus-base-test-" + uuid7());
  fs::create_directories(root / "in");
  fs::create_directory_symlink("/etc", root / "link");
  EXPECT_TRUE(resolve_below(root, "in/file.csv"));
  EXPECT_TRUE(resolve_below(root, "in/../file.csv"));
  for (const char* bad : {"../x", "/etc/passwd", "link/passwd", "in/../../x"}) {
    const auto resolved = resolve_below(root, bad);
    ASSERT_FALSE(resolved) << bad;
    EXPECT_EQ(resolved.error().code, "file.outside");
  }
  fs::remove_all(root);
}

TEST(WriteFile, ReplacesWholeOrNotAtAll) {
  const fs::path root = fs::temp_directory_path() / ("mimus-base-test-" + uuid7());
  fs::create_directories(root);
  ASSERT_TRUE(write_file(root / "a", "one", true));
  ASSERT_TRUE(write_file(root / "a", "two"));
  EXPECT_EQ(*read_file(root / "a"), "two");
  EXPECT_EQ(read_file(root / "a", 2).error().code, "file.too_large");
  EXPECT_EQ(read_file(root / "b").error().code, "file.not_found");
  EXPECT_EQ(MappedFile::open(root / "a")->bytes(), "two");
  EXPECT_EQ(std::distance(fs::directory_iterator(root), {}), 1);
  EXPECT_EQ(write_file(root / "none" / "a", "x").error().code, "file.write");
  EXPECT_EQ(MappedFile::open(root).error().code, "file.unreadable");
  EXPECT_EQ(read_file(root).error().code, "file.unreadable");
  fs::remove_all(root);
}

TEST(WriteAll, TellsThatADiskIsFull) {
  const Descriptor full(open("/dev/full", O_WRONLY | O_CLOEXEC));
  ASSERT_TRUE(full);
  const Status status = write_all(full.get(), "x");
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, "file.write");
  EXPECT_TRUE(status.error().message.contains("No space left"));
}

TEST(File, KnowsNamesThatStayBelowAFolder) {
  for (const char* name : {"a", "a b", "a/b/c.d", "ü", "a..b"}) EXPECT_TRUE(is_output_name(name)) << name;
  for (const char* name : {"", "/a", "a/", "a//b", ".", "..", "../a", "a/../b", ".a", "a/.b", "a\\b", "a\nb", "\xff"}) {
    EXPECT_FALSE(is_output_name(name)) << name;
  }
  EXPECT_TRUE(is_output_name(std::string(200, 'x')));
  EXPECT_FALSE(is_output_name(std::string(201, 'x')));
  EXPECT_FALSE(is_output_name("1/2/3/4/5/6/7/8/9/0/1/2/3/4/5/6/7"));
}

}  // namespace
}  // namespace mimus
