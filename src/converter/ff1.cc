#include "converter/ff1.h"

#include <openssl/bn.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <span>
#include <utility>

namespace mimus {
namespace {

constexpr std::size_t kMostLength = 256;
constexpr std::size_t kBlock = 16;
using Block = std::array<std::uint8_t, kBlock>;

struct FreeCipher {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
struct FreeNumber {
  void operator()(BIGNUM* number) const { BN_free(number); }
};
struct FreeNumbers {
  void operator()(BN_CTX* context) const { BN_CTX_free(context); }
};
using Number = std::unique_ptr<BIGNUM, FreeNumber>;

std::unexpected<Diagnostic> failed() { return fail("converter.value", "FF1: the cipher failed"); }

// AES of single blocks.
class Cipher {
 public:
  explicit Cipher(const std::string& key) : context_(EVP_CIPHER_CTX_new()), key_(key) {
    const EVP_CIPHER* aes = key.size() == 16   ? EVP_aes_128_ecb()
                            : key.size() == 24 ? EVP_aes_192_ecb()
                                               : EVP_aes_256_ecb();
    ready_ = context_ != nullptr &&
             EVP_EncryptInit_ex(context_.get(), aes, nullptr, reinterpret_cast<const unsigned char*>(key.data()),
                                nullptr) == 1 &&
             EVP_CIPHER_CTX_set_padding(context_.get(), 0) == 1;
  }

  // The thread's cipher of a key: its schedule costs more than a text's rounds, so the last one is kept.
  static const Cipher& of(const std::string& key) {
    thread_local std::unique_ptr<Cipher> last;
    if (!last || last->key_ != key) last = std::make_unique<Cipher>(key);
    return *last;
  }

  [[nodiscard]] bool encrypt(Block& block) const {
    Block out{};
    int size = 0;
    if (!ready_ || EVP_EncryptUpdate(context_.get(), out.data(), &size, block.data(), kBlock) != 1) return false;
    block = out;
    return true;
  }

  // CBC-MAC, the PRF of the standard, continued from `state`. As many bytes as whole blocks have.
  [[nodiscard]] bool digest(std::span<const std::uint8_t> bytes, Block& state) const {
    for (std::size_t k = 0; k < bytes.size(); k += kBlock) {
      for (std::size_t i = 0; i < kBlock; ++i) state[i] ^= bytes[k + i];
      if (!encrypt(state)) return false;
    }
    return true;
  }

 private:
  std::unique_ptr<EVP_CIPHER_CTX, FreeCipher> context_;
  std::string key_;
  bool ready_ = false;
};

using Numerals = std::span<std::uint16_t>;

// ---- arithmetic of halves: in one machine word where the halves' numbers fit, else by OpenSSL's big numbers

__extension__ using Wide = unsigned __int128;

struct WordArithmetic {
  std::uint32_t radix;

  [[nodiscard]] std::uint64_t number_of(Numerals half) const {
    std::uint64_t out = 0;
    for (const std::uint16_t numeral : half) out = out * radix + numeral;
    return out;
  }
  [[nodiscard]] std::uint64_t power(std::size_t count) const {
    std::uint64_t out = 1;
    for (std::size_t k = 0; k < count; ++k) out *= radix;
    return out;
  }
  [[nodiscard]] bool write(Numerals half, std::span<std::uint8_t> out) const {
    std::uint64_t number = number_of(half);
    for (std::size_t k = out.size(); k-- > 0; number >>= 8U) out[k] = static_cast<std::uint8_t>(number);
    return true;
  }
  // half = (half ± the number of the bytes) mod radix^size.
  [[nodiscard]] bool add(Numerals half, std::span<const std::uint8_t> bytes, bool forward) const {
    const std::uint64_t modulus = power(half.size());
    Wide rest = 0;
    for (const std::uint8_t byte : bytes) rest = (rest << 8U | byte) % modulus;
    const Wide own = number_of(half);
    auto sum = static_cast<std::uint64_t>((own + (forward ? rest : modulus - rest)) % modulus);
    for (std::size_t k = half.size(); k-- > 0; sum /= radix) half[k] = static_cast<std::uint16_t>(sum % radix);
    return true;
  }
};

class BigArithmetic {
 public:
  explicit BigArithmetic(std::uint32_t radix)
      : radix_(radix), number_(BN_new()), other_(BN_new()), modulus_(BN_new()), context_(BN_CTX_new()) {}

