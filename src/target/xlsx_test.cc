#include <gtest/gtest.h>
#include <zlib.h>

#include <array>
#include <cstring>
#include <map>

#include "base/file.h"
#include "base/text.h"
#include "data/json.h"
#include "target/sheet_notation.h"
#include "target/target.h"
#include "target/workbook_check.h"
#include "target/workbook_packer.h"

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
    out[name] = text;
    at += 46 + name_size;
  }
  EXPECT_EQ(at, end);
  return out;
}

// A value as the cell that comes out: its kind, and its number or text.
std::string cell(const Value& value) {
  std::string bytes(2, '\0');
  if (!append_cell_of(bytes, value)) return "too long";
  std::string_view rest = bytes;
  const SheetCell cell = take_cell(rest);
  EXPECT_TRUE(rest.empty());
  constexpr std::array<std::string_view, 6> kKinds = {"truth ", "number ", "time ", "day ", "clock ", "text "};
  std::string out(kKinds[static_cast<std::size_t>(cell.kind)]);
  if (cell.kind != SheetCellKind::Text) return out + text_of(Value(cell.number));
  EXPECT_EQ(cell.text.data()[cell.text.size()], '\0');
  return out + std::string(cell.text);
}

TEST(SheetNotation, HasKindsOfCells) {
  EXPECT_EQ(cell(Value(true)), "truth 1.0");
  EXPECT_EQ(cell(Value(std::int64_t{-5})), "number -5.0");
  EXPECT_EQ(cell(Value(std::int64_t{999'999'999'999'999})), "number 999999999999999.0");
  EXPECT_EQ(cell(Value(std::int64_t{-1'000'000'000'000'000})), "text -1000000000000000");
  EXPECT_EQ(cell(Value(1e-7)), "number 1e-07");
  EXPECT_EQ(cell(Value(-std::numeric_limits<double>::infinity())), "text -inf");
  EXPECT_EQ(cell(Value(BigInteger{"12345678901234567890"})), "text 12345678901234567890");
}

TEST(SheetNotation, CountsDaysAsSpreadsheetsDo) {
  const auto time = [](int year, int month, int day, int hour = 0) {
    return Value(timestamp_from({.year = year, .month = month, .day = day, .hour = hour}));
  };
  EXPECT_EQ(cell(time(1970, 1, 1)), "time 25569.0");
  EXPECT_EQ(cell(time(2024, 1, 2, 12)), "time 45293.5");
  EXPECT_EQ(cell(time(1900, 3, 1)), "time 61.0");
  EXPECT_EQ(cell(time(1900, 2, 28)), "time 59.0");
  EXPECT_EQ(cell(time(1900, 1, 1)), "time 1.0");
  EXPECT_EQ(cell(time(1899, 12, 31)), "text 1899-12-31 00:00:00");
  EXPECT_EQ(cell(time(9999, 12, 31)), "time 2958465.0");
  EXPECT_EQ(cell(Value(Date{0})), "day 25569.0");
  EXPECT_EQ(cell(Value(Date{-30'000})), "text 1887-11-12");
  EXPECT_EQ(cell(Value(ClockTime{kMicrosPerDay / 4})), "clock 0.25");
}

TEST(SheetNotation, EscapesWhatXmlCannotHold) {
  const auto text = [](std::string value) { return cell(Value(std::move(value))); };
  EXPECT_EQ(text("a<b>&\"ü😀\n"), "text a<b>&\"ü😀\n");
  EXPECT_EQ(text("a\x01\r_x0041_ _x_"), "text a_x0001__x000D__x005F_x0041_ _x_");
  EXPECT_EQ(text(std::string("a\0z", 3)), "text a_x0000_z");
  EXPECT_EQ(text("a\xFFz"), "text a\uFFFDz");
  EXPECT_EQ(text(std::string(kMaxCellCharacters, '&')), "text " + std::string(kMaxCellCharacters, '&'));
  EXPECT_EQ(text(std::string(kMaxCellCharacters + 1, 'x')), "too long");
  EXPECT_EQ(text(std::string(kMaxCellCharacters, '\x01')), "too long");
  // Characters count, not bytes.
  std::string wide;
  for (std::size_t k = 0; k < kMaxCellCharacters; ++k) wide += "ü";
  EXPECT_EQ(text(wide), "text " + wide);
}

Record maps_of(const std::string& json) {
  Record record;
  record.has_base = true;
  record.base.type = Type::Dynamic;
  record.base.values = *parse_json(json, "test")->as_list();
  record.base.size = record.rows = record.base.values.size();
  return record;
}

// A folder of its own, and an empty file in it.
class XlsxFile {
 public:
  XlsxFile() : folder_(fs::temp_directory_path() / "mimus_xlsx_XXXXXX") {
    std::string name = folder_.string();
    folder_ = mkdtemp(name.data());
    EXPECT_TRUE(write_file(path(), ""));
  }
  ~XlsxFile() { fs::remove_all(folder_); }
  XlsxFile(const XlsxFile&) = delete;
  XlsxFile& operator=(const XlsxFile&) = delete;

  [[nodiscard]] fs::path path() const { return folder_ / "0"; }
  [[nodiscard]] std::size_t files() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder_), {}));
  }

 private:
  fs::path folder_;
};

std::string xlsx_of(const std::string& call, const Record& records, std::size_t times = 1) {
  const auto parsed = parse_call(call);
  const auto target = make_target(*find_target("XLSX"), *parsed, {.generate_name = "g"});
  const auto encoder = (*target)->bind(records);
  const auto state = encoder->make_state();
  const auto packer = (*target)->make_packer({.now = {kMicrosPerDay}, .threads = 2});
  const XlsxFile file;
  Buffer out, rows;
  EXPECT_FALSE(encoder->encode(records, records.rows, *state, rows, nullptr));
  EXPECT_TRUE(packer->begin(file.path()));
  EXPECT_TRUE(packer->pack(encoder->frame().begin, out));
  for (std::size_t k = 0; k < times; ++k) EXPECT_TRUE(packer->pack(rows.view(), out));
  EXPECT_TRUE(packer->finish(out));
  EXPECT_TRUE(out.empty());
  EXPECT_EQ(file.files(), 1U);
  return *read_file(file.path());
}

std::map<std::string, std::string> workbook_of(const std::string& call, const Record& records, std::size_t times = 1) {
  return unzipped(xlsx_of(call, records, times));
}

std::string rows_of(const std::map<std::string, std::string>& workbook, const std::string& sheet = "sheet1") {
  const std::string& xml = workbook.at("xl/worksheets/" + sheet + ".xml");
  const std::size_t first = xml.find("<row");
  return xml.substr(first, xml.find("</sheetData>") - first);
}

TEST(Xlsx, WritesRowsOfCells) {
  const auto workbook = workbook_of("XLSX", maps_of(R"([{"a": 1, "b": null}, {"b": "x", "c": 2}])"));
  EXPECT_EQ(rows_of(workbook),
            "<row r=\"1\"><c r=\"A1\" s=\"1\" t=\"inlineStr\"><is><t>a</t></is></c>"
            "<c r=\"B1\" s=\"1\" t=\"inlineStr\"><is><t>b</t></is></c></row>"
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
            "<row r=\"1\"><c r=\"A1\" s=\"1\" t=\"inlineStr\"><is><t>a</t></is></c></row>"
            "<row r=\"2\"><c r=\"A2\"><v>1</v></c></row>");
  EXPECT_TRUE(workbook.at("xl/workbook.xml").contains("\"abcdefghijklmnopqrstuvwxyzabc 2\""));
}

TEST(Xlsx, HoldsTheRunsClockAndIsTheSameEachTime) {
  const Record records = maps_of(R"([{"a": "x", "b": 0.1}])");
  const std::string once = xlsx_of("XLSX", records);
  EXPECT_TRUE(once == xlsx_of("XLSX", records));
  EXPECT_TRUE(unzipped(once).at("docProps/core.xml").contains(">1970-01-02T00:00:00Z</dcterms:created>"));
}

// Rows of one number, after a header, into the workbook.
Status pack_rows(Packer& packer, const fs::path& file, int rows) {
  Buffer frames, out;
  for (int k = 0; k <= rows; ++k) {
    const std::size_t frame = begin_row_frame(k == 0 ? RowKind::Header : RowKind::Record, frames);
    char* p = frames.room(frames.end(), kMaxCellFrame);
    frames.set_end(write_int_cell(write_cell_column(p, 0), k));
    end_row_frame(frame, frames);
  }
  MIMUS_TRY(packer.begin(file));
  MIMUS_TRY(packer.pack(frames.view(), out));
  return packer.finish(out);
}

TEST(Xlsx, GivesSheetsNamesOfTheirOwn) {
  // The first sheet's name cut, and " 2", is the first sheet's name.
  const auto packer = make_workbook_packer("abcdefghijklmnopqrstuvwxyzabc 2", {}, {.sheet_rows = 3});
  const XlsxFile file;
  ASSERT_TRUE(pack_rows(*packer, file.path(), 5));
  const auto workbook = unzipped(*read_file(file.path()));
  EXPECT_TRUE(workbook.at("xl/workbook.xml").contains("\"Sheet 2\""));
  EXPECT_TRUE(workbook.at("xl/workbook.xml").contains("\"abcdefghijklmnopqrstuvwxyzabc 3\""));
  EXPECT_EQ(rows_of(workbook, "sheet3"),
            "<row r=\"1\"><c r=\"A1\"><v>0</v></c></row><row r=\"2\"><c r=\"A2\"><v>5</v></c></row>");
}

TEST(Xlsx, RefusesWhatAnArchiveCannotHold) {
  const XlsxFile file;
  const auto code = [&](const WorkbookLimits& limits, int rows) {
    const auto packer = make_workbook_packer("a", {}, limits);
    const Status status = pack_rows(*packer, file.path(), rows);
    return status ? std::string("fits") : status.error().code;
  };
  EXPECT_EQ(code({.sheet_rows = 3, .sheets = 2}, 4), "fits");
  EXPECT_EQ(code({.sheet_rows = 3, .sheets = 2}, 5), "target.too_large");
  EXPECT_EQ(code({.bytes = 100'000}, 100), "fits");
  EXPECT_EQ(code({.bytes = 100'000}, 2000), "target.too_large");
}

TEST(Xlsx, BeginsASheetWhenOneIsLarge) {
  const auto packer = make_workbook_packer("a", {}, {.sheet_bytes = 1'000'000});
  const XlsxFile file;
  ASSERT_TRUE(pack_rows(*packer, file.path(), 200'000));
  EXPECT_TRUE(unzipped(*read_file(file.path())).contains("xl/worksheets/sheet2.xml"));
}

TEST(WorkbookCheck, SeesWhatIsMissing) {
  const std::string whole = xlsx_of("XLSX", maps_of(R"([{"a": "x"}])"));
  const XlsxFile file;
  const auto check = [&](std::string_view bytes, std::vector<std::uint64_t> sizes) {
    EXPECT_TRUE(write_file(file.path(), bytes));
    return check_workbook(file.path(), sizes);
  };
  EXPECT_TRUE(check(whole, {100}));
  EXPECT_EQ(check(whole, {100'000}).error().code, "output.write");
  EXPECT_EQ(check(whole, {100, 100}).error().code, "output.write");
  EXPECT_EQ(check(std::string_view(whole).substr(0, whole.size() / 2), {100}).error().code, "output.write");
  EXPECT_EQ(check("", {100}).error().code, "output.write");
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
