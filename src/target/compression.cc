#include "target/compression.h"

#include <zstd.h>

#include <algorithm>
#include <new>
#include <string>

#include "target/block_deflater.h"

namespace mimus {
namespace {

void append_little_endian(std::string& out, std::uint32_t value) {
  for (unsigned shift = 0; shift < 32; shift += 8) out += static_cast<char>(value >> shift & 0xFFU);
}

class GzipPacker final : public Packer {
 public:
  GzipPacker(int level, const PackerSettings& settings)
      : level_(level), now_(settings.now), deflater_(level, settings.threads) {}

  [[nodiscard]] Status pack(std::string_view bytes, Buffer& out) override {
    begin_file(out);
    deflater_.add(bytes, out);
    return {};
  }

  [[nodiscard]] Status finish(Buffer& out) override {
    begin_file(out);
    deflater_.finish(out);
    std::string trailer;
    append_little_endian(trailer, deflater_.crc());
    append_little_endian(trailer, static_cast<std::uint32_t>(deflater_.size()));
    out.append(trailer);
    begun_ = false;
    return {};
  }

 private:
  void begin_file(Buffer& out) {
    if (begun_) return;
    begun_ = true;
    std::string header("\x1f\x8b\x08\x00", 4);
    // 0 says "no time": so do times that the field cannot hold.
    const std::int64_t seconds = now_.micros / kMicrosPerSecond;
    append_little_endian(header, seconds > 0 && seconds <= UINT32_MAX ? static_cast<std::uint32_t>(seconds) : 0);
    header += level_ == 9 ? '\x02' : level_ == 1 ? '\x04' : '\x00';
    header += '\xff';  // made on no system in particular
    out.append(header);
  }

  int level_;
  Timestamp now_;
  BlockDeflater deflater_;
  bool begun_ = false;
};

// libzstd's own threads: with one or more, the bytes do not depend on their number.
class ZstdPacker final : public Packer {
 public:
  ZstdPacker(int level, const PackerSettings& settings) : context_(ZSTD_createCCtx()) {
    if (context_ == nullptr) throw std::bad_alloc();
    constexpr int kJob = 2 << 20;
    set(ZSTD_c_compressionLevel, level);
    set(ZSTD_c_checksumFlag, 1);
    set(ZSTD_c_nbWorkers, std::max(settings.threads - 1, 1));
    set(ZSTD_c_jobSize, kJob);
  }
  ~ZstdPacker() override { ZSTD_freeCCtx(context_); }
  ZstdPacker(const ZstdPacker&) = delete;
  ZstdPacker& operator=(const ZstdPacker&) = delete;

  [[nodiscard]] Status pack(std::string_view bytes, Buffer& out) override {
    ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
    while (in.pos < in.size) MIMUS_TRY(step(in, ZSTD_e_continue, out));
    return {};
  }

  [[nodiscard]] Status finish(Buffer& out) override {
    ZSTD_inBuffer none{nullptr, 0, 0};
    while (true) {
      MIMUS_ASSIGN(const std::size_t left, step(none, ZSTD_e_end, out));
      if (left == 0) return {};
    }
  }

 private:
  void set(ZSTD_cParameter parameter, int value) {
    const std::size_t result = ZSTD_CCtx_setParameter(context_, parameter, value);
    if (problem_.empty() && ZSTD_isError(result) != 0) problem_ = ZSTD_getErrorName(result);
  }

  [[nodiscard]] Result<std::size_t> step(ZSTD_inBuffer& in, ZSTD_EndDirective directive, Buffer& out) {
    if (!problem_.empty()) return fail("target.compression", "zstd cannot compress: " + problem_);
    const std::size_t room = ZSTD_CStreamOutSize();
    char* p = out.room(out.end(), room);
    ZSTD_outBuffer packed{p, room, 0};
    const std::size_t left = ZSTD_compressStream2(context_, &packed, &in, directive);
    if (ZSTD_isError(left) != 0) {
      return fail("target.compression", std::string("zstd cannot compress: ") + ZSTD_getErrorName(left));
    }
    out.set_end(p + packed.pos);
    return left;
  }

  ZSTD_CCtx* context_;
  std::string problem_;
};

}  // namespace

CompressionLevels levels_of(Compression compression) {
  return compression == Compression::Gzip ? CompressionLevels{1, 4, 9} : CompressionLevels{1, 3, 19};
}

std::string_view extension_of(Compression compression) { return compression == Compression::Gzip ? "gz" : "zst"; }

std::unique_ptr<Packer> make_compressor(Compression compression, int level, const PackerSettings& settings) {
  if (compression == Compression::Gzip) return std::make_unique<GzipPacker>(level, settings);
  return std::make_unique<ZstdPacker>(level, settings);
}

}  // namespace mimus
