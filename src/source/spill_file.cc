#include "source/spill_file.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "source/scratch.h"
#include "source/value_bytes.h"

namespace mimus {
namespace {

constexpr std::size_t kSmallWindow = 256;
constexpr std::size_t kLargeWindow = 16U << 10U;
constexpr std::size_t kNearBytes = 1024;
constexpr double kPowersOfTen[] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                   1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};

// The flat column that holds a row's value, and where.
struct Cell {
  const Column* column;
  std::size_t row;
};
Cell cell_of(const Column& column, std::size_t row) {
  if (column.form == Form::Dictionary) return cell_of(*column.dictionary, column.indices[row]);
  return {&column, column.form == Form::Constant ? 0 : row};
}

template <class T>
void append_raw(std::string& out, T value) {
  char bytes[sizeof value];
  std::memcpy(bytes, &value, sizeof value);
  out.append(bytes, sizeof bytes);
}

template <class T>
T raw_at(std::string_view bytes, std::uint64_t offset) {
  T value{};
  std::memcpy(&value, bytes.data() + offset, sizeof value);
  return value;
}

bool is_fixed(Type type) {
  return type == Type::Bool || type == Type::Int64 || type == Type::Float64 || type == Type::DateTime;
}

// The values of types of one width; where there is none, zero.
std::string fixed_values(const Column& column, std::size_t rows) {
  std::string out;
  for (std::size_t k = 0; k < rows; ++k) {
    const bool has_value = column.is_present(k) && column.is_valid(k);
    const Cell cell = cell_of(column, k);
    if (column.type == Type::Bool) {
      out += static_cast<char>(has_value ? cell.column->bools[cell.row] : 0);
    } else if (column.type == Type::Float64 && column.scale < 0) {
      append_raw(out, has_value ? cell.column->floats[cell.row] : 0.0);
    } else {
      append_raw(out, has_value ? cell.column->ints[cell.row] : std::int64_t{0});
    }
  }
  return out;
}

}  // namespace

std::string_view SpillCursor::bytes_at(Window& window, std::uint64_t offset, std::size_t size) {
  const std::uint64_t end = window.begin + window.bytes.size();
  if (offset < window.begin || offset + size > end) {
    // What follows what was read before will be followed by more.
    const bool goes_on = offset >= window.begin && offset <= end + kNearBytes;
    const std::uint64_t wanted = std::max<std::uint64_t>(size, goes_on ? kLargeWindow : kSmallWindow);
    window.begin = offset;
    window.bytes.resize(std::min(wanted, file_.size() - offset));
    if (!file_.read_at(offset, window.bytes)) window.bytes.assign(std::max(size, window.bytes.size()), 0);
  }
  return std::string_view(window.bytes).substr(offset - window.begin, size);
}

bool SpillCursor::is_present(const SpilledColumn& column, std::size_t row) {
  return !column.has_present || bytes_at(present_, column.present + row, 1)[0] != 0;
}

bool SpillCursor::is_valid(const SpilledColumn& column, std::size_t row) {
  return column.type != Type::Null && (!column.has_valid || bytes_at(valid_, column.valid + row, 1)[0] != 0);
}

std::uint8_t SpillCursor::bool_at(const SpilledColumn& column, std::size_t row) {
  return static_cast<std::uint8_t>(bytes_at(values_, column.values + row, 1)[0]);
}

std::int64_t SpillCursor::int_at(const SpilledColumn& column, std::size_t row) {
  return raw_at<std::int64_t>(bytes_at(values_, column.values + row * 8, 8), 0);
}

double SpillCursor::float_at(const SpilledColumn& column, std::size_t row) {
  return raw_at<double>(bytes_at(values_, column.values + row * 8, 8), 0);
}

std::string_view SpillCursor::text_at(const SpilledColumn& column, std::size_t row) {
  const std::string_view ends = bytes_at(values_, column.values + row * 4, 8);
  const auto begin = raw_at<std::uint32_t>(ends, 0);
  const auto end = raw_at<std::uint32_t>(ends, 4);
  return begin == end ? std::string_view() : bytes_at(bytes_, column.bytes + begin, end - begin);
}

