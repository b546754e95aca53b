#include "server/content.h"

#include <algorithm>

#include "server/date.h"
#include "server/problem.h"
#include "server/range.h"

namespace mimus::server {
namespace {

constexpr std::size_t kPiece = 64U << 10U;

class BytesWriter final : public BodyWriter {
 public:
  BytesWriter(std::unique_ptr<store::Bytes> bytes, ByteRange range) : bytes_(std::move(bytes)), range_(range) {}

  Result<bool> next(std::string& out) override {
    if (range_.length == 0) return false;
    out.resize(static_cast<std::size_t>(std::min<std::uint64_t>(kPiece, range_.length)));
    MIMUS_ASSIGN(const std::size_t count, bytes_->read_at(range_.first, out));
    if (count == 0) return fail("store.failed", "stored bytes are shorter than recorded");
    out.resize(count);
    range_.first += count;
    range_.length -= count;
    return range_.length > 0;
  }

 private:
  std::unique_ptr<store::Bytes> bytes_;
  ByteRange range_;
};

}  // namespace

std::string attachment(std::string_view name) {
  return "attachment; filename*=UTF-8''" + percent_encode(name.substr(name.rfind('/') + 1));
}

Result<Response> answer_content(const Call& call, Content content) {
  const std::string tag = entity_tag(content.sha256);
  const std::uint64_t size = content.bytes->size();
  Response response = empty_answer(200);
  response.headers.add("ETag", tag);
  response.headers.add("Last-Modified", http_date(content.modified));
  const std::string known = call.request->headers.list("If-None-Match");
  if (!known.empty() && names_tag(known, tag, true)) {
    response.status = 304;
    return response;
  }
  RangeAnswer answer;
  if (call.request->method == "GET" && allows_range(call.header("If-Range"), tag, content.modified)) {
    answer = parse_range(call.header("Range"), size);
  }
  if (answer.kind == RangeKind::Unsatisfiable) {
    Response refusal = problem({.code = "range.unsatisfiable",
                                .message = "the range begins past the end of " + std::to_string(size) + " bytes"},
                               call.target.path);
    refusal.headers.add("Content-Range", "bytes */" + std::to_string(size));
    return refusal;
  }
  ByteRange range{.first = 0, .length = size};
  if (answer.kind == RangeKind::Part) {
    range = answer.range;
    response.status = 206;
    response.headers.add("Content-Range", "bytes " + std::to_string(range.first) + "-" +
                                              std::to_string(range.first + range.length - 1) + "/" +
                                              std::to_string(size));
  }
  response.headers.add("Content-Type", content.media_type);
  response.headers.add("Content-Disposition", attachment(content.name));
  response.headers.add("Accept-Ranges", "bytes");
  response.length = range.length;
  if (range.length <= kPiece) {
    // Small ones go out with their header, in one piece.
    MIMUS_TRY(BytesWriter(std::move(content.bytes), range).next(response.body));
    if (response.body.size() != range.length) return fail("store.failed", "stored bytes are shorter than recorded");
  } else {
    response.writer = std::make_unique<BytesWriter>(std::move(content.bytes), range);
  }
  return response;
}

}  // namespace mimus::server
