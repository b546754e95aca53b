// The older ways to read and update files: bytes as base64 in JSON.

#include <algorithm>

#include "base/text.h"
#include "project/names.h"
#include "server/base64.h"
#include "server/declare.h"
#include "server/files.h"
#include "server/json_stream.h"
#include "server/negotiate.h"
#include "server/objects.h"
#include "server/problem.h"
#include "server/routes.h"

namespace mimus::server {
namespace {

constexpr std::size_t kElements = 100;
constexpr std::size_t kPiece = 48U << 10U;       // a multiple of three: no rest between pieces
constexpr std::size_t kMemberBytes = 4U << 10U;  // of a text that is no content

// ---- reading

class Base64Writer final : public BodyWriter {
 public:
  explicit Base64Writer(std::unique_ptr<store::Bytes> bytes) : bytes_(std::move(bytes)) {}

  Result<bool> next(std::string& out) override {
    if (offset_ == 0) out += '"';
    std::string piece(kPiece, '\0');
    MIMUS_ASSIGN(const std::size_t count, bytes_->read_at(offset_, piece));
    encoder_.take(std::string_view(piece).substr(0, count), out);
    offset_ += count;
    if (offset_ < bytes_->size() && count > 0) return true;
    if (offset_ < bytes_->size()) return fail("store.failed", "stored bytes are shorter than recorded");
    encoder_.finish(out);
    out += "\"\n";
    return false;
  }

 private:
  std::unique_ptr<store::Bytes> bytes_;
  Base64Encoder encoder_;
  std::uint64_t offset_ = 0;
};

Result<Reaction> read_base64(Call&& call) {
  MIMUS_ASSIGN(const std::string name, project::check_file_name(call.path.name));
  MIMUS_ASSIGN(auto file, call.services->files->open(call.path.project, name));
  Response response = json_answer(200, {});
  response.body.clear();
  response.length = (file.bytes->size() + 2) / 3 * 4 + 3;
  response.writer = std::make_unique<Base64Writer>(std::move(file.bytes));
  return response;
}

// ---- updating

struct Element {
  std::string name;
  std::string extension;
  std::string uri;
  bool has_code = false;
  store::Blob blob;
};

// The file that an element means: by its `uri`, or by `name` and `extension`; both must say the same.
Result<std::string> file_of(const Element& element, std::string_view project) {
  std::string short_name = element.name + element.extension;
  if (element.uri.empty()) return short_name;
  const std::string prefix = std::string(project) + "/";
  if (!element.uri.starts_with(prefix)) return fail("uri", "must begin with '" + prefix + "'");
  std::string name = element.uri.substr(prefix.size());
  if (!element.name.empty() && name != short_name && !name.ends_with("/" + short_name)) {
    return fail("uri", "names another file than 'name' and 'extension'");
  }
  return name;
}

// Reads the array, and writes each `code` into a blob while it arrives.
class UpdateTaker final : public BodyTaker, private JsonSink {
 public:
  explicit UpdateTaker(Call call) : call_(std::move(call)), stream_(*this) {}

  std::optional<Response> take(std::string_view piece) override {
    if (const Status status = stream_.take(piece); !status) return problem(status.error(), call_.target.path);
    return std::nullopt;
  }
  Response finish() override { return answer_or_problem(use(), call_); }

 private:
  Result<Response> use();
  Status begin(char bracket) override;
  Status end(char bracket) override;
  Status key(std::string_view name) override {
    member_ = name;
    return {};
  }
  Status string(std::string_view piece, bool last) override;
  Status scalar(std::string_view text) override;

  Status take_code(std::string_view piece, bool last);
  [[nodiscard]] std::unexpected<Diagnostic> wrong(std::string_view member, std::string message) const;

