// ZipWriter: an archive (PKWARE's APPNOTE 6.3, without its 64-bit forms), member by member, as a stream.
//
// Members are deflated; their sizes stand behind them and in the directory at the end. One thread at a time.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/buffer.h"
#include "base/result.h"
#include "base/time.h"
#include "target/block_deflater.h"

namespace mimus {

class ZipWriter {
 public:
  // No member, and no archive, may have more bytes than that.
  static constexpr std::uint64_t kMostBytes = UINT32_MAX;

  // `time`: of all members; within 1980 … 2107, as the format wants it.
  ZipWriter(int level, int threads, Timestamp time);

  // Members follow one another: begin_member, add…, end_member.
  void begin_member(std::string name, Buffer& out);
  void add(std::string_view bytes, Buffer& out);
  // Fails with target.too_large.
  [[nodiscard]] Status end_member(Buffer& out);
  // The end of the archive; what follows is another one. Fails with target.too_large.
  [[nodiscard]] Status finish(Buffer& out);

 private:
  struct Member {
    std::string name;
    std::uint64_t at = 0;
    std::uint32_t crc = 0;
    std::uint64_t size = 0, packed_size = 0;
  };
  void append(std::string_view bytes, Buffer& out);
  [[nodiscard]] std::string header(const Member& member) const;

  BlockDeflater deflater_;
  std::uint32_t time_ = 0;
  std::vector<Member> members_;
  std::uint64_t size_ = 0;
};

}  // namespace mimus
