#include "contract/identity.h"

#include <algorithm>
#include <cmath>

#include "base/hash.h"
#include "data/uuid.h"

namespace mimus::contract {
namespace {

std::uint64_t first_bytes(std::string_view text) {
  Sha256 hash;
  hash.update(text);
  const auto digest = hash.digest();
  std::uint64_t out = 0;
  for (std::size_t i = 0; i < 8; ++i) out = out << 8U | digest[i];
  return out;
}

}  // namespace

std::string derive_seed(std::string_view text) {
  const bool number = !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
  if (!number) return std::to_string(first_bytes(text));
  const std::size_t first = text.find_first_not_of('0');
  return first == std::string_view::npos ? "0" : std::string(text.substr(first));
}

std::string derive_seed(const Value& seed) {
  if (const std::string* text = seed.as_text()) return derive_seed(*text);
  // JSON Schema takes 42.0 for a whole number.
  if (const double* number = seed.as_float()) return std::to_string(std::llround(*number));
  return text_of(seed);
}

std::uint64_t mix_seed(std::string_view seed, std::string_view part) {
  return first_bytes(std::string(seed).append("::").append(part));
}

Identifiers::Identifiers(std::string_view space) : space_(uuid5(kUrlSpace, space)) {}

std::string Identifiers::of(std::string_view seed, std::uint64_t item) const {
  return text_of(Value(uuid5(space_, std::string(seed).append("::").append(std::to_string(item)))));
}

std::string short_id(std::string_view prefix, std::string_view id) {
  return std::string(prefix) + "-" + capitals(id.substr(0, 8));
}

std::string capitals(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  return out;
}

}  // namespace mimus::contract
