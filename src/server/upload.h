// Bodies that bring one file: a multipart form with a part `file`, or the bytes alone. They go straight into a blob.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "server/call.h"
#include "store/blobs.h"

namespace mimus::server {

struct UploadPlan {
  std::optional<std::string> name;  // checked; absent: the part's filename is the name
  bool raw_allowed = false;         // a body that is no multipart form is the file itself
  // Called once the name is known, before the bytes are read: what could be refused already.
  std::function<Status(const Call&, const std::string& name)> check;
  // Called with the whole file.
  std::function<Result<Response>(const Call&, const std::string& name, const store::Blob& blob)> use;
};

// media.unsupported, upload.part, file.bad_name, file.too_large, and what the plan's functions say.
[[nodiscard]] Result<Reaction> take_upload(Call call, UploadPlan plan);

}  // namespace mimus::server
