#include "server/events.h"

#include <algorithm>
#include <chrono>

#include "base/text.h"
#include "server/auth.h"
#include "server/call.h"
#include "server/declare.h"
#include "server/objects.h"
#include "server/problem.h"
#include "server/routes.h"

namespace mimus::server {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kPause{250};
constexpr std::chrono::seconds kHeartbeat{15};
constexpr std::chrono::seconds kRecheck{1};
constexpr std::uint64_t kLogPiece = 64U << 10U;

class EventWriter final : public BodyWriter {
 public:
  EventWriter(const task::Tasks& tasks, task::Task task, EventStreams::Place place, Follower follower,
              std::uint64_t offset)
      : tasks_(tasks),
        task_(std::move(task)),
        place_(std::move(place)),
        follower_(std::move(follower)),
        offset_(offset) {}

  [[nodiscard]] std::chrono::milliseconds pause() const override { return kPause; }

  Result<bool> next(std::string& out) override {
    if (Clock::now() >= next_check_) {
      if (!follower_.is_allowed()) return false;
      next_check_ = Clock::now() + kRecheck;
    }
    auto now = tasks_.get(task_.project_id, task_.id);
    // The project is gone, and the task with it.
    if (!now) return now.error().code == "task.not_found" ? Result<bool>(false) : fail(std::move(now).error());
    const bool is_new_state = is_first_ || now->status != task_.status;
    const std::string progress = progress_of(*now);
    task_ = std::move(*now);
    // The log is complete before the state is final: so is what is read after it.
    MIMUS_ASSIGN(const task::LogPart part, tasks_.log(task_.project_id, task_.id, offset_, kLogPiece));
    const bool is_end = store::is_final(task_.status) && part.text.empty();
    if (is_new_state && !store::is_final(task_.status)) event(out, "state", to_json(task_));
    lines(out, part.text);
    if (progress != progress_) event(out, "progress", progress);
    progress_ = progress;
    if (is_end) event(out, "state", to_json(task_));
    is_first_ = false;
    if (!out.empty()) next_beat_ = Clock::now() + kHeartbeat;
    if (Clock::now() >= next_beat_) {
      out += ": still here\n\n";
      next_beat_ = Clock::now() + kHeartbeat;
    }
    return !is_end;
  }

 private:
  static std::string progress_of(const task::Task& task) {
    Json json;
    append(json, task.progress);
    return std::move(json).text();
  }

  void event(std::string& out, std::string_view name, std::string_view data) const {
    out += "event: ";
    out += name;
    out += "\nid: " + std::to_string(offset_) + "\ndata: ";
    out += data;
    out += "\n\n";
  }

  void lines(std::string& out, std::string_view text) {
    while (!text.empty()) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      offset_ += std::min(end + 1, text.size());
      Json json;
      json.begin_object();
      json.member("line", text.substr(0, end));
      json.member("offset", offset_);
      json.end_object();
      event(out, "log", std::move(json).text());
      text.remove_prefix(std::min(end + 1, text.size()));
    }
  }

  const task::Tasks& tasks_;
  task::Task task_;
  EventStreams::Place place_;
  Follower follower_;
  std::uint64_t offset_;  // of the log, behind the last line that was sent
  std::string progress_;
  bool is_first_ = true;
  Clock::time_point next_check_ = Clock::now() + kRecheck;
  Clock::time_point next_beat_ = Clock::now() + kHeartbeat;
};

// Of both APIs: a token or session that is gone sees nothing more.
Result<Follower> follower_of(const Call& call) {
  if (call.user) {
    return Follower{
        .id = call.user->session,
        .is_allowed = [sessions = call.services->sessions, right = *call.route->right,
                       secret = std::string(session_cookie(call.request->headers)), project = call.path.project] {
          const auto caller = sessions->find(secret, project);
          return caller && check_right(*caller, right);
        }};
  }
  MIMUS_ASSIGN(const std::string_view token, bearer_token(call.request->headers));
  return Follower{.id = call.principal.token_id,
                  .is_allowed = [tokens = call.services->tokens, text = std::string(token)] {
                    return tokens->authenticate(text).has_value();
                  }};
}

Result<Reaction> events(Call&& call) {
  MIMUS_ASSIGN(Follower follower, follower_of(call));
  return follow_task(*call.services->tasks, *call.services->streams, call.path.project, call.path.task,
                     std::move(follower), call.header("Last-Event-ID"));
}

constexpr ParameterDeclaration kLastEventId{"Last-Event-ID", "header", "The id of the last event that the client has.",
                                            R"({"type": "string"})"};

}  // namespace

Result<Response> follow_task(const task::Tasks& tasks, EventStreams& streams, std::string_view project,
                             std::string_view task, Follower follower, std::string_view last_event_id) {
  MIMUS_ASSIGN(task::Task found, tasks.get(project, task));
  MIMUS_ASSIGN(EventStreams::Place place, streams.take(project, follower.id));
  Response response;
  response.headers.add("Content-Type", "text/event-stream");
  add_api_headers(response.headers);
  // For proxies that would keep it back until it is complete.
  response.headers.add("X-Accel-Buffering", "no");
  response.writer = std::make_unique<EventWriter>(tasks, std::move(found), std::move(place), std::move(follower),
                                                  parse_uint(trim(last_event_id)).value_or(0));
  return response;
}

void add_event_routes(std::vector<Route>& routes) {
  routes.push_back(
      {.method = "GET",
       .path = "/api/v2/projects/{project_id}/tasks/{task_id}/events",
       .scope = project::Scope::Read,
       .handler = events,
       .id = "followTask",
       .tag = "Tasks",
       .summary = "Follow a task as events",
       .description = "Server-Sent Events `state` (the task), `progress` and `log` (`{line, offset}`), one "
                      "JSON object each; ends with the final state.",
       .parameters = {kLastEventId},
       .answers = {{.status = 200, .description = "the events", .contents = {{"text/event-stream", declare::kText}}}},
       .errors = {"task.not_found", "events.limit"}});
}

}  // namespace mimus::server
