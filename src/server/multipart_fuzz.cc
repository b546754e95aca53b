// The multipart parser must not care how its bytes are cut, and never hold more than its limits.

#include <cstdint>
#include <cstdlib>
#include <string>

#include "server/multipart.h"

namespace {

using mimus::Status;

class Parts final : public mimus::server::PartSink {
 public:
  Status begin_part(const mimus::server::PartHead& head) override {
    told += "\x01" + head.name + "\x02" + head.filename.value_or("") + "\x03";
    return {};
  }
  Status part_data(std::string_view bytes) override {
    told += bytes;
    return {};
  }
  Status end_part() override {
    told += "\x04";
    return {};
  }
  std::string told;
};

// What was told, and how it ended.
std::string parse(std::string_view bytes, std::size_t step) {
  Parts parts;
  mimus::server::MultipartParser parser("b", parts);
  while (!bytes.empty()) {
    const std::string_view piece = bytes.substr(0, step);
    bytes.remove_prefix(piece.size());
    // Parts told before a mistake depend on where it was seen.
    if (const Status status = parser.take(piece); !status) return "error";
  }
  return parser.finish() ? parts.told : "error";
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (parse(bytes, bytes.size() + 1) != parse(bytes, 1U + data[0] % 16U)) std::abort();
  return 0;
}
