// A task followed as Server-Sent Events (HTML Living Standard, section 9.2).
//
//   event: state      data: the task       at the begin, whenever its status changes, and at the end
//   event: progress   data: its progress   whenever it changes
//   event: log        data: {"line", "offset"}   each line of its log
//
// The id of every event is the offset behind the last line of the log that was sent: Last-Event-ID goes on there. A
// comment comes every 15 s when there is nothing else. The stream ends with the final state.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "server/event_streams.h"
#include "server/http.h"
#include "task/tasks.h"

namespace mimus::server {

struct Follower {
  std::string id;                    // of the token or session
  std::function<bool()> is_allowed;  // asked now and then: false ends the stream
};

// `last_event_id`: as sent; may be empty or nonsense, which begins at the log's begin. `tasks` and `streams` must
// outlive the answer. task.not_found, events.limit.
[[nodiscard]] Result<Response> follow_task(const task::Tasks& tasks, EventStreams& streams, std::string_view project,
                                           std::string_view task, Follower follower, std::string_view last_event_id);

}  // namespace mimus::server
