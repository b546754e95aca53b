#include "converter/ff1.h"

#include <openssl/bn.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>

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
  explicit Cipher(const std::string& key) : context_(EVP_CIPHER_CTX_new()) {
    const EVP_CIPHER* aes = key.size() == 16   ? EVP_aes_128_ecb()
                            : key.size() == 24 ? EVP_aes_192_ecb()
                                               : EVP_aes_256_ecb();
    ready_ = context_ != nullptr &&
             EVP_EncryptInit_ex(context_.get(), aes, nullptr, reinterpret_cast<const unsigned char*>(key.data()),
                                nullptr) == 1 &&
             EVP_CIPHER_CTX_set_padding(context_.get(), 0) == 1;
  }

  [[nodiscard]] bool encrypt(Block& block) const {
    Block out{};
    int size = 0;
    if (!ready_ || EVP_EncryptUpdate(context_.get(), out.data(), &size, block.data(), kBlock) != 1) return false;
    block = out;
    return true;
  }

  // CBC-MAC: the PRF of the standard.
  [[nodiscard]] bool digest(const std::vector<std::uint8_t>& bytes, Block& out) const {
    out.fill(0);
    for (std::size_t k = 0; k < bytes.size(); k += kBlock) {
      for (std::size_t i = 0; i < kBlock; ++i) out[i] ^= bytes[k + i];
      if (!encrypt(out)) return false;
    }
    return true;
  }

 private:
  std::unique_ptr<EVP_CIPHER_CTX, FreeCipher> context_;
  bool ready_ = false;
};

using Numerals = std::vector<std::uint16_t>;

bool number_of(const Numerals& numerals, std::uint32_t radix, BIGNUM* out) {
  BN_zero(out);
  for (const std::uint16_t numeral : numerals) {
    if (BN_mul_word(out, radix) != 1 || BN_add_word(out, numeral) != 1) return false;
  }
  return true;
}

void numerals_of(BIGNUM* number, std::uint32_t radix, Numerals& out) {
  for (std::size_t k = out.size(); k-- > 0;) out[k] = static_cast<std::uint16_t>(BN_div_word(number, radix));
}

void append_big_endian(std::vector<std::uint8_t>& out, std::uint64_t value, std::size_t bytes) {
  for (std::size_t k = bytes; k-- > 0;) out.push_back(static_cast<std::uint8_t>(value >> (8 * k)));
}

// The fixed first block of the PRF's input.
std::vector<std::uint8_t> first_block(std::uint32_t radix, std::size_t length, std::size_t tweak) {
  std::vector<std::uint8_t> out{1, 2, 1};
  append_big_endian(out, radix, 3);
  out.push_back(10);
  out.push_back(static_cast<std::uint8_t>((length / 2) & 0xFFU));
  append_big_endian(out, length, 4);
  append_big_endian(out, tweak, 4);
  return out;
}

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
  const std::size_t n = numerals.size();
  const std::size_t u = n / 2;
  const std::size_t v = n - u;
  const Cipher cipher(key_);
  const Number modulus(BN_new()), other(BN_new()), sum(BN_new());
  const std::unique_ptr<BN_CTX, FreeNumbers> context(BN_CTX_new());
  if (!modulus || !other || !sum || !context) return failed();
  // Bytes of a number of v numerals: ceil(ceil(v * log2(radix)) / 8).
  Numerals greatest(v, static_cast<std::uint16_t>(radix_ - 1));
  if (!number_of(greatest, radix_, sum.get())) return failed();
  const auto b = static_cast<std::size_t>(BN_num_bytes(sum.get()));
  const std::size_t d = 4 * ((b + 3) / 4) + 4;
  Numerals a_part(numerals.begin(), numerals.begin() + static_cast<std::ptrdiff_t>(u));
  Numerals b_part(numerals.begin() + static_cast<std::ptrdiff_t>(u), numerals.end());
  for (int step = 0; step < 10; ++step) {
    const int round = forward ? step : 9 - step;
    Numerals& input = forward ? b_part : a_part;
    Numerals& target = forward ? a_part : b_part;
    if (!number_of(input, radix_, other.get())) return failed();
    std::vector<std::uint8_t> bytes = first_block(radix_, n, tweak_.size());
    bytes.insert(bytes.end(), tweak_.begin(), tweak_.end());
    while ((bytes.size() + b + 1) % kBlock != 0) bytes.push_back(0);
    bytes.push_back(static_cast<std::uint8_t>(round));
    std::vector<std::uint8_t> number(b);
    if (BN_bn2binpad(other.get(), number.data(), static_cast<int>(b)) < 0) return failed();
    bytes.insert(bytes.end(), number.begin(), number.end());
    Block block{};
    if (!cipher.digest(bytes, block)) return failed();
    std::vector<std::uint8_t> stream(block.begin(), block.end());
    for (std::uint64_t j = 1; stream.size() < d; ++j) {
      Block next = block;
      for (std::size_t k = 0; k < 8; ++k) next[15 - k] ^= static_cast<std::uint8_t>(j >> (8 * k));
      if (!cipher.encrypt(next)) return failed();
      stream.insert(stream.end(), next.begin(), next.end());
    }
    // c = (target ± y) mod radix^m.
    const std::size_t m = round % 2 == 0 ? u : v;
    Numerals most(m, static_cast<std::uint16_t>(radix_ - 1));
    const bool fine = number_of(most, radix_, modulus.get()) && BN_add_word(modulus.get(), 1) == 1 &&
                      BN_bin2bn(stream.data(), static_cast<int>(d), other.get()) != nullptr &&
                      number_of(target, radix_, sum.get()) &&
                      (forward ? BN_mod_add(sum.get(), sum.get(), other.get(), modulus.get(), context.get())
                               : BN_mod_sub(sum.get(), sum.get(), other.get(), modulus.get(), context.get())) == 1;
    if (!fine) return failed();
    Numerals result(m);
    numerals_of(sum.get(), radix_, result);
    if (forward) {
      a_part = std::move(b_part);
      b_part = std::move(result);
    } else {
      b_part = std::move(a_part);
      a_part = std::move(result);
    }
  }
  std::ranges::copy(a_part, numerals.begin());
  std::ranges::copy(b_part, numerals.begin() + static_cast<std::ptrdiff_t>(u));
  return {};
}

}  // namespace mimus
