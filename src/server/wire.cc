#include "server/wire.h"

#include "base/text.h"
#include "server/date.h"

namespace mimus::server {

std::optional<Refusal> find_fault(const Request& request, unsigned version, const TransportLimits& limits) {
  const Headers& headers = request.headers;
  if (request.target.size() > limits.target_bytes) return Refusal{414, "the URL is too long"};
  if (headers.count("Host") != 1 && (version >= 11 || headers.count("Host") > 1)) {
    return Refusal{400, "a request needs exactly one Host field"};
  }
  const std::string_view length = headers.get("Content-Length");
  if (headers.count("Content-Length") > 1 || length.find_first_not_of("0123456789") != std::string_view::npos) {
    return Refusal{400, "Content-Length is no single number"};
  }
  if (headers.has("Transfer-Encoding")) {
    if (version < 11 || headers.count("Transfer-Encoding") > 1 || headers.has("Content-Length")) {
      return Refusal{400, "the length of the body is ambiguous"};
    }
    if (!equals_without_case(trim(headers.get("Transfer-Encoding")), "chunked")) {
      return Refusal{501, "only the transfer encoding chunked is known"};
    }
  }
  if (headers.has("Expect") && !equals_without_case(trim(headers.get("Expect")), "100-continue")) {
    return Refusal{417, "only the expectation 100-continue is known"};
  }
  return {};
}

bool is_folded(std::string_view read) {
  const std::string_view head = read.substr(0, read.find("\r\n\r\n"));
  return head.find("\n ") != std::string_view::npos || head.find("\n\t") != std::string_view::npos;
}

std::string head_of(const Response& response, HeadForm form) {
  std::string head = form.version >= 11 ? "HTTP/1.1 " : "HTTP/1.0 ";
  head += std::to_string(response.status);
  head += ' ';
  head += reason_phrase(response.status);
  head += "\r\nDate: ";
  head += http_date_now();
  for (const auto& [name, value] : response.headers.fields()) {
    head += "\r\n";
    head += name;
    head += ": ";
    head += value;
  }
  if (form.secure) head += "\r\nStrict-Transport-Security: max-age=31536000";
  if (form.chunked) {
    head += "\r\nTransfer-Encoding: chunked";
  } else if (response.status != 204 && response.status != 304) {
    if (!response.writer || response.length) {
      head += "\r\nContent-Length: ";
      head += std::to_string(response.writer ? *response.length : response.body.size());
    }
  }
  if (!form.keep_alive) {
    head += "\r\nConnection: close";
  } else if (form.version < 11) {
    head += "\r\nConnection: keep-alive";
  }
  return head + "\r\n\r\n";
}

}  // namespace mimus::server
