#include "target/workbook_packer.h"

#include <xlsxwriter.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <vector>

#include "base/file.h"
#include "target/sheet_notation.h"
#include "target/workbook_check.h"

namespace mimus {
namespace {

constexpr std::size_t kFrameStart = 1 + sizeof(std::uint32_t);
// What a sheet has besides its rows.
constexpr std::uint64_t kSheetFrame = std::uint64_t{64} << 10U;
// The size of a sheet is looked up after so many bytes of cells.
constexpr std::size_t kBytesBetweenLooks = std::size_t{1} << 20U;

std::unexpected<Diagnostic> too_large() {
  return fail("target.too_large", "a workbook can have 4 GiB and 250 sheets at most", "chunk_size makes several files");
}

std::unexpected<Diagnostic> cannot_write(const fs::path& file, const std::string& why) {
  return fail("output.write", "cannot write '" + file.string() + "': " + why);
}

struct FreeWorkbook {
  // The library closes a sheet's file when it puts the workbook together, not here.
  void operator()(lxw_workbook* workbook) const {
    lxw_worksheet* sheet = nullptr;
    STAILQ_FOREACH(sheet, workbook->worksheets, list_pointers) {
      if (sheet->optimize_tmpfile != nullptr) std::fclose(sheet->optimize_tmpfile);
      sheet->optimize_tmpfile = nullptr;
    }
    lxw_workbook_free(workbook);
  }
};

class WorkbookPacker final : public Packer {
 public:
  WorkbookPacker(std::string sheet_name, Timestamp now, const WorkbookLimits& limits)
      : sheet_name_(std::move(sheet_name)), now_(now), limits_(limits) {}

  [[nodiscard]] Status begin(const fs::path& file) override {
    file_ = file;
    folder_ = file.parent_path().string();
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    options.tmpdir = folder_.data();
    workbook_.reset(workbook_new_opt(file_.c_str(), &options));
    if (!workbook_) return no_memory();
    sheets_.clear();
    header_.clear();
    lxw_doc_properties properties{};
    // The library takes 0 for "now".
    properties.created = std::max<time_t>(1, now_.micros / kMicrosPerSecond);
    if (workbook_set_properties(workbook_.get(), &properties) != LXW_NO_ERROR) return no_memory();
    return make_formats();
  }

  [[nodiscard]] Status pack(std::string_view bytes, Buffer& /*out*/) override {
    while (!bytes.empty()) {
      std::uint32_t size = 0;
      std::memcpy(&size, bytes.data() + 1, sizeof size);
      const std::string_view row = bytes.substr(kFrameStart, size);
      if (bytes[0] == static_cast<char>(RowKind::Header)) {
        header_ = row;
      } else {
        MIMUS_TRY(add_record(row));
      }
      bytes.remove_prefix(kFrameStart + size);
    }
    return {};
  }

  [[nodiscard]] Status finish(Buffer& /*out*/) override {
    if (sheets_.empty()) MIMUS_TRY(begin_sheet());
    std::vector<std::uint64_t> sizes;
    for (lxw_worksheet* sheet : sheets_) {
      // What it cannot flush is found by size_of().
      std::fflush(sheet->optimize_tmpfile);
      MIMUS_ASSIGN(sizes.emplace_back(), size_of(sheet));
      if (sizes.back() + kSheetFrame > limits_.bytes) return too_large();
    }
    const lxw_error error = workbook_close(workbook_.release());
    if (error != LXW_NO_ERROR) return cannot_write(file_, lxw_strerror(error));
    // The library does not look whether its own files took all bytes.
    MIMUS_TRY(check_workbook(file_, sizes));
    std::error_code failed;
    const std::uint64_t size = fs::file_size(file_, failed);
    if (failed) return cannot_write(file_, failed.message());
    return size > limits_.bytes ? Status(too_large()) : Status();
  }

 private:
  [[nodiscard]] Status no_memory() const {
    return fail("run.memory", "making '" + file_.string() + "' needs more memory than there is");
  }

  Status make_formats() {
    for (lxw_format** format : {&bold_, &date_time_, &day_, &clock_}) {
      *format = workbook_add_format(workbook_.get());
      if (*format == nullptr) return no_memory();
    }
    format_set_bold(bold_);
    format_set_num_format(date_time_, R"(yyyy\-mm\-dd\ hh:mm:ss)");
    format_set_num_format(day_, R"(yyyy\-mm\-dd)");
    format_set_num_format(clock_, "hh:mm:ss");
    return {};
  }

