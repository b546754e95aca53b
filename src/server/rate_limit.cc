#include "server/rate_limit.h"

#include <algorithm>
#include <cmath>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/hash.h"
#include "base/text.h"

namespace mimus::server {

RateLimit::RateLimit(double per_second, double burst) : per_second_(per_second), burst_(burst) {
  std::array<std::uint8_t, 8> noise{};
  random_bytes(noise);
  key_ = 0;
  for (const std::uint8_t byte : noise) key_ = key_ << 8U | byte;
  if (per_second_ > 0) sets_ = std::make_unique<Set[]>(kSets);  // NOLINT(*-avoid-c-arrays)
}

std::optional<std::uint64_t> RateLimit::take(std::string_view name, Clock::time_point now) {
  if (!sets_) return std::nullopt;
  const std::uint64_t hash = XXH3_64bits_withSeed(name.data(), name.size(), key_) | 1U;
  Set& set = sets_[(hash >> 32U) % kSets];
  const std::lock_guard lock(set.mutex);
  Bucket* bucket = std::ranges::find(set.buckets, hash, &Bucket::name);
  if (bucket == set.buckets.end()) {
    bucket = std::ranges::min_element(set.buckets, {}, &Bucket::seen);
    *bucket = {.name = hash, .left = burst_, .seen = now};
  }
  const double passed = std::chrono::duration<double>(now - bucket->seen).count();
  bucket->left = std::min(burst_, bucket->left + std::max(0.0, passed) * per_second_);
  bucket->seen = now;
  if (bucket->left >= 1) {
    bucket->left -= 1;
    return std::nullopt;
  }
  return static_cast<std::uint64_t>(std::max(1.0, std::ceil((1 - bucket->left) / per_second_)));
}

std::string limited_address(std::string_view peer) {
  // Written in full or with "::", the first four groups are the network.
  std::size_t groups = 0;
  for (std::size_t i = 0; i < peer.size(); ++i) {
    if (peer[i] != ':') continue;
    if (i + 1 < peer.size() && peer[i + 1] == ':') return std::string(peer.substr(0, i));
    if (++groups == 4) return std::string(peer.substr(0, i));
  }
  return std::string(peer);
}

std::unexpected<Diagnostic> rate_limited(std::string_view code, std::string message, std::uint64_t seconds) {
  Diagnostic diagnostic{.code = std::string(code), .message = std::move(message)};
  diagnostic.fields.emplace_back("retry_after", std::to_string(seconds));
  return fail(std::move(diagnostic));
}

}  // namespace mimus::server
