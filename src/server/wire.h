// The bytes of HTTP/1.1 messages that the parser leaves to us: what a header may not say, how an answer begins. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "server/http.h"
#include "server/transport.h"

namespace mimus::server {

// Why a request is not handed on.
struct Refusal {
  int status = 0;  // 0: close without a word
  std::string reason;
};

// What a header may not say: too long a URL, a body whose length could be read in two ways, no or several Hosts.
// `version`: 10 or 11. The parser has seen to the syntax.
[[nodiscard]] std::optional<Refusal> find_fault(const Request& request, unsigned version,
                                                const TransportLimits& limits);

// Whether the header at the begin of `read` has a field folded over lines; others on the way may read two fields there.
[[nodiscard]] bool is_folded(std::string_view read);

struct HeadForm {
  unsigned version = 11;
  bool chunked = false;
  bool keep_alive = true;
  bool secure = false;  // browsers shall not come unencrypted any more (RFC 6797)
};

// The status line and all fields, up to and with the empty line.
[[nodiscard]] std::string head_of(const Response& response, HeadForm form);

}  // namespace mimus::server