  [[nodiscard]] bool is_ready() const { return number_ && other_ && modulus_ && context_; }
  [[nodiscard]] bool write(Numerals half, std::span<std::uint8_t> out) {
    return read(half) && BN_bn2binpad(number_.get(), out.data(), static_cast<int>(out.size())) >= 0;
  }
  [[nodiscard]] bool add(Numerals half, std::span<const std::uint8_t> bytes, bool forward) {
    BN_one(modulus_.get());
    for (std::size_t k = 0; k < half.size(); ++k) {
      if (BN_mul_word(modulus_.get(), radix_) != 1) return false;
    }
    const auto change = forward ? BN_mod_add : BN_mod_sub;
    if (!read(half) || BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), other_.get()) == nullptr ||
        change(number_.get(), number_.get(), other_.get(), modulus_.get(), context_.get()) != 1) {
      return false;
    }
    for (std::size_t k = half.size(); k-- > 0;) {
      half[k] = static_cast<std::uint16_t>(BN_div_word(number_.get(), radix_));
    }
    return true;
  }

 private:
  [[nodiscard]] bool read(Numerals half) {
    BN_zero(number_.get());
    for (const std::uint16_t numeral : half) {
      if (BN_mul_word(number_.get(), radix_) != 1 || BN_add_word(number_.get(), numeral) != 1) return false;
    }
    return true;
  }

  std::uint32_t radix_;
  Number number_, other_, modulus_;
  std::unique_ptr<BN_CTX, FreeNumbers> context_;
};

void write_big_endian(std::span<std::uint8_t> out, std::uint64_t value) {
  for (std::size_t k = out.size(); k-- > 0; value >>= 8U) out[k] = static_cast<std::uint8_t>(value);
}

// ceil(log2(radix^count) / 8): the bytes of a half as a number.
std::size_t bytes_of(std::uint32_t radix, std::size_t count) {
  std::vector<std::uint32_t> limbs(1, 1);  // radix^count, then less 1: from the lowest
  for (std::size_t k = 0; k < count; ++k) {
    std::uint64_t carry = 0;
    for (std::uint32_t& limb : limbs) {
      carry += std::uint64_t{limb} * radix;
      limb = static_cast<std::uint32_t>(carry);
      carry >>= 32U;
    }
    if (carry > 0) limbs.push_back(static_cast<std::uint32_t>(carry));
  }
  for (std::uint32_t& limb : limbs) {
    if (limb-- != 0) break;
  }
  std::size_t bits = limbs.size() * 32;
  while (bits > 0 && (limbs[(bits - 1) / 32] >> ((bits - 1) % 32) & 1U) == 0) --bits;
  return (bits + 7) / 8;
}

// The ten rounds of the standard. What does not change from round to round is digested once.
struct Rounds {
  const Cipher& cipher;
  std::size_t bytes;            // of a half as a number
  std::size_t wanted;           // bytes of the number that a round adds
  Block state{};                // of the PRF after all whole blocks that are the same in each round
  std::vector<std::uint8_t> q;  // the blocks after them: what is left of the tweak, zeros, round, number

