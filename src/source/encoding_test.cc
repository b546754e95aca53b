#include "source/encoding.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "source/test_files.h"

namespace mimus {
namespace {

std::string converted(std::string_view name, std::string_view bytes, std::size_t step = 1000) {
  Encoding encoding;
  if (!find_encoding(name, encoding)) return "unknown";
  Utf8Converter converter(encoding);
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += step) {
    if (!converter.convert(bytes.substr(i, step), false, out)) return "line " + std::to_string(converter.line());
  }
  return converter.convert({}, true, out) ? out : "line " + std::to_string(converter.line());
}

TEST(FindEncoding, TakesNamesAsPeopleWriteThem) {
  for (const char* name : {"utf-8", "UTF8", "utf_8", "windows-1252", "cp1252", "Windows_1252", "latin1", "ISO-8859-1",
                           "iso8859-15", "8859-15", "cp437", "IBM850", "koi8-r", "utf-16", "UTF-16LE", "utf-32be"}) {
    Encoding encoding;
    EXPECT_TRUE(find_encoding(name, encoding)) << name;
  }
  Encoding encoding;
  EXPECT_FALSE(find_encoding("klingon", encoding));
  for (const std::string_view name : encoding_names()) EXPECT_TRUE(find_encoding(name, encoding)) << name;
}

TEST(Utf8Converter, ConvertsInPiecesOfAnySize) {
  using std::string_view_literals::operator""sv;
  for (const std::size_t step : {1U, 2U, 3U, 100U}) {
    EXPECT_EQ(converted("utf-8", "aü€😀", step), "aü€😀");
    EXPECT_EQ(converted("utf-16le", "a\0\xFC\0\xAC\x20\x3D\xD8\x00\xDE"sv, step), "aü€😀");
    EXPECT_EQ(converted("utf-16be", "\0a\0\xFC\x20\xAC\xD8\x3D\xDE\x00"sv, step), "aü€😀");
    EXPECT_EQ(converted("utf-32le", "a\0\0\0\x00\xF6\x01\x00"sv, step), "a😀");
    EXPECT_EQ(converted("utf-32be", "\0\0\0a\0\x01\xF6\x00"sv, step), "a😀");
    EXPECT_EQ(converted("windows-1252", "\x80\xFC\x81", step), "€ü\u0081");
    EXPECT_EQ(converted("iso-8859-15", "\xA4", step), "€");
    EXPECT_EQ(converted("koi8-r", "\xD0\xD2\xC9\xD7\xC5\xD4", step), "привет");
  }
}

TEST(Utf8Converter, TellsTheLineOfWhatIsNoText) {
  using std::string_view_literals::operator""sv;
  EXPECT_EQ(converted("utf-8", "a\nb\n\xFC\n"), "line 3");
  EXPECT_EQ(converted("utf-8", "a\xE2\x82"), "line 1");
  EXPECT_EQ(converted("utf-16le", "\n\0\x00\xDC"sv), "line 2");
  EXPECT_EQ(converted("utf-16le", "a\0b"sv), "line 1");
  EXPECT_EQ(converted("utf-32le", "\0\0\x11\0"sv), "line 1");
  EXPECT_EQ(converted("windows-1253", "\n\xAA"), "line 2");
}

TEST(Utf8Prefix, EndsBeforeTheFirstBadByte) {
  EXPECT_EQ(utf8_prefix("abc"), 3U);
  EXPECT_EQ(utf8_prefix("01234567890123456789\xFC"), 20U);
  EXPECT_EQ(utf8_prefix("ü\xC0\x80"), 2U);
  EXPECT_EQ(utf8_prefix("\xED\xA0\x80"), 0U);
  EXPECT_EQ(utf8_prefix("\xF4\x90\x80\x80"), 0U);
  EXPECT_TRUE(may_go_on("\xF0\x9F\x98"));
  EXPECT_TRUE(may_go_on("\xE0"));
  EXPECT_FALSE(may_go_on("\xFC"));
  EXPECT_FALSE(may_go_on("\x80"));
  EXPECT_FALSE(may_go_on("\xC3\x28"));
}

// `text` is UTF-8; the bytes in which it is written are what is detected.
std::string encoded(std::string_view name, std::string_view text) {
  Encoding encoding;
  EXPECT_TRUE(find_encoding(name, encoding));
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const char32_t c = next_code_point(text, i);
    if (c < 0x80) out += static_cast<char>(c);
    for (unsigned byte = 0x80; c >= 0x80 && byte < 256; ++byte) {
      if (upper_character(*encoding.table, static_cast<unsigned char>(byte)) == c) out += static_cast<char>(byte);
    }
  }
  return out;
}

