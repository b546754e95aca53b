// FF1: format-preserving encryption of numeral strings (NIST SP 800-38G, 2016; with the domain of revision 1: at least
// a million texts). AES by OpenSSL.
//
// Immutable after construction; encrypt() and decrypt() may be called from several threads at once.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace mimus {

class Ff1 {
 public:
  // `key`: 16, 24 or 32 bytes. Radix 2 … 65536. Fails with converter.argument.
  [[nodiscard]] static Result<Ff1> make(std::string key, std::string tweak, std::uint32_t radix);

  // True when texts of this length have a domain that is large enough, and none too large.
  [[nodiscard]] bool takes_length(std::size_t length) const;
  // Numerals below the radix, in place. The length must be one that takes_length() allows.
  [[nodiscard]] Status encrypt(std::vector<std::uint16_t>& numerals) const { return run(numerals, true); }
  [[nodiscard]] Status decrypt(std::vector<std::uint16_t>& numerals) const { return run(numerals, false); }

 private:
  Ff1(std::string key, std::string tweak, std::uint32_t radix)
      : key_(std::move(key)), tweak_(std::move(tweak)), radix_(radix) {}
  [[nodiscard]] Status run(std::vector<std::uint16_t>& numerals, bool forward) const;

  std::string key_, tweak_;
  std::uint32_t radix_;
};

}  // namespace mimus
