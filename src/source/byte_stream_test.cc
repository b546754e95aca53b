#include "source/byte_stream.h"

#include <gtest/gtest.h>
#include <zlib.h>
#include <zstd.h>

#include "source/source_text.h"
#include "source/test_files.h"
#include "source/xml.h"

namespace mimus {
namespace {

std::string gzip(std::string_view text) {
  z_stream state = {};
  EXPECT_EQ(deflateInit2(&state, 9, Z_DEFLATED, 16 + MAX_WBITS, 9, Z_DEFAULT_STRATEGY), Z_OK);
  std::string out(deflateBound(&state, text.size()), 0);
  state.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  state.avail_in = static_cast<uInt>(text.size());
  state.next_out = reinterpret_cast<Bytef*>(out.data());
  state.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(deflate(&state, Z_FINISH), Z_STREAM_END);
  out.resize(out.size() - state.avail_out);
  deflateEnd(&state);
  return out;
}

std::string zstd(std::string_view text) {
  std::string out(ZSTD_compressBound(text.size()), 0);
  const std::size_t size = ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 3);
  EXPECT_FALSE(ZSTD_isError(size));
  out.resize(size);
  return out;
}

class Compressed : public testing::Test {
 protected:
  std::string read(const std::string& name, std::string_view bytes, const FileOptions& options = {}) {
    const auto text = open_text(files_.write(name, bytes), options, name);
    if (!text) return text.error().code;
    if (!(*text)->map()) return "not mapped";
    return std::string((*text)->view());
  }
  Files files_;
};

TEST_F(Compressed, ReadsGzipAndZstd) {
  std::string text;
  for (std::uint64_t i = 0; i < 300'000; ++i) text += std::to_string(i * 7919) + "\n";
  EXPECT_TRUE(read("a.csv.gz", gzip(text)) == text);
  EXPECT_TRUE(read("a.csv.zst", zstd(text)) == text);
  EXPECT_EQ(read("a.csv.gz", gzip("one,") + gzip("two")), "one,two");
  EXPECT_EQ(read("a.csv.zst", zstd("one,") + zstd("two")), "one,two");
  EXPECT_EQ(read("a.csv.gz", gzip("")), "");
  EXPECT_EQ(read("a.csv.zst", zstd("")), "");
  EXPECT_EQ(read("a.csv.gz", gzip("\xEF\xBB\xBFM\xC3\xBCller")), "Müller");
  EXPECT_EQ(read("a.csv.zst", zstd("M\xFCller")), "Müller");
}

TEST_F(Compressed, TextsBeyondTheLimitGoToAFile) {
  std::string text;
  for (int i = 0; i < 400'000; ++i) text += std::to_string(i) + "\xFC\n";
  FileOptions options{.load_bytes = 1000, .work_folder = files_.folder() / "work"};
  const auto opened = open_text(files_.write("a.csv.gz", gzip(text)), options, "a.csv.gz");
  ASSERT_TRUE(opened);
  EXPECT_TRUE((*opened)->is_large());
  EXPECT_EQ((*opened)->size(), text.size() + 400'000);
  char bytes[5];
  ASSERT_TRUE((*opened)->read_at(4, bytes));
  EXPECT_EQ(std::string_view(bytes, 5), "1ü\n2");
  EXPECT_FALSE((*opened)->read_at((*opened)->size() - 4, bytes));
  EXPECT_TRUE(fs::is_empty(options.work_folder));
}

TEST_F(Compressed, RefusesWhatIsDamaged) {
  const std::string text(100'000, 'x');
  for (const auto& [name, bytes] : {std::pair("a.csv.gz", gzip(text)), std::pair("a.csv.zst", zstd(text))}) {
    EXPECT_EQ(read(name, ""), "source.compressed");
    EXPECT_EQ(read(name, "plain text"), "source.compressed");
    EXPECT_EQ(read(name, std::string_view(bytes).substr(0, bytes.size() - 3)), "source.compressed");
    EXPECT_EQ(read(name, bytes + "rubbish"), "source.compressed");
  }
  std::string damaged = gzip("some text that is long enough");
  damaged[damaged.size() - 6] ^= 1;
  EXPECT_EQ(read("a.csv.gz", damaged), "source.compressed");
}

TEST_F(Compressed, RefusesWhatIsTooLarge) {
  const std::string text(100'000, 'x');
  EXPECT_EQ(read("a.csv.gz", gzip(text), {.max_bytes = 99'999}), "source.too_large");
  EXPECT_EQ(read("a.csv.zst", zstd(text), {.max_bytes = 99'999}), "source.too_large");
  EXPECT_EQ(read("a.csv", text, {.max_bytes = 99'999}), "source.too_large");
  EXPECT_EQ(read("a.csv", text, {.max_bytes = 100'000}), text);
  // 128 MiB of zeros in some kilobytes.
  EXPECT_EQ(read("a.csv.zst", zstd(std::string(std::size_t{128} << 20U, '0'))), "source.expansion");
}

TEST_F(Compressed, OtherFormatsToo) {
  EXPECT_EQ(shown_all(*open_json(files_.write("a.json.gz", gzip("[{\"a\": 1}]")), {}, "a.json.gz")->rows),
            "[{'a': 1}]");
  EXPECT_EQ(shown_all(**open_xml(files_.write("a.xml.zst", zstd("<a>b</a>")), {}, "a.xml.zst")), "[{'a': 'b'}]");
}

TEST(OpenXml, TakesTheEncodingThatIsGiven) {
  const Files files;
  const fs::path file = files.write("a.xml", "<?xml version='1.0' encoding='utf-8'?><a>\xFC</a>");
  EXPECT_EQ(shown_all(**open_xml(file, {.encoding = "latin1"}, "a.xml")), "[{'a': 'ü'}]");
  EXPECT_EQ(open_xml(file, {}, "a.xml").error().code, "xml.malformed");
  const fs::path polish = files.write("p.xml", "<?xml version='1.0' encoding='windows-1250'?><a>\xB3</a>");
  EXPECT_EQ(shown_all(**open_xml(polish, {}, "p.xml")), "[{'a': 'ł'}]");
}

}  // namespace
}  // namespace mimus