TEST(DetectEncoding, KnowsMarksAndZeroBytes) {
  using std::string_view_literals::operator""sv;
  EXPECT_EQ(detect_encoding("\xEF\xBB\xBF"
                            "a")
                .mark,
            3U);
  EXPECT_EQ(detect_encoding("\xFF\xFE"
                            "a\0"sv)
                .encoding.name(),
            "utf-16le");
  EXPECT_EQ(detect_encoding("\xFE\xFF\0a"sv).encoding.name(), "utf-16be");
  EXPECT_EQ(detect_encoding("\xFF\xFE\0\0a\0\0\0"sv).encoding.name(), "utf-32le");
  EXPECT_EQ(detect_encoding("\0\0\xFE\xFF"sv).encoding.name(), "utf-32be");
  EXPECT_EQ(detect_encoding("a\0b\0|\0\n\0"sv).encoding.name(), "utf-16le");
  EXPECT_EQ(detect_encoding("\0a\0b\0|"sv).encoding.name(), "utf-16be");
  EXPECT_EQ(detect_encoding("a|ü\xE2\x82").encoding.name(), "utf-8");
  EXPECT_EQ(detect_encoding("").encoding.name(), "utf-8");
}

TEST(DetectEncoding, ReadsWordsOfManyLanguages) {
  const std::pair<const char*, const char*> texts[] = {
      {"windows-1252", "name|stadt\nMüller|Köln\nGroß|Fürth\nJäger|Düsseldorf"},
      {"windows-1252", "prénom|ville\nHélène|Besançon\nFrançois|Nîmes\nZoë|Liège"},
      {"windows-1252", "nombre\nMuñoz\nGarcía\nPérez\nNúñez"},
      {"windows-1252", "navn\nSørensen\nÅse\nBjørk\nLærke"},
      {"windows-1252", "preis\n10 €\n20 €"},
      {"windows-1252", "STADT\nKÖLN\nMÜNCHEN\nGRÜN"},
      {"windows-1250", "imię\nŁukasz\nMałgorzata\nWałęsa\nDąbrowska\nŚwięcicki"},
      {"windows-1250", "jméno\nŘehoř\nDvořák\nŠtěpán\nRůžena\nKateřina"},
      {"windows-1250", "imię\nŻaneta\nGrażyna\nCieślak"},
      {"windows-1251", "имя\nИван\nМария Петрова\nСергей"},
      {"windows-1253", "όνομα\nΓιώργος\nΜαρία\nΑθήνα"},
      {"koi8-r", "имя\nиван\nмария петрова\nсергей"},
  };
  for (const auto& [name, text] : texts) {
    const DetectedEncoding found = detect_encoding(encoded(name, text));
    EXPECT_EQ(found.encoding.name(), name) << text;
    EXPECT_TRUE(found.is_guess);
  }
}

TEST(OpenText, ConvertsAndKeepsLines) {
  const Files files;
  const auto read = [&](std::string_view bytes, const FileOptions& options = {}) {
    const auto csv = open_csv(files.write("e.csv", bytes), options, "e.csv");
    return csv ? shown_all(*csv->rows) + (csv->warnings.empty() ? "" : " " + csv->warnings[0].message)
               : csv.error().code + " " + csv.error().message;
  };
  using std::string_view_literals::operator""sv;
  EXPECT_EQ(read("\xFF\xFE"
                 "a\0\n\0\xFC\0\n\0"sv),
            "[{'a': 'ü'}]");
  EXPECT_EQ(read("a\nM\xFCller\n"), "[{'a': 'Müller'}] 'e.csv' is not UTF-8; it is read as windows-1252");
  EXPECT_EQ(read("a\nM\xFCller\n", {.encoding = "latin1"}), "[{'a': 'Müller'}]");
  EXPECT_EQ(read("a\nM\xFCller\n", {.encoding = "utf-8"}), "source.encoding 'e.csv' is not utf-8 in line 2");
  EXPECT_EQ(read("\xEF\xBB\xBF"
                 "a\nM\xFCller\n"),
            "source.encoding 'e.csv' is not utf-8 in line 2");
  EXPECT_EQ(read("a\nx\n", {.encoding = "klingon"}), "source.encoding unknown encoding 'klingon' of 'e.csv'");
  EXPECT_EQ(read("\xFE\xFF\0a\0\n\0b"sv, {.encoding = "utf-16"}), "[{'a': 'b'}]");
  EXPECT_EQ(read("\0a\0\n\0b"sv, {.encoding = "utf-16be"}), "[{'a': 'b'}]");
  // Beyond what is looked at first.
  std::string late = "a\n";
  for (int i = 0; i < 200'000; ++i) late += "0123456789\n";
  EXPECT_TRUE(
      read(late + "M\xFCller\n").ends_with("{'a': 'Müller'}] 'e.csv' is not UTF-8; it is read as windows-1252"));
}

}  // namespace
}  // namespace mimus
