// The columns of lineitem.xml, hard-coded: what a program can do on this machine that knows its columns beforehand. The
// engine is measured against it.
//
//   lineitem_floor ROWS FILE     writes the CSV; prints {"rows", "bytes", "seconds"} to stdout
//
// A column at a time, 2,048 rows a batch; every column and row has its own draw (Philox4x32-10, scalar).
#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <string_view>
#include <vector>

namespace {

constexpr std::size_t kBatch = 2048;
constexpr std::size_t kColumns = 15;    // random ones
constexpr std::size_t kRowBytes = 512;  // more than any row
constexpr std::size_t kTextDraws = 6;   // 8 characters each
constexpr std::uint64_t kSecondsPerDay = 86'400;
constexpr std::size_t kDays = 3'000;
constexpr std::uint64_t kFirstDay = 8'036;  // 1992-01-02

struct Block {
  std::uint64_t low, high;
};

// Philox4x32-10 (Salmon et al., SC 2011).
Block philox(std::uint64_t key, std::uint64_t counter, std::uint32_t block) {
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

std::uint64_t bounded(std::uint64_t draw, std::uint64_t n) {
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

const Tables kTables;

char* put_two(char* out, std::uint64_t value) {
  std::memcpy(out, kTables.digits.data() + 2 * value, 2);
  return out + 2;
}

char* put_number(char* out, std::uint64_t value) {
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
char* put_hundredths(char* out, std::uint64_t value) {
  out = put_number(out, value / 100);
  *out++ = '.';
  put_two(out, value % 100);
  return value % 10 == 0 ? out + 1 : out + 2;
}

char* put_time(char* out, std::uint64_t seconds) {
  const std::uint64_t rest = seconds % kSecondsPerDay;
  std::memcpy(out, kTables.days[seconds / kSecondsPerDay].data(), 11);
  out = put_two(out + 11, rest / 3600);
  *out++ = ':';
  out = put_two(out, rest / 60 % 60);
  *out++ = ':';
  return put_two(out, rest % 60);
}

char* put_text(char* out, std::string_view text) {
  std::memcpy(out, text.data(), text.size());
  return out + text.size();
}

// 8 characters of 62 from a draw, by taking the draw as a fraction.
char* put_letters(char* out, std::uint64_t draw, std::size_t count) {
  constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  for (std::size_t i = 0; i < count; ++i) {
    const Wide scaled = static_cast<Wide>(draw) * kLetters.size();
    *out++ = kLetters[static_cast<std::size_t>(scaled >> 64U)];
    draw = static_cast<std::uint64_t>(scaled);
  }
  return out;
}

constexpr std::array<std::string_view, 4> kInstructions = {"DELIVER IN PERSON", "COLLECT COD", "NONE",
                                                           "TAKE BACK RETURN"};
constexpr std::array<std::string_view, 7> kModes = {"REG AIR", "AIR", "RAIL", "SHIP", "TRUCK", "MAIL", "FOB"};
constexpr std::array<std::uint64_t, kColumns> kBounds = {200'000,
                                                         10'000,
                                                         7,
                                                         50,
                                                         10'410'001,
                                                         11,
                                                         9,
                                                         3,
                                                         2,
                                                         2'526 * kSecondsPerDay,
                                                         2'466 * kSecondsPerDay,
                                                         2'555 * kSecondsPerDay,
                                                         4,
                                                         7,
                                                         34};

struct Batch {
  std::array<std::array<std::uint64_t, kBatch>, kColumns> columns;
  std::array<std::array<std::uint64_t, kBatch>, kTextDraws> text;
};

void draw(Batch& batch, std::uint64_t first, std::size_t rows) {
  for (std::size_t c = 0; c < kColumns; ++c) {
    const std::uint64_t key = 0x9E3779B97F4A7C15U * (c + 1);
    for (std::size_t i = 0; i < rows; ++i) batch.columns[c][i] = bounded(philox(key, first + i, 0).low, kBounds[c]);
  }
  for (std::size_t t = 0; t < kTextDraws; t += 2) {
    const std::uint64_t key = 0x9E3779B97F4A7C15U * (kColumns + 1);
    for (std::size_t i = 0; i < rows; ++i) {
      const Block block = philox(key, first + i, static_cast<std::uint32_t>(t / 2));
      batch.text[t][i] = block.low;
      batch.text[t + 1][i] = block.high;
    }
  }
}

char* put_row(char* out, const Batch& batch, std::uint64_t row, std::size_t i) {
  const auto& c = batch.columns;
  const auto comma = [](char* at) {
    *at = ',';
    return at + 1;
  };
  out = comma(put_number(out, row + 1));
  for (std::size_t k = 0; k < 4; ++k) out = comma(put_number(out, c[k][i] + 1));
  out = comma(put_hundredths(out, c[4][i] + 90'000));
  out = comma(put_hundredths(out, c[5][i]));
  out = comma(put_hundredths(out, c[6][i]));
  *out++ = "ARN"[c[7][i]];
  *out++ = ',';
  *out++ = "OF"[c[8][i]];
  *out++ = ',';
  out = comma(put_time(out, c[9][i]));
  out = comma(put_time(out, c[10][i] + 29 * kSecondsPerDay));
  out = comma(put_time(out, c[11][i] + kSecondsPerDay));
  out = comma(put_text(out, kInstructions[c[12][i]]));
  out = comma(put_text(out, kModes[c[13][i]]));
  std::size_t left = 10 + c[14][i];
  for (std::size_t t = 0; left > 0; ++t) {
    const std::size_t count = left < 8 ? left : 8;
    out = put_letters(out, batch.text[t][i], count);
    left -= count;
  }
  *out++ = '\r';
  *out++ = '\n';
  return out;
}

bool write_whole(int fd, const char* bytes, std::size_t size) {
  while (size > 0) {
    const ssize_t written = write(fd, bytes, size);
    if (written < 0) return false;
    bytes += written;
    size -= static_cast<std::size_t>(written);
  }
  return true;
}

}  // namespace

int main(int count, char** values) {
  if (count != 3) {
    std::fputs("usage: lineitem_floor ROWS FILE\n", stderr);
    return 2;
  }
  const std::uint64_t total = std::strtoull(values[1], nullptr, 10);
  const int fd = open(values[2], O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (fd < 0) return 1;
  const auto began = std::chrono::steady_clock::now();
  static Batch batch;
  std::vector<char> buffer(kBatch * kRowBytes);
  std::uint64_t bytes = 0;
  for (std::uint64_t first = 0; first < total; first += kBatch) {
    const std::size_t rows = total - first < kBatch ? total - first : kBatch;
    draw(batch, first, rows);
    char* out = buffer.data();
    for (std::size_t i = 0; i < rows; ++i) out = put_row(out, batch, first + i, i);
    const auto size = static_cast<std::size_t>(out - buffer.data());
    if (!write_whole(fd, buffer.data(), size)) return 1;
    bytes += size;
  }
  close(fd);
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  std::printf("{\"rows\": %llu, \"bytes\": %llu, \"seconds\": %.6f}\n", static_cast<unsigned long long>(total),
              static_cast<unsigned long long>(bytes), seconds);
  return 0;
}
