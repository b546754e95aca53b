#include "target/workbook_packer.h"

#include <algorithm>
#include <cstring>
#include <initializer_list>

#include "target/sheet_notation.h"
#include "target/zip_writer.h"

namespace mimus {
namespace {

constexpr int kLevel = 4;
constexpr std::size_t kFrameStart = 1 + sizeof(std::uint32_t);
// A sheet ends before its XML grows beyond what the archive can hold.
constexpr std::uint64_t kMostSheetBytes = std::uint64_t{3} << 30U;

constexpr std::string_view kXml = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

constexpr std::string_view kContentTypes =
    R"(<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">)"
    R"(<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>)"
    R"(<Default Extension="xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>)"
    R"(<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>)"
    R"(<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>)"
    R"(<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>)"
    R"(</Types>)";

constexpr std::string_view kRelations =
    R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">)"
    R"(<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/>)"
    R"(<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>)"
    R"(</Relationships>)";

// The cell formats in the order of CellStyle.
constexpr std::string_view kStyles =
    R"(<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">)"
    R"(<numFmts count="3"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd\ hh:mm:ss"/>)"
    R"(<numFmt numFmtId="165" formatCode="yyyy\-mm\-dd"/><numFmt numFmtId="166" formatCode="hh:mm:ss"/></numFmts>)"
    R"(<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>)"
    R"(<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>)"
    R"(<fills count="2"><fill><patternFill patternType="none"/></fill>)"
    R"(<fill><patternFill patternType="gray125"/></fill></fills>)"
    R"(<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>)"
    R"(<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>)"
    R"(<cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>)"
    R"(<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>)"
    R"(<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>)"
    R"(<xf numFmtId="166" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>)"
    R"(<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>)"
    R"(<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>)";

constexpr std::string_view kSheetStart =
    R"(<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>)";
constexpr std::string_view kSheetEnd = "</sheetData></worksheet>";

std::string core_properties(Timestamp now) {
  const std::string time = rfc3339({now.micros - now.micros % kMicrosPerSecond});
  std::string out(
      R"(<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" )"
      R"(xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">)");
  return out + R"(<dcterms:created xsi:type="dcterms:W3CDTF">)" + time + "</dcterms:created></cp:coreProperties>";
}

void append_all(std::string& out, std::initializer_list<std::string_view> parts) {
  for (const std::string_view part : parts) out += part;
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '"') {
      out += "&quot;";
    } else {
      out += c;
    }
  }
  return out;
}

class WorkbookPacker final : public Packer {
 public:
  WorkbookPacker(std::string sheet_name, const PackerSettings& settings)
      : sheet_name_(std::move(sheet_name)), now_(settings.now), zip_(kLevel, settings.threads, settings.now) {}

  [[nodiscard]] Status pack(std::string_view bytes, Buffer& out) override {
    while (!bytes.empty()) {
      std::uint32_t size = 0;
      std::memcpy(&size, bytes.data() + 1, sizeof size);
      const std::string_view row = bytes.substr(kFrameStart, size);
      if (bytes[0] == static_cast<char>(RowKind::Header)) {
        header_ = row;
      } else {
        MIMUS_TRY(add_record(row, out));
      }
      bytes.remove_prefix(kFrameStart + size);
    }
    flush(out);
    return {};
  }

  [[nodiscard]] Status finish(Buffer& out) override {
    if (sheets_ == 0) MIMUS_TRY(begin_sheet(out));
    MIMUS_TRY(end_sheet(out));
    MIMUS_TRY(add_part("xl/workbook.xml", workbook(), out));
    MIMUS_TRY(add_part("xl/_rels/workbook.xml.rels", workbook_relations(), out));
    MIMUS_TRY(zip_.finish(out));
    sheets_ = 0;
    header_.clear();
    return {};
  }

 private:
  Status add_part(std::string name, std::string_view text, Buffer& out) {
    zip_.begin_member(std::move(name), out);
    zip_.add(kXml, out);
    zip_.add(text, out);
    return zip_.end_member(out);
  }

