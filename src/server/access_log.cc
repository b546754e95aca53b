#include "server/access_log.h"

#include <array>
#include <cstdio>

#include "base/text.h"

namespace mimus::server {
namespace {

std::string seconds_text(std::chrono::nanoseconds taken) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.6f", std::chrono::duration<double>(taken).count());
  return text.data();
}

// Blanks part the fields of a line of text.
std::string field(std::string_view text) {
  std::string shown = escape_controls(text);
  for (char& byte : shown) {
    if (byte == ' ') byte = '_';
  }
  return shown.empty() ? "-" : shown;
}

std::string text_line(const AccessEntry& entry) {
  std::string line = rfc3339(entry.time);
  for (const std::string_view part : {entry.method, entry.route}) line += " " + field(part);
  line += " " + std::to_string(entry.status) + " " + seconds_text(entry.taken);
  for (const std::string_view part : {entry.peer, entry.request, entry.project, entry.actor}) line += " " + field(part);
  return line + "\n";
}

std::string json_line(const AccessEntry& entry) {
  std::string line = R"({"time": ")" + rfc3339(entry.time) + '"';
  const auto add = [&line](std::string_view name, std::string_view text) {
    line += R"(, ")" + std::string(name) + R"(": )";
    if (text.empty()) {
      line += "null";
    } else {
      append_json_string(line, escape_controls(text));
    }
  };
  add("method", entry.method);
  add("route", entry.route);
  line += R"(, "status": )" + std::to_string(entry.status) + R"(, "seconds": )" + seconds_text(entry.taken);
  add("peer", entry.peer);
  add("request_id", entry.request);
  add("project_id", entry.project);
  add("actor_id", entry.actor);
  return line + "}\n";
}

}  // namespace

std::optional<LogFormat> parse_log_format(std::string_view name) {
  if (name == "none") return LogFormat::None;
  if (name == "text") return LogFormat::Text;
  if (name == "json") return LogFormat::Json;
  return std::nullopt;
}

std::string access_line(const AccessEntry& entry, LogFormat format) {
  if (format == LogFormat::None) return {};
  return format == LogFormat::Json ? json_line(entry) : text_line(entry);
}

}  // namespace mimus::server
