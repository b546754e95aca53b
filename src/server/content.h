// Other people's bytes as an answer: files and artifacts, with the fields that keep a browser from running them.
#pragma once

#include <memory>
#include <string>

#include "server/call.h"
#include "store/blobs.h"

namespace mimus::server {

struct Content {
  std::string name;  // the last segment names the download
  std::string media_type;
  std::string sha256;
  Timestamp modified;
  std::unique_ptr<store::Bytes> bytes;
};

// 200, 206, 304 or 416 by the conditions of the call; the bytes are read while they are sent.
[[nodiscard]] Result<Response> answer_content(const Call& call, Content content);

// Content-Disposition for a download of that name (RFC 8187).
[[nodiscard]] std::string attachment(std::string_view name);

}  // namespace mimus::server
