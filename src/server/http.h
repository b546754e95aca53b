// A request and its answer, as plain values: what stands between the transport and the resources.
//
// Bodies are never held whole here. A body that comes in is pushed, piece by piece, into a BodyTaker; one that goes out
// is pulled, piece by piece, from a BodyWriter. Between two pieces no thread waits: a slow client costs memory for one
// piece and nothing else.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.h"

namespace mimus::server {

// Header fields in order of arrival. Names compare without case.
class Headers {
 public:
  void add(std::string name, std::string value) { fields_.emplace_back(std::move(name), std::move(value)); }
  // The first field of that name, or an empty text.
  [[nodiscard]] std::string_view get(std::string_view name) const;
  [[nodiscard]] bool has(std::string_view name) const;
  // All fields of that name joined by ", ", as one list.
  [[nodiscard]] std::string list(std::string_view name) const;
  [[nodiscard]] std::size_t count(std::string_view name) const;
  [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& fields() const { return fields_; }

 private:
  std::vector<std::pair<std::string, std::string>> fields_;
};

[[nodiscard]] bool equals_without_case(std::string_view a, std::string_view b);
[[nodiscard]] std::string lower_ascii(std::string_view text);

// What a request turns out to be on its way through the handlers; empty as far as that is not known.
struct Trace {
  std::string_view route;  // the template of its path, which lives as long as the server
  std::string project;     // id
  std::string actor;       // id of the token or user
};

struct Request {
  std::string method;  // as sent: "GET"
  std::string target;  // as sent: "/api/v1/…?name=x"
  Headers headers;
  bool has_body = false;                     // a body follows; false for an empty one
  std::optional<std::uint64_t> body_length;  // absent: not known before its end (chunked)
  // What the connection says, or a trusted proxy on it (origin.h).
  std::string peer;        // address of the client: "192.0.2.1", "2001:db8::1"
  std::string host;        // the Host field
  bool is_secure = false;  // encrypted all the way to the client
  mutable Trace trace;     // written by the thread that handles the request, read when it is answered
};

// Makes the body of an answer. Called from one thread at a time.
class BodyWriter {
 public:
  virtual ~BodyWriter() = default;
  // Appends the next bytes (about 64 KiB) to `out`; false when the body is complete, with or without bytes. A failure
  // breaks the connection, so that nobody takes half a body for a whole one.
  [[nodiscard]] virtual Result<bool> next(std::string& out) = 0;
  // How long to wait before next() is asked again, when it has given no bytes and is not complete. No thread waits, and
  // a client that goes away meanwhile ends the body.
  [[nodiscard]] virtual std::chrono::milliseconds pause() const { return {}; }
};

struct Response {
  int status = 200;
  Headers headers;                      // Content-Length, Transfer-Encoding, Connection, Date are the transport's
  std::string body;                     // used when there is no writer
  std::unique_ptr<BodyWriter> writer;   // a body that is made while it is sent
  std::optional<std::uint64_t> length;  // of the writer's body; absent: sent in chunks
};

// Takes the body of a request. Called from one thread at a time; destroyed without finish() when the body broke off.
class BodyTaker {
 public:
  virtual ~BodyTaker() = default;
  // An answer ends the reading: the rest of the body is not taken.
  [[nodiscard]] virtual std::optional<Response> take(std::string_view piece) = 0;
  // The body is complete.
  [[nodiscard]] virtual Response finish() = 0;
};

// What a request leads to: an answer at once, or something that takes its body first.
using Reaction = std::variant<Response, std::unique_ptr<BodyTaker>>;

// Called from many threads at once. Must not throw; may block on the disk.
class Handler {
 public:
  virtual ~Handler() = default;
  // The head of the request is complete. When the answer is a Response, the transport does away with the body.
  [[nodiscard]] virtual Reaction begin(const Request& request) = 0;
  // The answer to what is no HTTP request that could be handed on: `status` 400, 408, 414, 431, 501, 503, 505.
  [[nodiscard]] virtual Response refuse(int status, std::string_view reason) = 0;
};

// "Not Found"; "Unknown" for a number without a name here.
[[nodiscard]] std::string_view reason_phrase(int status);

}  // namespace mimus::server
