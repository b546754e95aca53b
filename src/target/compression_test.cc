#include "target/compression.h"

#include <gtest/gtest.h>
#include <zlib.h>
#include <zstd.h>

#include <string>

namespace mimus {
namespace {

// Text that can be packed, but not to nothing.
std::string text_of(std::size_t size) {
  std::string out;
  std::uint64_t state = 1;
  while (out.size() < size) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    out += std::to_string(state >> 40U) + "|some words|" + std::to_string(out.size()) + "\r\n";
  }
  out.resize(size);
  return out;
}

std::string packed_in(Packer& packer, std::string_view text, std::size_t step) {
  Buffer out;
  while (!text.empty()) {
    EXPECT_TRUE(packer.pack(text.substr(0, step), out));
    text.remove_prefix(std::min(step, text.size()));
  }
  EXPECT_TRUE(packer.finish(out));
  return std::string(out.view());
}

std::string gunzipped(std::string packed, std::size_t most) {
  z_stream stream{};
  EXPECT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
  std::string out(most + 1, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  // The check sums are looked at here; nothing may follow the one member.
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  EXPECT_EQ(stream.avail_in, 0U);
  out.resize(stream.total_out);
  inflateEnd(&stream);
  return out;
}

std::string unzstd(const std::string& packed, std::size_t most) {
  std::string out(most + 1, '\0');
  ZSTD_DCtx* context = ZSTD_createDCtx();
  ZSTD_inBuffer in{packed.data(), packed.size(), 0};
  ZSTD_outBuffer room{out.data(), out.size(), 0};
  std::size_t left = 1;
  while (left > 0 && ZSTD_isError(left) == 0 && in.pos < in.size) left = ZSTD_decompressStream(context, &room, &in);
  EXPECT_EQ(left, 0U);
  EXPECT_EQ(in.pos, in.size);
  ZSTD_freeDCtx(context);
  out.resize(room.pos);
  return out;
}

std::string unpacked(Compression compression, const std::string& packed, std::size_t most) {
  return compression == Compression::Gzip ? gunzipped(packed, most) : unzstd(packed, most);
}

TEST(Compression, KeepsWhatItPacks) {
  for (const Compression compression : {Compression::Gzip, Compression::Zstd}) {
    for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{512} << 10U, std::size_t{3'000'001}}) {
      const std::string text = text_of(size);
      const auto packer = make_compressor(compression, levels_of(compression).usual, {.threads = 2});
      const std::string packed = packed_in(*packer, text, 100'000);
      EXPECT_TRUE(unpacked(compression, packed, size) == text) << size;
      EXPECT_LT(packed.size(), size / 2 + 40);
      // The next file of the same packer knows nothing of the one before.
      EXPECT_TRUE(packed_in(*packer, text, 100'000) == packed) << size;
    }
  }
}

TEST(Compression, GivesTheSameBytesForAllThreadsAndSteps) {
  const std::string text = text_of(5'000'000);
  for (const Compression compression : {Compression::Gzip, Compression::Zstd}) {
    const auto alone = make_compressor(compression, 1, {.threads = 1});
    const std::string packed = packed_in(*alone, text, text.size());
    for (const int threads : {1, 2, 7}) {
      for (const std::size_t step : {std::size_t{999}, std::size_t{512} << 10U, std::size_t{2'000'003}}) {
        const auto packer = make_compressor(compression, 1, {.threads = threads});
        EXPECT_TRUE(packed_in(*packer, text, step) == packed) << threads << " threads, steps of " << step;
      }
    }
  }
}

TEST(Compression, TellsTheTimeOfTheRun) {
  const auto packer = make_compressor(Compression::Gzip, 6, {.now = {0x01020304 * kMicrosPerSecond}});
  EXPECT_EQ(packed_in(*packer, "x", 1).substr(0, 10), std::string("\x1f\x8b\x08\x00\x04\x03\x02\x01\x00\xff", 10));
  const auto late = make_compressor(Compression::Gzip, 6, {.now = {INT64_MAX}});
  EXPECT_EQ(packed_in(*late, "x", 1).substr(4, 4), std::string(4, '\0'));
}

}  // namespace
}  // namespace mimus
