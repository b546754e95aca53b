#include "source/byte_stream.h"

#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <cerrno>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"

namespace mimus {
namespace {

constexpr std::size_t kInputBytes = 256U << 10U;
constexpr int kMaxWindow = 27;  // 2^27 bytes, what zstd's own tools take without asking

class PlainStream final : public ByteStream {
 public:
  PlainStream(Descriptor file, std::string name) : file_(std::move(file)), name_(std::move(name)) {}

  [[nodiscard]] Result<std::size_t> read(std::span<char> out) override {
    while (true) {
      const ssize_t got = ::read(file_.get(), out.data(), out.size());
      if (got >= 0) return static_cast<std::size_t>(got);
      if (errno == EINTR) continue;
      return fail("source.unreadable", "cannot read '" + name_ + "': " + errno_text(errno));
    }
  }

 private:
  Descriptor file_;
  std::string name_;
};

// The limits on what comes out of a stream.
class LimitedStream final : public ByteStream {
 public:
  LimitedStream(std::unique_ptr<ByteStream> inner, std::uint64_t max_bytes, std::string name)
      : inner_(std::move(inner)), max_bytes_(max_bytes), name_(std::move(name)) {}

  [[nodiscard]] Result<std::size_t> read(std::span<char> out) override {
    MIMUS_ASSIGN(const std::size_t got, inner_->read(out));
    bytes_ += got;
    if (bytes_ <= max_bytes_) return got;
    return fail("source.too_large", "source '" + name_ + "' has more than " + with_thousands(max_bytes_) + " bytes");
  }

 private:
  std::unique_ptr<ByteStream> inner_;
  std::uint64_t max_bytes_;
  std::uint64_t bytes_ = 0;
  std::string name_;
};

// The compressed bytes, a block at a time, and what has come out of them.
class CompressedInput {
 public:
  CompressedInput(std::unique_ptr<ByteStream> file, std::string name)
      : file_(std::move(file)), name_(std::move(name)) {}

  // More bytes when there are none left; false at the end of the file.
  [[nodiscard]] Result<bool> fill() {
    if (at_ < size_) return true;
    MIMUS_ASSIGN(size_, file_->read(buffer_));
    at_ = 0;
    taken_ += size_;
    return size_ > 0;
  }
  [[nodiscard]] std::span<char> left() { return std::span(buffer_).subspan(at_, size_ - at_); }
  void consume(std::size_t bytes) { at_ += bytes; }

  [[nodiscard]] Status count_output(std::size_t bytes) {
    given_ += bytes;
    if (given_ <= kExpansionFree || given_ / kMaxExpansion <= taken_) return {};
    return fail("source.expansion",
                "'" + name_ + "' becomes more than " + with_thousands(kMaxExpansion) + " times as large as it is",
                "decompress it first, when it can be trusted");
  }

  [[nodiscard]] std::unexpected<Diagnostic> damaged(std::string_view format, const std::string& reason) const {
    return fail("source.compressed", "'" + name_ + "' is no valid " + std::string(format) + " file: " + reason);
  }

 private:
  std::unique_ptr<ByteStream> file_;
  std::string name_;
  std::vector<char> buffer_ = std::vector<char>(kInputBytes);
  std::size_t at_ = 0, size_ = 0;
  std::uint64_t taken_ = 0, given_ = 0;
};

class GzipStream final : public ByteStream {
 public:
  GzipStream(std::unique_ptr<ByteStream> file, std::string name) : input_(std::move(file), std::move(name)) {
    constexpr int kGzipOnly = 16 + MAX_WBITS;
    is_ready_ = inflateInit2(&state_, kGzipOnly) == Z_OK;
  }
  ~GzipStream() override { inflateEnd(&state_); }
  GzipStream(const GzipStream&) = delete;
  GzipStream& operator=(const GzipStream&) = delete;

