// What stands in a request's first line, fields and JSON bodies: no input may crash; readers of pieces must not care
// how the bytes are cut; a range lies within its body.

#include <cstdint>
#include <cstdlib>
#include <string>

#include "server/base64.h"
#include "server/json_stream.h"
#include "server/negotiate.h"
#include "server/options.h"
#include "server/range.h"
#include "server/router.h"
#include "server/routes.h"
#include "server/target.h"

namespace {

using mimus::Status;
using namespace mimus::server;  // NOLINT(google-build-using-namespace): a program of its own

void require(bool truth) {
  if (!truth) std::abort();
}

class Told final : public JsonSink {
 public:
  Status begin(char bracket) override { return add({&bracket, 1}); }
  Status end(char bracket) override { return add({&bracket, 1}); }
  Status key(std::string_view name) override { return add(name); }
  Status string(std::string_view piece, bool last) override {
    text += piece;
    return last ? add("\x01") : Status();
  }
  Status scalar(std::string_view value) override { return add(value); }
  std::string text;

 private:
  Status add(std::string_view word) {
    text += word;
    return {};
  }
};

std::string read_json(std::string_view bytes, std::size_t step) {
  Told told;
  JsonStream stream(told);
  while (!bytes.empty()) {
    const std::string_view piece = bytes.substr(0, step);
    bytes.remove_prefix(piece.size());
    if (!stream.take(piece)) return "error";
  }
  return stream.finish() ? told.text : "error";
}

void try_base64(std::string_view text, std::size_t step) {
  Base64Decoder whole;
  std::string all;
  const bool good = whole.take(text, all) && whole.finish();
  Base64Decoder pieces;
  std::string same;
  const std::size_t at = std::min(step, text.size());
  require((pieces.take(text.substr(0, at), same) && pieces.take(text.substr(at), same) && pieces.finish()) == good);
  require(!good || same == all);
}

void try_range(std::string_view text, std::uint64_t size) {
  const RangeAnswer answer = parse_range(text, size);
  if (answer.kind != RangeKind::Part) return;
  require(answer.range.length > 0 && answer.range.length <= size && answer.range.first <= size - answer.range.length);
}

void try_target(std::string_view text) {
  static const Router kRouter(all_routes());
  const auto target = parse_target(text);
  if (!target) return;
  for (const char* method : {"GET", "PUT", "POST", "DELETE"}) (void)kRouter.match(method, *target);
  std::string again;
  for (const std::string& segment : target->segments) again += "/" + percent_encode(segment);
  const auto same = parse_target(again);
  require(same && same->segments == target->segments);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::size_t step = 1U + data[0];
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  try_target(bytes);
  try_range(bytes, step - 1);
  (void)names_tag(bytes, "\"a\"", true);
  (void)parse_media_type(bytes);
  (void)acceptance(bytes, "application/json");
  (void)parse_task_request(bytes);
  require(read_json(bytes, bytes.size()) == read_json(bytes, step));
  try_base64(bytes, step);
  return 0;
}
