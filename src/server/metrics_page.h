// Who may read /metrics, and the token that lets others than this machine do so.
#pragma once

#include <string>
#include <string_view>

#include "base/file.h"
#include "base/result.h"
#include "server/http.h"
#include "server/target.h"

namespace mimus::server {

// Whether the request comes from this machine, or has `token` as its bearer token; an empty token is nobody's. What a
// proxy has passed on is from elsewhere, also when the proxy is on this machine and not known as one.
[[nodiscard]] bool may_read_metrics(const Request& request, std::string_view token);

// Whether the target is /metrics and the request may not know that it is there, whatever its method.
[[nodiscard]] bool hides_metrics(const Target& target, const Request& request, std::string_view token);

// The token of a file, without the white space around it: 16 to 4,096 visible ASCII characters. metrics.token.
[[nodiscard]] Result<std::string> read_metrics_token(const fs::path& path);

}  // namespace mimus::server
