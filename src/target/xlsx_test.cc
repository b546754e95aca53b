#include <gtest/gtest.h>
#include <zlib.h>

#include <cstring>
#include <map>

#include "data/json.h"
#include "target/sheet_notation.h"
#include "target/target.h"
#include "target/zip_writer.h"

namespace mimus {
namespace {

std::uint32_t number_at(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint32_t out = 0;
  std::memcpy(&out, bytes.data() + at, size);
  return out;
}

// The members of an archive, found by its directory; check sums and sizes are compared.
std::map<std::string, std::string> unzipped(std::string_view archive) {
  std::map<std::string, std::string> out;
  const std::size_t end = archive.rfind("PK\x05\x06");
  std::size_t at = number_at(archive, end + 16, 4);
  for (std::uint32_t k = 0; k < number_at(archive, end + 10, 2); ++k) {
    EXPECT_EQ(archive.substr(at, 4), std::string_view("PK\x01\x02"));
    const std::uint32_t name_size = number_at(archive, at + 28, 2);
    const std::string name(archive.substr(at + 46, name_size));
    const std::size_t local = number_at(archive, at + 42, 4);
    std::string packed(archive.substr(local + 30 + name_size, number_at(archive, at + 20, 4)));
    std::string text(number_at(archive, at + 24, 4), '\0');
    z_stream stream{};
    EXPECT_EQ(inflateInit2(&stream, -15), Z_OK);
    stream.next_in = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_in = static_cast<uInt>(packed.size());
    stream.next_out = reinterpret_cast<Bytef*>(text.data());
    stream.avail_out = static_cast<uInt>(text.size());
    EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END) << name;
    EXPECT_EQ(stream.avail_in + stream.avail_out, 0U) << name;
    inflateEnd(&stream);
    EXPECT_EQ(crc32_z(0, reinterpret_cast<const Bytef*>(text.data()), text.size()), number_at(archive, at + 16, 4));
    // Behind the data: the same numbers again.
    EXPECT_EQ(archive.substr(local + 30 + name_size + packed.size() + 4, 12), archive.substr(at + 16, 12));
    out[name] = text;
    at += 46 + name_size;
  }
  EXPECT_EQ(at, end);
  return out;
}

TEST(ZipWriter, WritesMembersAndTheirDirectory) {
  ZipWriter zip(6, 1, {0});
  Buffer out;
  for (int archive = 0; archive < 2; ++archive) {
    out.clear();
    zip.begin_member("a/b.txt", out);
    zip.add("some text", out);
    zip.add(std::string(2'000'000, 'x'), out);
    ASSERT_TRUE(zip.end_member(out));
    zip.begin_member("empty", out);
    ASSERT_TRUE(zip.end_member(out));
    ASSERT_TRUE(zip.finish(out));
    const auto members = unzipped(out.view());
    ASSERT_EQ(members.size(), 2U);
    EXPECT_TRUE(members.at("a/b.txt") == "some text" + std::string(2'000'000, 'x'));
    EXPECT_EQ(members.at("empty"), "");
  }
}

std::string cell(const Value& value) {
  std::string out;
  return append_cell_of(out, value) ? out : "too long";
}

std::string number_cell(const std::string& number, const std::string& style = "") {
  return "\"" + (style.empty() ? "" : " s=\"" + style + "\"") + "><v>" + number + "</v></c>";
}

std::string text_cell(const std::string& text) { return "\" t=\"inlineStr\"><is><t>" + text + "</t></is></c>"; }

TEST(SheetNotation, HasKindsOfCells) {
  EXPECT_EQ(cell(Value(true)), "\" t=\"b\"><v>1</v></c>");
  EXPECT_EQ(cell(Value(std::int64_t{-5})), number_cell("-5"));
  EXPECT_EQ(cell(Value(std::int64_t{999'999'999'999'999})), number_cell("999999999999999"));
  EXPECT_EQ(cell(Value(std::int64_t{-1'000'000'000'000'000})), text_cell("-1000000000000000"));
  EXPECT_EQ(cell(Value(1e-7)), number_cell("1e-07"));
  EXPECT_EQ(cell(Value(-std::numeric_limits<double>::infinity())), text_cell("-inf"));
  EXPECT_EQ(cell(Value(BigInteger{"12345678901234567890"})), text_cell("12345678901234567890"));
}

TEST(SheetNotation, CountsDaysAsSpreadsheetsDo) {
  const auto time = [](int year, int month, int day, int hour = 0) {
    return Value(timestamp_from({.year = year, .month = month, .day = day, .hour = hour}));
  };
  EXPECT_EQ(cell(time(1970, 1, 1)), number_cell("25569", "1"));
  EXPECT_EQ(cell(time(2024, 1, 2, 12)), number_cell("45293.5", "1"));
  EXPECT_EQ(cell(time(1900, 3, 1)), number_cell("61", "1"));
  EXPECT_EQ(cell(time(1900, 2, 28)), number_cell("59", "1"));
  EXPECT_EQ(cell(time(1900, 1, 1)), number_cell("1", "1"));
  EXPECT_EQ(cell(time(1899, 12, 31)), text_cell("1899-12-31 00:00:00"));
  EXPECT_EQ(cell(time(9999, 12, 31)), number_cell("2958465", "1"));
  EXPECT_EQ(cell(Value(Date{0})), number_cell("25569", "2"));
  EXPECT_EQ(cell(Value(Date{-30'000})), text_cell("1887-11-12"));
  EXPECT_EQ(cell(Value(ClockTime{kMicrosPerDay / 4})), number_cell("0.25", "3"));
}

TEST(SheetNotation, EscapesTexts) {
  const auto text = [](std::string value) { return cell(Value(std::move(value))); };
  EXPECT_EQ(text("a<b>&\"ü😀"), text_cell("a&lt;b&gt;&amp;\"ü😀"));
  EXPECT_EQ(text("a\x01\r_x0041_ _x_"), text_cell("a_x0001__x000D__x005F_x0041_ _x_"));
  EXPECT_EQ(text(" a"), "\" t=\"inlineStr\"><is><t xml:space=\"preserve\"> a</t></is></c>");
  EXPECT_EQ(text("a\xFFz"), text_cell("a\uFFFDz"));
  EXPECT_EQ(text(std::string(kMaxCellCharacters, '&')).size(), 5 * kMaxCellCharacters + text_cell("").size());
  EXPECT_EQ(text(std::string(kMaxCellCharacters + 1, 'x')), "too long");
  // Characters count, not bytes.
  std::string wide;
  for (std::size_t k = 0; k < kMaxCellCharacters; ++k) wide += "ü";
  EXPECT_EQ(text(wide), text_cell(wide));
}

TEST(SheetNotation, NamesColumns) {
  EXPECT_EQ(column_letters(0), "A");
  EXPECT_EQ(column_letters(25), "Z");
  EXPECT_EQ(column_letters(26), "AA");
  EXPECT_EQ(column_letters(701), "ZZ");
  EXPECT_EQ(column_letters(kMaxSheetColumns - 1), "XFD");
}

Record maps_of(const std::string& json) {
  Record record;
  record.has_base = true;
  record.base.type = Type::Dynamic;
  record.base.values = *parse_json(json, "test")->as_list();
  record.base.size = record.rows = record.base.values.size();
  return record;
}

std::map<std::string, std::string> workbook_of(const std::string& call, const Record& records, std::size_t times = 1) {
  const auto parsed = parse_call(call);
  const auto target = make_target(*find_target("XLSX"), *parsed, {.generate_name = "g"});
  const auto encoder = (*target)->bind(records);
  const auto state = encoder->make_state();
  const auto packer = (*target)->make_packer({.now = {0}, .threads = 2});
  Buffer out, rows;
  EXPECT_FALSE(encoder->encode(records, records.rows, *state, rows, nullptr));
  EXPECT_TRUE(packer->pack(encoder->frame().begin, out));
  for (std::size_t k = 0; k < times; ++k) EXPECT_TRUE(packer->pack(rows.view(), out));
  EXPECT_TRUE(packer->finish(out));
  return unzipped(out.view());
}

std::string rows_of(const std::map<std::string, std::string>& workbook, const std::string& sheet = "sheet1") {
  const std::string& xml = workbook.at("xl/worksheets/" + sheet + ".xml");
  const std::size_t first = xml.find("<row");
  return xml.substr(first, xml.find("</sheetData>") - first);
}

TEST(Xlsx, WritesRowsOfCells) {
  const auto workbook = workbook_of("XLSX", maps_of(R"([{"a": 1, "b": null}, {"b": "x", "c": 2}])"));
  EXPECT_EQ(rows_of(workbook),
            "<row r=\"1\"><c r=\"A1\" s=\"4\" t=\"inlineStr\"><is><t>a</t></is></c>"
            "<c r=\"B1\" s=\"4\" t=\"inlineStr\"><is><t>b</t></is></c></row>"
            "<row r=\"2\"><c r=\"A2\"><v>1</v></c></row>"
            "<row r=\"3\"><c r=\"B3\" t=\"inlineStr\"><is><t>x</t></is></c></row>");
  EXPECT_TRUE(workbook.at("xl/workbook.xml").contains("<sheet name=\"g\" sheetId=\"1\" r:id=\"rId1\"/>"));
  EXPECT_EQ(rows_of(workbook_of("XLSX(header=False, fieldnames=['b'])", maps_of(R"([{"a": 1, "b": true}])"))),
            "<row r=\"1\"><c r=\"A1\" t=\"b\"><v>1</v></c></row>");
}

TEST(Xlsx, GoesOnInTheNextSheet) {
  std::string json = "[{\"a\": 1}";
  for (int k = 1; k < 1024; ++k) json += ", {\"a\": 1}";
  const auto workbook = workbook_of("XLSX(sheet_name='abcdefghijklmnopqrstuvwxyzabcde')", maps_of(json + "]"), 1024);
  const std::string first = rows_of(workbook);
  EXPECT_TRUE(first.ends_with("<row r=\"1048576\"><c r=\"A1048576\"><v>1</v></c></row>"));
  EXPECT_EQ(rows_of(workbook, "sheet2"),
            "<row r=\"1\"><c r=\"A1\" s=\"4\" t=\"inlineStr\"><is><t>a</t></is></c></row>"
            "<row r=\"2\"><c r=\"A2\"><v>1</v></c></row>");
  EXPECT_TRUE(workbook.at("xl/workbook.xml").contains("\"abcdefghijklmnopqrstuvwxyzabc 2\""));
}

TEST(Xlsx, RefusesWhatASheetCannotHold) {
  const auto parsed = parse_call("XLSX");
  const auto target = make_target(*find_target("XLSX"), *parsed, {.generate_name = "g"});
  const Record records = maps_of("[{\"a\": 1}, {\"a\": \"" + std::string(40'000, 'x') + "\"}]");
  const auto encoder = (*target)->bind(records);
  const auto state = encoder->make_state();
  Buffer out;
  std::vector<std::size_t> ends;
  const auto failure = encoder->encode(records, 2, *state, out, &ends);
  ASSERT_TRUE(failure);
  EXPECT_EQ(failure->row, 1U);
  EXPECT_EQ(failure->finding.code, "target.cell");
  // The record before it is there, whole.
  ASSERT_EQ(ends.size(), 1U);
  EXPECT_EQ(ends[0], out.size());
  for (const char* call : {"XLSX(sheet_name='a/b')", "XLSX(sheet_name='')", "XLSX(header=1)", "XLSX(chunk_size=0)",
                           "XLSX(compression='gzip')"}) {
    EXPECT_EQ(make_target(*find_target("XLSX"), *parse_call(call), {}).error().code, "target.argument") << call;
  }
}

}  // namespace
}  // namespace mimus
