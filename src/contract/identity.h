// Seeds and identifiers of a request: what two implementations must agree on. Pure, thread-safe.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "data/value.h"

namespace mimus::contract {

// The seed of a text in decimal: of digits alone the number that they are, of any other text the first 8 bytes of its
// SHA-256, big-endian.
[[nodiscard]] std::string derive_seed(std::string_view text);
// That of a request's `seed`: a text, or a whole number of any size, which stands for itself.
[[nodiscard]] std::string derive_seed(const Value& seed);

// The first 8 bytes, big-endian, of the SHA-256 of "seed::part::…".
[[nodiscard]] std::uint64_t mix_seed(std::string_view seed, std::string_view part);

// The identifier of an item in a name space such as "datamimic:person:v1", by a version 5 UUID of a version 5 UUID.
class Identifiers {
 public:
  explicit Identifiers(std::string_view space);
  [[nodiscard]] std::string of(std::string_view seed, std::uint64_t item) const;

 private:
  Uuid space_;
};

// "PER-" and the identifier's first eight digits, in capitals.
[[nodiscard]] std::string short_id(std::string_view prefix, std::string_view id);

// ASCII letters in capitals.
[[nodiscard]] std::string capitals(std::string_view text);

}  // namespace mimus::contract
