#include "people/attempts.h"

#include <algorithm>

namespace mimus::people {
namespace {

constexpr std::int64_t kLongestSeconds = 15 * 60;
constexpr std::int64_t kRememberedMicros = 3600 * kMicrosPerSecond;
constexpr std::size_t kNames = 10'000;

}  // namespace

std::optional<Timestamp> back_off(std::uint32_t failed, std::uint32_t free, Timestamp at) {
  if (failed < free) return std::nullopt;
  constexpr std::uint32_t kDoublings = 10;  // 2^10 s is past the longest wait
  const std::int64_t seconds = std::min(std::int64_t{1} << std::min(failed - free, kDoublings), kLongestSeconds);
  return Timestamp{at.micros + seconds * kMicrosPerSecond};
}

std::unexpected<Diagnostic> locked(Timestamp until, Timestamp now) {
  const std::int64_t seconds = (until.micros - now.micros + kMicrosPerSecond - 1) / kMicrosPerSecond;
  Diagnostic diagnostic{.code = "session.locked",
                        .message = "too many sign-ins have failed; the next may be tried at " + rfc3339(until),
                        .hint = "an admin can reset the password"};
  diagnostic.fields.emplace_back("retry_after", std::to_string(seconds));
  return fail(std::move(diagnostic));
}

bool is_remembered(std::optional<Timestamp> last, Timestamp now) {
  return last && last->micros > now.micros - kRememberedMicros;
}

std::optional<Timestamp> Attempts::locked_until(const std::string& name, Timestamp now) {
  const std::lock_guard lock(mutex_);
  const auto found = failures_.find(name);
  if (found == failures_.end() || !found->second.locked_until || *found->second.locked_until <= now) return {};
  return found->second.locked_until;
}

void Attempts::note_failure(const std::string& name, Timestamp now) {
  const std::lock_guard lock(mutex_);
  Failures failures;
  if (const auto found = failures_.find(name); found != failures_.end()) {
    if (is_remembered(found->second.last, now)) failures = found->second;
    remove(found);
  }
  if (failures_.size() >= kNames) remove(failures_.find(by_age_.begin()->second));
  ++failures.count;
  failures.last = now;
  failures.locked_until = back_off(failures.count, free_, now);
  failures_.emplace(name, failures);
  by_age_.emplace(now, name);
}

void Attempts::remove(std::map<std::string, Failures>::iterator entry) {
  const auto [begin, end] = by_age_.equal_range(entry->second.last);
  const auto of_entry = std::find_if(begin, end, [&](const auto& age) { return age.second == entry->first; });
  if (of_entry != end) by_age_.erase(of_entry);
  failures_.erase(entry);
}

}  // namespace mimus::people
