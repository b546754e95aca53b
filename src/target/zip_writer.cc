#include "target/zip_writer.h"

#include <algorithm>

namespace mimus {
namespace {

constexpr std::uint32_t kLocalHeader = 0x04034B50, kDescriptor = 0x08074B50, kEntry = 0x02014B50, kEnd = 0x06054B50;
constexpr std::uint16_t kVersion = 20;
// The sizes stand behind the data; the name is UTF-8.
constexpr std::uint16_t kFlags = 0x0808;
constexpr std::uint16_t kDeflated = 8;

void put16(std::string& out, std::uint64_t value) {
  out += static_cast<char>(value & 0xFFU);
  out += static_cast<char>(value >> 8U & 0xFFU);
}

void put32(std::string& out, std::uint64_t value) {
  put16(out, value & 0xFFFFU);
  put16(out, value >> 16U & 0xFFFFU);
}

// Date and time as MS-DOS had them, in steps of two seconds.
std::uint32_t dos_time(Timestamp time) {
  const Civil civil = civil_from(time);
  if (civil.year < 1980) return 1U << 16U | 1U << 21U;
  const auto year = static_cast<std::uint32_t>(std::min(civil.year, 2107) - 1980);
  const auto date = year << 9U | static_cast<std::uint32_t>(civil.month) << 5U | static_cast<std::uint32_t>(civil.day);
  const auto clock = static_cast<std::uint32_t>(civil.hour) << 11U | static_cast<std::uint32_t>(civil.minute) << 5U |
                     static_cast<std::uint32_t>(civil.second) / 2;
  return date << 16U | clock;
}

std::unexpected<Diagnostic> too_large() {
  return fail("target.too_large", "a file of this format can have 4 GiB at most", "chunk_size makes several files");
}

}  // namespace

ZipWriter::ZipWriter(int level, int threads, Timestamp time) : deflater_(level, threads), time_(dos_time(time)) {}

void ZipWriter::append(std::string_view bytes, Buffer& out) {
  out.append(bytes);
  size_ += bytes.size();
}

// What the local header and the directory have in common.
std::string ZipWriter::header(const Member& member) const {
  std::string out;
  put16(out, kVersion);
  put16(out, kFlags);
  put16(out, kDeflated);
  put32(out, time_);
  put32(out, member.crc);
  put32(out, member.packed_size);
  put32(out, member.size);
  put16(out, member.name.size());
  put16(out, 0);
  return out;
}

void ZipWriter::begin_member(std::string name, Buffer& out) {
  members_.push_back({.name = std::move(name), .at = size_});
  std::string start;
  put32(start, kLocalHeader);
  append(start + header(members_.back()) + members_.back().name, out);
}

void ZipWriter::add(std::string_view bytes, Buffer& out) {
  const std::size_t before = out.size();
  deflater_.add(bytes, out);
  size_ += out.size() - before;
}

Status ZipWriter::end_member(Buffer& out) {
  const std::size_t before = out.size();
  deflater_.finish(out);
  size_ += out.size() - before;
  Member& member = members_.back();
  member.crc = deflater_.crc();
  member.size = deflater_.size();
  member.packed_size = deflater_.packed_size();
  if (member.size > kMostBytes || size_ > kMostBytes) return too_large();
  std::string descriptor;
  put32(descriptor, kDescriptor);
  put32(descriptor, member.crc);
  put32(descriptor, member.packed_size);
  put32(descriptor, member.size);
  append(descriptor, out);
  return {};
}

Status ZipWriter::finish(Buffer& out) {
  const std::uint64_t start = size_;
  for (const Member& member : members_) {
    std::string entry;
    put32(entry, kEntry);
    put16(entry, kVersion);
    entry += header(member);
    // No comment, disk 0, no attributes.
    entry.append(10, '\0');
    put32(entry, member.at);
    append(entry + member.name, out);
  }
  std::string end;
  put32(end, kEnd);
  put32(end, 0);
  put16(end, members_.size());
  put16(end, members_.size());
  put32(end, size_ - start);
  put32(end, start);
  put16(end, 0);
  append(end, out);
  const bool fits = size_ <= kMostBytes && members_.size() <= UINT16_MAX;
  members_.clear();
  size_ = 0;
  return fits ? Status() : Status(too_large());
}

}  // namespace mimus