Value SpillCursor::value_at(const SpilledColumn& column, std::size_t row) {
  if (!is_present(column, row) || !is_valid(column, row)) return Value();
  switch (column.type) {
    case Type::Bool:
      return Value(bool_at(column, row) != 0);
    case Type::Int64:
      return Value(int_at(column, row));
    case Type::DateTime:
      return Value(Timestamp{int_at(column, row)});
    case Type::Float64:
      if (column.scale < 0) return Value(float_at(column, row));
      return Value(static_cast<double>(int_at(column, row)) / kPowersOfTen[column.scale]);
    case Type::String:
      return Value(std::string(text_at(column, row)));
    default: {
      std::string_view bytes = text_at(column, row);
      return bytes.empty() || !file_.status() ? Value() : take_value(bytes);
    }
  }
}

bool SpillFile::read_at(std::uint64_t offset, std::span<char> out) const {
  while (!out.empty()) {
    const ssize_t got = pread(file_.get(), out.data(), out.size(), static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) {
      has_failed_ = true;
      return false;
    }
    offset += static_cast<std::uint64_t>(got);
    out = out.subspan(static_cast<std::size_t>(got));
  }
  return true;
}

Status SpillFile::status() const {
  if (!has_failed_) return {};
  return fail("source.scratch", "the records of a memstore cannot be read back from the work folder");
}

Result<std::shared_ptr<SpillFile>> SpillFile::create(const fs::path& folder) {
  MIMUS_ASSIGN(Descriptor file, make_scratch_file(folder));
  return std::shared_ptr<SpillFile>(new SpillFile(std::move(file)));
}

std::uint64_t SpillFile::add_part(std::string_view bytes) {
  const std::uint64_t place = size_ + buffer_.size();
  buffer_ += bytes;
  buffer_.resize((buffer_.size() + 7) & ~std::size_t{7});
  return place;
}

void SpillFile::add_values(const Column& column, std::size_t rows, SpilledColumn& out) {
  if (column.type == Type::Null) return;
  if (is_fixed(column.type)) {
    out.values = add_part(fixed_values(column, rows));
    return;
  }
  std::string offsets;
  std::string bytes;
  append_raw(offsets, std::uint32_t{0});
  for (std::size_t k = 0; k < rows; ++k) {
    if (column.is_present(k) && column.is_valid(k)) {
      if (column.type == Type::String) {
        const Cell cell = cell_of(column, k);
        bytes += cell.column->texts[cell.row];
      } else {
        append_value(bytes, value_at(column, k));
      }
    }
    append_raw(offsets, static_cast<std::uint32_t>(bytes.size()));
  }
  if (column.type != Type::String) {
    out.type = Type::Dynamic;
    out.scale = -1;
  }
  out.values = add_part(offsets);
  out.bytes = add_part(bytes);
}

SpilledColumn SpillFile::add_column(const Column& column, std::size_t rows) {
  SpilledColumn out{.type = column.type, .scale = column.scale};
  std::string present;
  std::string valid;
  for (std::size_t k = 0; k < rows; ++k) {
    present += static_cast<char>(column.is_present(k) ? 1 : 0);
    valid += static_cast<char>(column.is_valid(k) ? 1 : 0);
  }
  out.has_present = present.find('\0') != std::string::npos;
  out.has_valid = valid.find('\0') != std::string::npos;
  if (out.has_present) out.present = add_part(present);
  if (out.has_valid) out.valid = add_part(valid);
  add_values(column, rows, out);
  return out;
}

SpilledColumn SpillFile::add_maps(const Record& batch) {
  Column maps;
  maps.reset(Type::Dynamic, batch.rows);
  for (std::size_t k = 0; k < batch.rows; ++k) maps.values.push_back(map_at(batch, k));
  return add_column(maps, batch.rows);
}

Result<std::shared_ptr<const SpilledBatch>> SpillFile::append(const Record& batch) {
  buffer_.clear();
  auto out = std::make_shared<SpilledBatch>();
  out->file = shared_from_this();
  out->rows = batch.rows;
  out->has_base = batch.has_base;
  if (batch.has_base) {
    out->columns.push_back(add_maps(batch));
  } else {
    for (const Field& field : batch.fields) {
      out->names.push_back(field.name);
      out->columns.push_back(add_column(field.column, batch.rows));
    }
  }
  if (auto written = write_all(file_.get(), buffer_); !written) {
    return fail("source.scratch",
                "cannot keep the records of a memstore in the work folder: " + written.error().message,
                "fewer records, or more space");
  }
  size_ += buffer_.size();
  return out;
}

}  // namespace mimus
