#include "server/metrics_page.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "base/hash.h"
#include "base/text.h"
#include "server/address.h"
#include "server/auth.h"
#include "server/call.h"
#include "server/http_metrics.h"
#include "server/routes.h"

namespace mimus::server {
namespace {

constexpr std::string_view kSegment = "metrics";
constexpr std::size_t kShortestToken = 16;
constexpr std::size_t kLongestToken = 4096;

void append_head(std::string& out, std::string_view name, std::string_view type, std::string_view help) {
  out += "# HELP " + std::string(name) + " " + std::string(help) + "\n# TYPE " + std::string(name) + " " +
         std::string(type) + "\n";
}

void append_value(std::string& out, std::string_view name, std::string_view type, std::string_view help,
                  const std::string& value) {
  append_head(out, name, type, help);
  out += std::string(name) + " " + value + "\n";
}

// A label's value as the text format wants it.
std::string escaped_label(std::string_view text) {
  std::string out;
  for (const char byte : text) {
    if (byte == '\\' || byte == '"') out += '\\';
    out += byte == '\n' ? ' ' : byte;
  }
  return out;
}

double seconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

// What /proc does not tell is left out.
void append_process(std::string& out) {
  if (const auto text = read_file("/proc/self/statm", 4096)) {
    const auto parts = split(trim(*text), ' ');
    const auto pages = parts.size() > 1 ? parse_uint(parts[1]) : std::nullopt;
    if (pages) {
      append_value(out, "mimus_process_resident_bytes", "gauge",
                   "Memory of the server's process; tasks have their own.",
                   std::to_string(*pages * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE))));
    }
  }
  rusage usage{};
  if (getrusage(RUSAGE_SELF, &usage) == 0) {
    append_value(out, "mimus_process_cpu_seconds_total", "counter", "CPU time of the server's process.",
                 float_text(seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime)));
  }
  std::error_code error;
  std::uint64_t open = 0;
  for (fs::directory_iterator entry("/proc/self/fd", error), end; !error && entry != end; entry.increment(error))
    ++open;
  // The folder itself is one of them.
  if (!error && open > 0) {
    append_value(out, "mimus_process_open_files", "gauge", "Open file descriptors of the server's process.",
                 std::to_string(open - 1));
  }
}

Status append_tasks(std::string& out, const task::Tasks& tasks) {
  append_head(out, "mimus_tasks", "gauge", "Tasks of all projects by status.");
  for (const auto status : {task::TaskStatus::Pending, task::TaskStatus::Running, task::TaskStatus::Succeeded,
                            task::TaskStatus::Failed, task::TaskStatus::Cancelled}) {
    MIMUS_ASSIGN(const std::uint64_t count, tasks.count(status));
    out +=
        "mimus_tasks{status=\"" + std::string(store::task_status_name(status)) + "\"} " + std::to_string(count) + "\n";
  }
  return {};
}

Result<Reaction> metrics(Call&& call) {
  Response response;
  response.headers.add("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
  response.headers.add("Cache-Control", "no-store");
  response.headers.add("X-Content-Type-Options", "nosniff");
  append_head(response.body, "mimus_build_info", "gauge", "The version of the engine.");
  response.body += "mimus_build_info{version=\"" + escaped_label(call.services->engine_version) + "\"} 1\n";
  call.services->metrics->append(response.body);
  MIMUS_TRY(append_tasks(response.body, *call.services->tasks));
  append_process(response.body);
  return response;
}

}  // namespace

bool may_read_metrics(const Request& request, std::string_view token) {
  if (!token.empty()) {
    const auto given = bearer_token(request.headers);
    if (given && equal_in_constant_time(*given, token)) return true;
  }
  for (const std::string_view passed_on : {"X-Forwarded-For", "X-Real-IP", "Forwarded", "Via"}) {
    if (request.headers.has(passed_on)) return false;
  }
  const auto peer = parse_address(request.peer);
  return peer && peer->is_loopback();
}

bool hides_metrics(const Target& target, const Request& request, std::string_view token) {
  return target.segments.size() == 1 && target.segments[0] == kSegment && !may_read_metrics(request, token);
}

Result<std::string> read_metrics_token(const fs::path& path) {
  const std::string hint = "the file holds 16 to 4,096 visible ASCII characters and a line feed";
  const auto text = read_file(path, kLongestToken + 2);
  if (!text) return fail("metrics.token", "the token of /metrics: " + text.error().message, hint);
  std::string token(trim(*text));
  const bool visible = std::ranges::all_of(token, [](char byte) { return byte > ' ' && byte <= '~'; });
  if (!visible || token.size() < kShortestToken || token.size() > kLongestToken) {
    return fail("metrics.token", "'" + escape_controls(path.string()) + "' holds no token for /metrics", hint);
  }
  return token;
}

void add_metrics_routes(std::vector<Route>& routes) {
  routes.push_back({.method = "GET", .path = "/metrics", .handler = metrics});
}

}  // namespace mimus::server
