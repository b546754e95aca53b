// How much somebody may do in a time: token buckets by name, in a table whose size is fixed.
//
// A bucket holds `burst` and gets `per_second` back. A name that has not been seen for long gives its place to a new
// one: what is forgotten is a full bucket, or nearly so. Thread-safe; no allocation.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace mimus::server {

class RateLimit {
 public:
  using Clock = std::chrono::steady_clock;

  // `per_second` 0: no limit.
  RateLimit(double per_second, double burst);

  // Takes one out of the bucket of `name`. Nothing: there was one. Else the whole seconds until there is.
  [[nodiscard]] std::optional<std::uint64_t> take(std::string_view name, Clock::time_point now = Clock::now());

 private:
  static constexpr std::size_t kSets = 1024;
  static constexpr std::size_t kWays = 8;

  struct Bucket {
    std::uint64_t name = 0;  // hash; 0: free
    double left = 0;
    Clock::time_point seen;
  };
  struct Set {
    std::mutex mutex;
    std::array<Bucket, kWays> buckets;
  };

  double per_second_;
  double burst_;
  std::uint64_t key_;            // of the hash: nobody can choose names that meet
  std::unique_ptr<Set[]> sets_;  // NOLINT(*-avoid-c-arrays): mutexes cannot move
};

// The name by which an address is limited: an IPv6 network of 64 bits counts as one.
[[nodiscard]] std::string limited_address(std::string_view peer);

// auth.rate_limited, request.rate_limited: with the seconds to wait in `fields` ("retry_after").
[[nodiscard]] std::unexpected<Diagnostic> rate_limited(std::string_view code, std::string message,
                                                       std::uint64_t seconds);

}  // namespace mimus::server
