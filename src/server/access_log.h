// A line for each request on stderr: who asked for what, when, and what came of it. Never query strings, fields of
// headers or bodies, which may hold secrets. Control characters are escaped, so that no client writes lines of its own.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace mimus::server {

enum class LogFormat { None, Text, Json };

// "none", "text", "json".
[[nodiscard]] std::optional<LogFormat> parse_log_format(std::string_view name);

struct AccessEntry {
  Timestamp time;           // of the answer
  std::string_view method;  // empty: it was no whole request
  std::string_view route;   // the template of its path
  int status = 0;
  std::chrono::nanoseconds taken{};
  std::string_view peer;     // address of the client
  std::string_view request;  // id that the answer has in X-Request-Id
  std::string_view project;  // id; empty: of none
  std::string_view actor;    // id of the token or user; empty: nobody is signed in
};

// With its line feed; empty for LogFormat::None.
[[nodiscard]] std::string access_line(const AccessEntry& entry, LogFormat format);

}  // namespace mimus::server
