// How often sign-ins have failed lately, and how long to wait for the next: an exponential back-off.
//
// `free` failures cost nothing; from then on each doubles the wait, from one second to a quarter of an hour. Failures
// are forgotten an hour after the last one; a right password forgets those of its account, but not those of the
// address, or whoever has an account could go on guessing. Attempts during a wait are refused and not counted, so that
// nobody can be kept out by being waited for.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"

namespace mimus::people {

inline constexpr std::uint32_t kFreeOfAccount = 5;
inline constexpr std::uint32_t kFreeOfAddress = 20;

// When the next attempt may be made after the `failed`-th failure at `at`; none: at once.
[[nodiscard]] std::optional<Timestamp> back_off(std::uint32_t failed, std::uint32_t free, Timestamp at);
// session.locked, with the seconds to wait in `fields` ("retry_after").
[[nodiscard]] std::unexpected<Diagnostic> locked(Timestamp until, Timestamp now);
// Whether failures whose last was at `last` still count.
[[nodiscard]] bool is_remembered(std::optional<Timestamp> last, Timestamp now);

// Failures by name (an address, an e-mail that nobody has), in memory; of at most 10,000 names: beyond them, the one
// whose failure is oldest is forgotten. Thread-safe.
class Attempts {
 public:
  explicit Attempts(std::uint32_t free) : free_(free) {}

  // Until when attempts of `name` are refused.
  [[nodiscard]] std::optional<Timestamp> locked_until(const std::string& name, Timestamp now);
  void note_failure(const std::string& name, Timestamp now);

 private:
  struct Failures {
    std::uint32_t count = 0;
    Timestamp last;
    std::optional<Timestamp> locked_until;
  };

  std::uint32_t free_;
  std::mutex mutex_;
  std::map<std::string, Failures> failures_;
  std::multimap<Timestamp, std::string> by_age_;
  void remove(std::map<std::string, Failures>::iterator entry);
};

}  // namespace mimus::people