  Call call_;
  JsonStream stream_;
  std::vector<Element> elements_;
  std::size_t depth_ = 0;
  std::string member_;
  std::unique_ptr<store::BlobWriter> writer_;
  Base64Decoder decoder_;
};

std::unexpected<Diagnostic> UpdateTaker::wrong(std::string_view member, std::string message) const {
  std::string field = "[" + std::to_string(elements_.empty() ? 0 : elements_.size() - 1) + "]";
  if (!member.empty()) field += "." + std::string(member);
  Diagnostic diagnostic{.code = "request.invalid", .message = field + ": " + message};
  diagnostic.fields.emplace_back(std::move(field), std::move(message));
  return fail(std::move(diagnostic));
}

Status UpdateTaker::begin(char bracket) {
  if (bracket != (depth_ == 0 ? '[' : '{') || depth_ > 1) {
    return fail("request.invalid", "the body must be an array of objects with texts and numbers");
  }
  if (++depth_ < 2) return {};
  if (elements_.size() >= kElements) return wrong({}, "more than 100 files");
  elements_.emplace_back();
  return {};
}

Status UpdateTaker::end(char bracket) {
  --depth_;
  if (bracket == ']') return {};
  if (!elements_.back().has_code) return wrong("code", "is missing");
  const auto name = file_of(elements_.back(), call_.path.project);
  if (!name) return wrong(name.error().code, name.error().message);
  MIMUS_ASSIGN(elements_.back().name, project::check_file_name(*name));
  return {};
}

Status UpdateTaker::scalar(std::string_view text) {
  if (depth_ < 2) return fail("request.invalid", "the body must be an array of objects");
  if (member_ == "code" || member_ == "name" || member_ == "extension" || member_ == "uri") {
    if (text == "null" && member_ != "code") return {};
    return wrong(member_, "must be a text");
  }
  return {};
}

Status UpdateTaker::string(std::string_view piece, bool last) {
  if (depth_ < 2) return fail("request.invalid", "the body must be an array of objects");
  if (member_ == "code") return take_code(piece, last);
  std::string ignored;
  Element& element = elements_.back();
  std::string& text = member_ == "name"        ? element.name
                      : member_ == "extension" ? element.extension
                      : member_ == "uri"       ? element.uri
                                               : ignored;
  if (text.size() + piece.size() > kMemberBytes && &text != &ignored) return wrong(member_, "is too long");
  text += piece;
  return {};
}

Status UpdateTaker::take_code(std::string_view piece, bool last) {
  Element& element = elements_.back();
  if (element.has_code) return wrong("code", "comes twice");
  if (!writer_) {
    MIMUS_ASSIGN(writer_, call_.services->files->open_upload());
    decoder_ = {};
  }
  std::string bytes;
  if (!decoder_.take(piece, bytes) || (last && !decoder_.finish())) return wrong("code", "is no base64");
  MIMUS_TRY(writer_->append(bytes));
  if (!last) return {};
  MIMUS_ASSIGN(element.blob, writer_->commit());
  writer_.reset();
  element.has_code = true;
  return {};
}

Result<Response> UpdateTaker::use() {
  MIMUS_TRY(stream_.finish());
  std::vector<project::FileContent> contents;
  contents.reserve(elements_.size());
  for (Element& element : elements_) contents.push_back({.name = std::move(element.name), .blob = element.blob});
  MIMUS_ASSIGN(const auto files, call_.services->files->update_all(call_.path.project, contents, call_.actor()));
  return json_answer(200, array_to_json(files));
}

// Multipart here means the file called "update", or the one that `?name=` names.
Result<Reaction> update_many(Call&& call) {
  const std::string type = parse_media_type(call.header("Content-Type")).name;
  const auto given = call.target.parameter("name");
  if (given || type == "multipart/form-data") {
    MIMUS_ASSIGN(std::string name, project::check_file_name(given.value_or("update")));
    return update_named_file(std::move(call), std::move(name));
  }
  if (type != "application/json") {
    return fail("media.unsupported", "the body must be application/json", "-H 'Content-Type: application/json'");
  }
  return std::make_unique<UpdateTaker>(std::move(call));
}

constexpr std::string_view kBase64 =
    R"({"type": "string", "contentEncoding": "base64", "examples": ["PHNldHVwPjwvc2V0dXA+"]})";
constexpr std::string_view kElementsSchema =
    R"({"type": "array", "maxItems": 100, "items": {"$ref": "#/components/schemas/OlderFile"}})";

constexpr std::string_view kUpdated =
    R"({"oneOf": [{"type": "array", "items": {"$ref": "#/components/schemas/FileMetadata"}},
                  {"$ref": "#/components/schemas/FileMetadata"}]})";

}  // namespace

void add_older_file_routes(std::vector<Route>& routes) {
  routes.push_back(
      {.method = "GET",
       .path = "/api/v1/{project_id}/file/read/{file_name}",
       .scope = project::Scope::Read,
       .handler = read_base64,
       .id = "readFileAsBase64V1",
       .tag = "Files",
       .summary = "Read a file as base64",
       .description = "A JSON text: `curl … | jq -r | base64 --decode` gives the file.",
       .deprecated = true,
       .answers = {{.status = 200, .description = "the bytes in base64", .contents = declare::json(kBase64)}},
       .errors = {"file.not_found", "file.bad_name"}});
  BodyDeclaration body{.description = "At most 100 files; a form updates the file called `update`.",
                       .contents = declare::json(kElementsSchema)};
  body.contents.push_back({"multipart/form-data", declare::kForm});
  routes.push_back({.method = "POST",
                    .path = "/api/v1/{project_id}/files/update",
                    .scope = project::Scope::Write,
                    .handler = update_many,
                    .id = "updateFilesV1",
                    .tag = "Files",
                    .summary = "Update files with base64",
                    .description = "All or nothing: one bad element changes no file.",
                    .deprecated = true,
                    .parameters = {declare::kNameQuery, declare::kIfMatch},
                    .body = std::move(body),
                    .answers = {{.status = 200,
                                 .description = "the updated files; of a form the one file",
                                 .contents = declare::json(kUpdated)}},
                    .errors = {"request.syntax", "request.invalid", "file.bad_name", "file.not_found", "file.duplicate",
                               "file.locked", "file.changed", "file.too_large", "project.quota", "upload.part",
                               "media.unsupported"}});
}

}  // namespace mimus::server
