#include "server/event_streams.h"

namespace mimus::server {

Result<EventStreams::Place> EventStreams::take(std::string_view project, std::string_view follower) {
  const std::string of_project = "p" + std::string(project);
  const std::string of_follower = "f" + std::string(follower);
  const std::scoped_lock lock(mutex_);
  const auto is_full = [&](const std::string& key, std::size_t limit) {
    const auto found = open_.find(key);
    return found != open_.end() && found->second >= limit;
  };
  if (is_full(of_project, limits_.project) || is_full(of_follower, limits_.follower)) {
    return fail("events.limit", "too many streams of events are open",
                "at most " + std::to_string(limits_.follower) + " of a token, " + std::to_string(limits_.project) +
                    " of a project");
  }
  ++open_[of_project];
  ++open_[of_follower];
  return Place(nullptr, [this, of_project, of_follower](void*) {
    const std::scoped_lock again(mutex_);
    give_back(of_project);
    give_back(of_follower);
  });
}

void EventStreams::give_back(const std::string& key) {
  const auto found = open_.find(key);
  if (--found->second == 0) open_.erase(found);
}

}  // namespace mimus::server