  [[nodiscard]] Result<std::size_t> read(std::span<char> out) override {
    if (!is_ready_) return input_.damaged("gzip", "no memory to read it");
    state_.next_out = reinterpret_cast<Bytef*>(out.data());
    state_.avail_out = static_cast<uInt>(std::min<std::size_t>(out.size(), 1U << 30U));
    const uInt wanted = state_.avail_out;
    while (state_.avail_out == wanted) {
      MIMUS_ASSIGN(const bool more, input_.fill());
      if (!more) {
        if (in_member_ || !had_member_) return input_.damaged("gzip", "it ends too early");
        return 0;
      }
      MIMUS_TRY(inflate_some());
    }
    const std::size_t got = wanted - state_.avail_out;
    MIMUS_TRY(input_.count_output(got));
    return got;
  }

 private:
  Status inflate_some() {
    const std::span<char> bytes = input_.left();
    state_.next_in = reinterpret_cast<Bytef*>(bytes.data());
    state_.avail_in = static_cast<uInt>(bytes.size());
    in_member_ = true;
    const int result = inflate(&state_, Z_NO_FLUSH);
    input_.consume(bytes.size() - state_.avail_in);
    if (result == Z_STREAM_END) {
      in_member_ = false;
      had_member_ = true;
      inflateReset(&state_);
      return {};
    }
    if (result == Z_OK || result == Z_BUF_ERROR) return {};
    return input_.damaged("gzip", state_.msg != nullptr ? state_.msg : "its bytes are damaged");
  }

  CompressedInput input_;
  z_stream state_ = {};
  bool is_ready_ = false;
  bool in_member_ = false;
  bool had_member_ = false;
};

class ZstdStream final : public ByteStream {
 public:
  ZstdStream(std::unique_ptr<ByteStream> file, std::string name)
      : input_(std::move(file), std::move(name)), state_(ZSTD_createDStream(), &ZSTD_freeDStream) {
    is_ready_ = state_ && !ZSTD_isError(ZSTD_DCtx_setParameter(state_.get(), ZSTD_d_windowLogMax, kMaxWindow));
  }

  [[nodiscard]] Result<std::size_t> read(std::span<char> out) override {
    if (!is_ready_) return input_.damaged("zstd", "no memory to read it");
    ZSTD_outBuffer output = {out.data(), out.size(), 0};
    while (output.pos == 0) {
      MIMUS_ASSIGN(const bool more, input_.fill());
      if (!more && !may_flush_) {
        if (in_frame_) return input_.damaged("zstd", "it ends too early");
        return 0;
      }
      const std::span<char> bytes = input_.left();
      ZSTD_inBuffer in = {bytes.data(), bytes.size(), 0};
      const std::size_t result = ZSTD_decompressStream(state_.get(), &output, &in);
      input_.consume(in.pos);
      if (ZSTD_isError(result)) return input_.damaged("zstd", ZSTD_getErrorName(result));
      in_frame_ = result != 0;
      // A full output may leave more behind, even after the last byte of the file.
      may_flush_ = in_frame_ && output.pos == output.size;
    }
    MIMUS_TRY(input_.count_output(output.pos));
    return output.pos;
  }

 private:
  CompressedInput input_;
  std::unique_ptr<ZSTD_DStream, decltype(&ZSTD_freeDStream)> state_;
  bool is_ready_ = false;
  bool in_frame_ = true;
  bool may_flush_ = false;
};

}  // namespace

Compression compression_of(const fs::path& file) {
  const fs::path extension = file.extension();
  return extension == ".gz" ? Compression::Gzip : extension == ".zst" ? Compression::Zstd : Compression::None;
}

std::unique_ptr<ByteStream> open_stream(Descriptor file, Compression compression, std::uint64_t max_bytes,
                                        std::string_view shown_name) {
  const std::string name(shown_name);
  std::unique_ptr<ByteStream> stream = std::make_unique<PlainStream>(std::move(file), name);
  if (compression == Compression::Gzip) stream = std::make_unique<GzipStream>(std::move(stream), name);
  if (compression == Compression::Zstd) stream = std::make_unique<ZstdStream>(std::move(stream), name);
  return std::make_unique<LimitedStream>(std::move(stream), max_bytes, name);
}

}  // namespace mimus