  Status begin_sheet(Buffer& out) {
    if (sheets_ == 0) {
      MIMUS_TRY(add_part("[Content_Types].xml", kContentTypes, out));
      MIMUS_TRY(add_part("_rels/.rels", kRelations, out));
      MIMUS_TRY(add_part("docProps/core.xml", core_properties(now_), out));
      MIMUS_TRY(add_part("xl/styles.xml", kStyles, out));
    }
    ++sheets_;
    zip_.begin_member("xl/worksheets/sheet" + std::to_string(sheets_) + ".xml", out);
    zip_.add(kXml, out);
    zip_.add(kSheetStart, out);
    rows_ = bytes_ = 0;
    if (!header_.empty()) add_row(header_, out);
    return {};
  }

  Status end_sheet(Buffer& out) {
    flush(out);
    zip_.add(kSheetEnd, out);
    return zip_.end_member(out);
  }

  Status add_record(std::string_view row, Buffer& out) {
    if (sheets_ > 0 && (rows_ == kMaxSheetRows || bytes_ + row.size() > kMostSheetBytes)) {
      MIMUS_TRY(end_sheet(out));
      MIMUS_TRY(begin_sheet(out));
    }
    if (sheets_ == 0) MIMUS_TRY(begin_sheet(out));
    add_row(row, out);
    return {};
  }

  // The row with its number in the place of the marks.
  void add_row(std::string_view row, Buffer& out) {
    const std::string number = std::to_string(++rows_);
    const std::size_t before = rows_text_.size();
    while (true) {
      const std::size_t mark = row.find(kRowMark);
      rows_text_.append(row.substr(0, mark));
      if (mark == std::string_view::npos) break;
      rows_text_.append(number);
      row.remove_prefix(mark + 1);
    }
    bytes_ += rows_text_.size() - before;
    constexpr std::size_t kEnough = std::size_t{64} << 10U;
    if (rows_text_.size() >= kEnough) flush(out);
  }

  void flush(Buffer& out) {
    zip_.add(rows_text_.view(), out);
    rows_text_.clear();
  }

  // The name of a sheet, cut so that its number fits in.
  [[nodiscard]] std::string name_of(std::size_t sheet) const {
    constexpr std::size_t kMost = 31;
    if (sheet == 1) return sheet_name_;
    const std::string end = " " + std::to_string(sheet);
    std::size_t size = std::min(sheet_name_.size(), kMost - end.size());
    while (size < sheet_name_.size() && (sheet_name_[size] & 0xC0) == 0x80) --size;
    return sheet_name_.substr(0, size) + end;
  }

  [[nodiscard]] std::string workbook() const {
    std::string out(R"(<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" )"
                    R"(xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>)");
    for (std::size_t sheet = 1; sheet <= sheets_; ++sheet) {
      const std::string number = std::to_string(sheet);
      append_all(out, {R"(<sheet name=")", escaped(name_of(sheet)), R"(" sheetId=")", number, R"(" r:id="rId)", number,
                       R"("/>)"});
    }
    return out + "</sheets></workbook>";
  }

  [[nodiscard]] std::string workbook_relations() const {
    constexpr std::string_view kKind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
    std::string out(R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">)");
    for (std::size_t sheet = 1; sheet <= sheets_; ++sheet) {
      const std::string number = std::to_string(sheet);
      append_all(out, {R"(<Relationship Id="rId)", number, R"(" Type=")", kKind,
                       R"(worksheet" Target="worksheets/sheet)", number, R"(.xml"/>)"});
    }
    append_all(out, {R"(<Relationship Id="rId)", std::to_string(sheets_ + 1), R"(" Type=")", kKind,
                     R"(styles" Target="styles.xml"/></Relationships>)"});
    return out;
  }

  std::string sheet_name_;
  Timestamp now_;
  ZipWriter zip_;
  std::string header_;
  Buffer rows_text_;
  std::size_t sheets_ = 0;
  std::uint64_t rows_ = 0, bytes_ = 0;  // of the sheet under way
};

}  // namespace

std::size_t begin_row_frame(RowKind kind, Buffer& out) {
  const std::size_t frame = out.size();
  char start[kFrameStart] = {static_cast<char>(kind)};
  out.append({start, kFrameStart});
  return frame;
}

void end_row_frame(std::size_t frame, Buffer& out) {
  const auto size = static_cast<std::uint32_t>(out.size() - frame - kFrameStart);
  std::memcpy(out.end() - (out.size() - frame) + 1, &size, sizeof size);
}

std::unique_ptr<Packer> make_workbook_packer(std::string sheet_name, const PackerSettings& settings) {
  return std::make_unique<WorkbookPacker>(std::move(sheet_name), settings);
}

}  // namespace mimus
