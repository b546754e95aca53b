// The archive of an XLSX workbook (ECMA-376), made of rows as a stream.
//
// Rows come as frames: a kind, a length, and the row's XML in which kRowMark stands for the row's number; threads can
// make them before it is known where they will stand. A sheet that is full is followed by another one, with the header
// again.
#pragma once

#include <memory>
#include <string>

#include "base/buffer.h"
#include "target/packer.h"

namespace mimus {

inline constexpr char kRowMark = '\x01';

enum class RowKind : char { Header = 'H', Record = 'R' };

// Begins a frame at the end of `out`; returns its place, for end_row_frame().
[[nodiscard]] std::size_t begin_row_frame(RowKind kind, Buffer& out);
void end_row_frame(std::size_t frame, Buffer& out);

[[nodiscard]] std::unique_ptr<Packer> make_workbook_packer(std::string sheet_name, const PackerSettings& settings);

}  // namespace mimus
