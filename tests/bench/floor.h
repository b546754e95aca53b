// What the hard-coded programs of the benchmarks share: draws, numbers and times as text, a file, the figures.
#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <string_view>
#include <vector>

namespace floor_program {

constexpr std::size_t kBatch = 2048;
constexpr std::uint64_t kSecondsPerDay = 86'400;
constexpr std::size_t kDays = 3'000;
constexpr std::uint64_t kFirstDay = 8'036;  // 1992-01-02

struct Block {
  std::uint64_t low, high;
};

// Philox4x32-10 (Salmon et al., SC 2011).
inline Block philox(std::uint64_t key, std::uint64_t counter, std::uint32_t block) {
  auto c0 = static_cast<std::uint32_t>(counter);
  auto c1 = static_cast<std::uint32_t>(counter >> 32U);
  std::uint32_t c2 = block;
  std::uint32_t c3 = 0;
  auto k0 = static_cast<std::uint32_t>(key);
  auto k1 = static_cast<std::uint32_t>(key >> 32U);
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t a = std::uint64_t{0xD2511F53} * c0;
    const std::uint64_t b = std::uint64_t{0xCD9E8D57} * c2;
    c0 = static_cast<std::uint32_t>(b >> 32U) ^ c1 ^ k0;
    c1 = static_cast<std::uint32_t>(b);
    c2 = static_cast<std::uint32_t>(a >> 32U) ^ c3 ^ k1;
    c3 = static_cast<std::uint32_t>(a);
    k0 += 0x9E3779B9U;
    k1 += 0xBB67AE85U;
  }
  return {std::uint64_t{c1} << 32U | c0, std::uint64_t{c3} << 32U | c2};
}

__extension__ using Wide = unsigned __int128;

inline std::uint64_t bounded(std::uint64_t draw, std::uint64_t n) {
  return static_cast<std::uint64_t>(static_cast<Wide>(draw) * n >> 64U);
}

struct Tables {
  std::array<char, 200> digits{};
  std::array<std::array<char, 11>, kDays> days{};  // "1992-01-02 "

  Tables() {
    for (std::size_t i = 0; i < 100; ++i) {
      digits[2 * i] = static_cast<char>('0' + i / 10);
      digits[2 * i + 1] = static_cast<char>('0' + i % 10);
    }
    for (std::size_t i = 0; i < kDays; ++i) {
      const auto seconds = static_cast<std::time_t>((kFirstDay + i) * kSecondsPerDay);
      std::tm day{};
      gmtime_r(&seconds, &day);
      std::array<char, 16> text{};
      std::strftime(text.data(), text.size(), "%Y-%m-%d ", &day);
      std::memcpy(days[i].data(), text.data(), 11);
    }
  }
};

inline const Tables kTables;

inline char* put_two(char* out, std::uint64_t value) {
  std::memcpy(out, kTables.digits.data() + 2 * value, 2);
  return out + 2;
}

inline char* put_number(char* out, std::uint64_t value) {
  std::array<char, 20> text;
  std::size_t i = text.size();
  while (value >= 100) {
    i -= 2;
    put_two(text.data() + i, value % 100);
    value /= 100;
  }
  if (value >= 10) {
    i -= 2;
    put_two(text.data() + i, value);
  } else {
    text[--i] = static_cast<char>('0' + value);
  }
  std::memcpy(out, text.data() + i, text.size() - i);
  return out + (text.size() - i);
}

// Hundredths as Python prints the float: 12.34, 12.3, 12.0.
inline char* put_hundredths(char* out, std::uint64_t value) {
  out = put_number(out, value / 100);
  *out++ = '.';
  put_two(out, value % 100);
  return value % 10 == 0 ? out + 1 : out + 2;
}

inline char* put_time(char* out, std::uint64_t seconds) {
  const std::uint64_t rest = seconds % kSecondsPerDay;
  std::memcpy(out, kTables.days[seconds / kSecondsPerDay].data(), 11);
  out = put_two(out + 11, rest / 3600);
  *out++ = ':';
  out = put_two(out, rest / 60 % 60);
  *out++ = ':';
  return put_two(out, rest % 60);
}

inline char* put_text(char* out, std::string_view text) {
  std::memcpy(out, text.data(), text.size());
  return out + text.size();
}

// 8 characters of 62 from a draw, by taking the draw as a fraction.
inline char* put_letters(char* out, std::uint64_t draw, std::size_t count) {
  constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  for (std::size_t i = 0; i < count; ++i) {
    const Wide scaled = static_cast<Wide>(draw) * kLetters.size();
    *out++ = kLetters[static_cast<std::size_t>(scaled >> 64U)];
    draw = static_cast<std::uint64_t>(scaled);
  }
  return out;
}

inline bool write_whole(int fd, const char* bytes, std::size_t size) {
  while (size > 0) {
    const ssize_t written = write(fd, bytes, size);
    if (written < 0) return false;
    bytes += written;
    size -= static_cast<std::size_t>(written);
  }
  return true;
}

// Writes rows in batches: `fill(first, count, out)` appends the rows first … first + count to `out` and gives their
// end. `begin` and `end` stand around them. Prints {"rows", "bytes", "seconds"}; 0 when all went well.
template <class Fill>
int write_rows(std::uint64_t rows, const char* file, std::size_t row_bytes, std::string_view begin,
               std::string_view end, Fill&& fill) {
  const int fd = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (fd < 0) return 1;
  const auto began = std::chrono::steady_clock::now();
  std::vector<char> buffer(kBatch * row_bytes);
  std::uint64_t bytes = begin.size() + end.size();
  if (!write_whole(fd, begin.data(), begin.size())) return 1;
  for (std::uint64_t first = 0; first < rows; first += kBatch) {
    const std::size_t count = rows - first < kBatch ? rows - first : kBatch;
    const char* last = fill(first, count, buffer.data());
    const auto size = static_cast<std::size_t>(last - buffer.data());
    if (!write_whole(fd, buffer.data(), size)) return 1;
    bytes += size;
  }
  if (!write_whole(fd, end.data(), end.size())) return 1;
  close(fd);
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  std::printf("{\"rows\": %llu, \"bytes\": %llu, \"seconds\": %.6f}\n", static_cast<unsigned long long>(rows),
              static_cast<unsigned long long>(bytes), seconds);
  return 0;
}

}  // namespace floor_program
