#include "converter/ff1.h"

#include <openssl/bn.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
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

namespace {

// Step 6 i to v of the standard: the number that a round adds, from the half that it reads.
struct Rounds {
  const Cipher& cipher;
  std::string_view tweak;
  std::uint32_t radix;
  std::size_t length;
  std::size_t bytes;  // of a half as a number

  [[nodiscard]] bool number(int round, const Numerals& half, BIGNUM* out) const {
    if (!number_of(half, radix, out)) return false;
    std::vector<std::uint8_t> input = first_block(radix, length, tweak.size());
    input.insert(input.end(), tweak.begin(), tweak.end());
    while ((input.size() + bytes + 1) % kBlock != 0) input.push_back(0);
    input.push_back(static_cast<std::uint8_t>(round));
    std::vector<std::uint8_t> digits(bytes);
    if (BN_bn2binpad(out, digits.data(), static_cast<int>(bytes)) < 0) return false;
    input.insert(input.end(), digits.begin(), digits.end());
    Block block{};
    if (!cipher.digest(input, block)) return false;
    const std::size_t wanted = 4 * ((bytes + 3) / 4) + 4;
    std::vector<std::uint8_t> stream(block.begin(), block.end());
    for (std::uint64_t j = 1; stream.size() < wanted; ++j) {
      Block next = block;
      for (std::size_t k = 0; k < 8; ++k) next[15 - k] ^= static_cast<std::uint8_t>(j >> (8 * k));
      if (!cipher.encrypt(next)) return false;
      stream.insert(stream.end(), next.begin(), next.end());
    }
    return BN_bin2bn(stream.data(), static_cast<int>(wanted), out) != nullptr;
  }
};

// radix^length.
bool power_of(std::uint32_t radix, std::size_t length, BIGNUM* out) {
  return number_of(Numerals(length, static_cast<std::uint16_t>(radix - 1)), radix, out) && BN_add_word(out, 1) == 1;
}

}  // namespace

Status Ff1::run(std::vector<std::uint16_t>& numerals, bool forward) const {
  const std::size_t n = numerals.size();
  const std::size_t u = n / 2;
  const std::size_t v = n - u;
  const Cipher cipher(key_);
  const Number modulus(BN_new()), added(BN_new()), sum(BN_new());
  const std::unique_ptr<BN_CTX, FreeNumbers> context(BN_CTX_new());
  if (!modulus || !added || !sum || !context || !power_of(radix_, v, sum.get()) || BN_sub_word(sum.get(), 1) != 1) {
    return failed();
  }
  const Rounds rounds{cipher, tweak_, radix_, n, static_cast<std::size_t>(BN_num_bytes(sum.get()))};
  const auto middle = numerals.begin() + static_cast<std::ptrdiff_t>(u);
  Numerals a(numerals.begin(), middle);
  Numerals b(middle, numerals.end());
  for (int step = 0; step < 10; ++step) {
    const int round = forward ? step : 9 - step;
    const std::size_t m = round % 2 == 0 ? u : v;
    // c = (target ± y) mod radix^m.
    const bool fine = rounds.number(round, forward ? b : a, added.get()) && power_of(radix_, m, modulus.get()) &&
                      number_of(forward ? a : b, radix_, sum.get()) &&
                      (forward ? BN_mod_add(sum.get(), sum.get(), added.get(), modulus.get(), context.get())
                               : BN_mod_sub(sum.get(), sum.get(), added.get(), modulus.get(), context.get())) == 1;
    if (!fine) return failed();
    Numerals result(m);
    numerals_of(sum.get(), radix_, result);
    if (forward) {
      a = std::exchange(b, std::move(result));
    } else {
      b = std::exchange(a, std::move(result));
    }
  }
  std::ranges::copy(a, numerals.begin());
  std::ranges::copy(b, numerals.begin() + static_cast<std::ptrdiff_t>(u));
  return {};
}

}  // namespace mimus
