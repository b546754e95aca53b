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

namespace mimus {

enum class RowKind : char { Header = 'H', Record = 'R' };

// Begins a frame at the end of `out`; returns its place, for end_row_frame().
[[nodiscard]] std::size_t begin_row_frame(RowKind kind, Buffer& out);
void end_row_frame(std::size_t frame, Buffer& out);

// Fails with target.too_large, output.write, run.memory.
[[nodiscard]] std::unique_ptr<Packer> make_workbook_packer(std::string sheet_name, const PackerSettings& settings);

}  // namespace mimus
