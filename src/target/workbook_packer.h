// An XLSX workbook (ECMA-376) made of rows as a stream, by libxlsxwriter.
//
// Rows come as frames: a kind, a length, and cells (target/sheet_notation.h); threads can make them before it is known
// where they will stand. A sheet that is full is followed by another one, with the header again. The rows lie in files
// of the run's folder until the workbook is finished: memory is that of a row, and a little for each sheet.
#pragma once

#include <memory>
#include <string>

#include "base/buffer.h"
#include "target/packer.h"
#include "target/sheet_notation.h"

namespace mimus {

enum class RowKind : char { Header = 'H', Record = 'R' };

// Begins a frame at the end of `out`; returns its place, for end_row_frame().
[[nodiscard]] std::size_t begin_row_frame(RowKind kind, Buffer& out);
void end_row_frame(std::size_t frame, Buffer& out);

struct WorkbookLimits {
  std::uint64_t sheet_rows = kMaxSheetRows;
  // A sheet ends before its XML grows beyond what the archive, without its 64-bit forms, can hold.
  std::uint64_t sheet_bytes = std::uint64_t{3} << 30U;
  std::uint64_t bytes = UINT32_MAX;  // of the archive, and of the XML of a sheet
  std::size_t sheets = 250;          // each holds a file open until the end
};

// Fails with target.too_large, output.write, run.memory.
[[nodiscard]] std::unique_ptr<Packer> make_workbook_packer(std::string sheet_name, const PackerSettings& settings,
                                                           const WorkbookLimits& limits = {});

}  // namespace mimus