  [[nodiscard]] bool begin(std::string_view tweak, std::uint32_t radix, std::size_t length) {
    wanted = 4 * ((bytes + 3) / 4) + 4;
    Block first{1, 2, 1};
    const std::span<std::uint8_t> p = first;
    write_big_endian(p.subspan(3, 3), radix);
    p[6] = 10;
    p[7] = static_cast<std::uint8_t>((length / 2) & 0xFFU);
    write_big_endian(p.subspan(8, 4), length);
    write_big_endian(p.subspan(12, 4), tweak.size());
    q.assign(tweak.begin(), tweak.end());
    q.resize((tweak.size() + 1 + bytes + kBlock - 1) / kBlock * kBlock);
    const std::size_t before = (q.size() - bytes - 1) / kBlock * kBlock;
    const bool fine = cipher.digest(first, state) && cipher.digest(std::span(q).first(before), state);
    q.erase(q.begin(), q.begin() + static_cast<std::ptrdiff_t>(before));
    return fine;
  }

  template <class Arithmetic>
  [[nodiscard]] bool turn(int round, Numerals read, Numerals change, bool forward, Arithmetic& arithmetic) {
    q[q.size() - bytes - 1] = static_cast<std::uint8_t>(round);
    if (!arithmetic.write(read, std::span(q).last(bytes))) return false;
    Block block = state;
    if (!cipher.digest(q, block)) return false;
    if (wanted <= kBlock) return arithmetic.add(change, std::span(block).first(wanted), forward);
    std::vector<std::uint8_t> stream(block.begin(), block.end());
    for (std::uint64_t j = 1; stream.size() < wanted; ++j) {
      Block next = block;
      for (std::size_t k = 0; k < 8; ++k) next[15 - k] ^= static_cast<std::uint8_t>(j >> (8 * k));
      if (!cipher.encrypt(next)) return false;
      stream.insert(stream.end(), next.begin(), next.end());
    }
    return arithmetic.add(change, std::span(stream).first(wanted), forward);
  }

  // Instead of changing places, the halves take turns: even rounds change the first from the second.
  template <class Arithmetic>
  [[nodiscard]] bool run(Numerals a, Numerals b, bool forward, Arithmetic& arithmetic) {
    for (int step = 0; step < 10; ++step) {
      const int round = forward ? step : 9 - step;
      if (!turn(round, round % 2 == 0 ? b : a, round % 2 == 0 ? a : b, forward, arithmetic)) return false;
    }
    return true;
  }
};

}  // namespace

Result<Ff1> Ff1::make(std::string key, std::string tweak, std::uint32_t radix) {
  if (key.size() != 16 && key.size() != 24 && key.size() != 32) {
    return fail("converter.argument", "a key of AES has 16, 24 or 32 bytes, not " + std::to_string(key.size()));
  }
  if (radix < 2 || radix > 65'536) return fail("converter.argument", "the radix must be from 2 to 65536");
  if (tweak.size() > kMostLength) return fail("converter.argument", "the tweak must have at most 256 bytes");
  return Ff1(std::move(key), std::move(tweak), radix);
}

bool Ff1::takes_length(std::size_t length) const {
  double domain = 1;
  for (std::size_t k = 0; k < length && domain < 1e6; ++k) domain *= radix_;
  return length >= 2 && length <= kMostLength && domain >= 1e6;
}

Status Ff1::run(std::vector<std::uint16_t>& numerals, bool forward) const {
  const Numerals all = numerals;
  const Numerals a = all.first(all.size() / 2);
  const Numerals b = all.subspan(a.size());
  Rounds rounds{.cipher = Cipher::of(key_), .bytes = bytes_of(radix_, b.size()), .wanted = 0, .state = {}, .q = {}};
  if (!rounds.begin(tweak_, radix_, all.size())) return failed();
  if (rounds.bytes < 8) {  // radix^size fits with room for a byte
    WordArithmetic arithmetic{radix_};
    return rounds.run(a, b, forward, arithmetic) ? Status{} : failed();
  }
  BigArithmetic arithmetic(radix_);
  return arithmetic.is_ready() && rounds.run(a, b, forward, arithmetic) ? Status{} : failed();
}

}  // namespace mimus