  Status begin_sheet() {
    if (sheets_.size() == limits_.sheets) return too_large();
    lxw_worksheet* sheet = workbook_add_worksheet(workbook_.get(), name_of(sheets_.size() + 1).c_str());
    if (sheet == nullptr) return cannot_write(file_, "a sheet needs memory, and a file in its folder");
    sheets_.push_back(sheet);
    rows_ = unseen_ = 0;
    return header_.empty() ? Status() : add_row(header_, bold_);
  }

  Status add_record(std::string_view row) {
    if (sheets_.empty() || rows_ == limits_.sheet_rows) MIMUS_TRY(begin_sheet());
    unseen_ += row.size();
    if (unseen_ > kBytesBetweenLooks) {
      unseen_ = 0;
      MIMUS_ASSIGN(const std::uint64_t size, size_of(sheets_.back()));
      if (size > limits_.sheet_bytes) MIMUS_TRY(begin_sheet());
    }
    return add_row(row, nullptr);
  }

  Status add_row(std::string_view cells, lxw_format* text_format) {
    const auto row = static_cast<lxw_row_t>(rows_++);
    while (!cells.empty()) {
      const lxw_error error = add_cell(row, take_cell(cells), text_format);
      if (error != LXW_NO_ERROR) return cannot_write(file_, lxw_strerror(error));
    }
    return {};
  }

  lxw_error add_cell(lxw_row_t row, const SheetCell& cell, lxw_format* text_format) {
    lxw_worksheet* sheet = sheets_.back();
    const auto column = static_cast<lxw_col_t>(cell.column);
    switch (cell.kind) {
      case SheetCellKind::Truth:
        return worksheet_write_boolean(sheet, row, column, cell.number != 0 ? 1 : 0, nullptr);
      case SheetCellKind::Number:
        return worksheet_write_number(sheet, row, column, cell.number, nullptr);
      case SheetCellKind::DateTime:
        return worksheet_write_number(sheet, row, column, cell.number, date_time_);
      case SheetCellKind::Day:
        return worksheet_write_number(sheet, row, column, cell.number, day_);
      case SheetCellKind::Clock:
        return worksheet_write_number(sheet, row, column, cell.number, clock_);
      case SheetCellKind::Text:
        // NOLINTNEXTLINE(bugprone-suspicious-stringview-data-usage): a zero byte stands behind the text.
        return worksheet_write_string(sheet, row, column, cell.text.data(), text_format);
    }
    return LXW_NO_ERROR;
  }

  // The bytes of a sheet's rows so far.
  [[nodiscard]] Result<std::uint64_t> size_of(lxw_worksheet* sheet) const {
    const auto size = ftello(sheet->optimize_tmpfile);
    if (size < 0 || std::ferror(sheet->optimize_tmpfile) != 0)
      return cannot_write(file_, "a sheet could not be written");
    return static_cast<std::uint64_t>(size);
  }

  // The name of a sheet, cut so that its number fits in.
  [[nodiscard]] std::string name_of(std::size_t sheet) const {
    constexpr std::size_t kMost = 31;
    if (sheet == 1) return sheet_name_;
    const std::string end = " " + std::to_string(sheet);
    std::size_t size = std::min(sheet_name_.size(), kMost - end.size());
    while (size < sheet_name_.size() && (sheet_name_[size] & 0xC0) == 0x80) --size;
    std::string name = sheet_name_.substr(0, size) + end;
    // A name that was cut may be the first one's again.
    return name == sheet_name_ ? "Sheet" + end : name;
  }

  std::string sheet_name_;
  Timestamp now_;
  WorkbookLimits limits_;
  fs::path file_;
  std::string folder_;  // the library borrows it
  std::unique_ptr<lxw_workbook, FreeWorkbook> workbook_;
  lxw_format *bold_ = nullptr, *date_time_ = nullptr, *day_ = nullptr, *clock_ = nullptr;
  std::vector<lxw_worksheet*> sheets_;
  std::string header_;
  std::uint64_t rows_ = 0;  // of the sheet under way
  std::size_t unseen_ = 0;  // bytes of cells since its size was looked up
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

std::unique_ptr<Packer> make_workbook_packer(std::string sheet_name, const PackerSettings& settings,
                                             const WorkbookLimits& limits) {
  return std::make_unique<WorkbookPacker>(std::move(sheet_name), settings.now, limits);
}

}  // namespace mimus
