// How many streams of events are open, of each project and each follower. Thread-safe.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "base/result.h"

namespace mimus::server {

struct EventStreamLimits {
  std::size_t project = 100;
  std::size_t follower = 10;
};

class EventStreams {
 public:
  explicit EventStreams(EventStreamLimits limits = {}) : limits_(limits) {}

  // Counts until it is destroyed.
  using Place = std::shared_ptr<void>;
  // `follower`: id of the token or session. events.limit. The object must outlive the place.
  [[nodiscard]] Result<Place> take(std::string_view project, std::string_view follower);

 private:
  void give_back(const std::string& key);

  EventStreamLimits limits_;
  std::mutex mutex_;
  std::map<std::string, std::size_t> open_;  // by "p" and the project's id, or "f" and the follower's
};

}  // namespace mimus::server
