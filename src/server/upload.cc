#include "server/upload.h"

#include "project/names.h"
#include "server/multipart.h"
#include "server/negotiate.h"
#include "server/problem.h"

namespace mimus::server {
namespace {

// What a form may be longer than its file.
constexpr std::uint64_t kFormOverhead = 1U << 20U;

// Writes a file's bytes into a blob, then hands both on.
class Upload {
 public:
  Upload(Call call, UploadPlan plan) : call_(std::move(call)), plan_(std::move(plan)) {}

  [[nodiscard]] const Call& call() const { return call_; }
  [[nodiscard]] const UploadPlan& plan() const { return plan_; }

  Status begin(std::string name) {
    name_ = std::move(name);
    if (plan_.check) MIMUS_TRY(plan_.check(call_, name_));
    MIMUS_ASSIGN(writer_, call_.services->files->open_upload());
    return {};
  }
  Status append(std::string_view bytes) { return writer_->append(bytes); }
  Result<Response> finish() {
    MIMUS_ASSIGN(const store::Blob blob, writer_->commit());
    return plan_.use(call_, name_, blob);
  }

 private:
  Call call_;
  UploadPlan plan_;
  std::string name_;
  std::unique_ptr<store::BlobWriter> writer_;
};

class FormTaker final : public BodyTaker, private PartSink {
 public:
  FormTaker(Call call, UploadPlan plan, std::string_view boundary)
      : upload_(std::move(call), std::move(plan)),
        left_(upload_.call().services->files->limits().file_bytes + kFormOverhead),
        parser_(boundary, *this) {}

  std::optional<Response> take(std::string_view piece) override {
    Status status;
    if (piece.size() > left_) {
      status = fail("file.too_large", "the form is over the limit of a file");
    } else {
      left_ -= piece.size();
      status = parser_.take(piece);
    }
    if (status) return std::nullopt;
    return problem(status.error(), upload_.call().target.path);
  }

  Response finish() override { return answer_or_problem(use(), upload_.call()); }

 private:
  Result<Response> use() {
    MIMUS_TRY(parser_.finish());
    if (!found_) return fail("upload.part", "the form has no part 'file'", "-F 'file=@datamimic.xml'");
    return upload_.finish();
  }

  Status begin_part(const PartHead& head) override {
    in_file_ = head.name == "file";
    if (!in_file_) return {};
    if (found_) return fail("upload.part", "the form has more than one part 'file'");
    found_ = true;
    if (upload_.plan().name) return upload_.begin(*upload_.plan().name);
    if (!head.filename) {
      return fail("upload.part", "the part 'file' has no filename", "-F 'file=@abc.json;filename=script/abc.json'");
    }
    MIMUS_ASSIGN(std::string name, project::check_file_name(*head.filename));
    return upload_.begin(std::move(name));
  }
  Status part_data(std::string_view bytes) override { return in_file_ ? upload_.append(bytes) : Status(); }
  Status end_part() override { return {}; }

  Upload upload_;
  std::uint64_t left_;  // bytes that the whole form may still have
  MultipartParser parser_;
  bool in_file_ = false;
  bool found_ = false;
};

class RawTaker final : public BodyTaker {
 public:
  RawTaker(Call call, UploadPlan plan) : upload_(std::move(call), std::move(plan)) {}

  Status begin() { return upload_.begin(*upload_.plan().name); }
  std::optional<Response> take(std::string_view piece) override {
    if (const Status status = upload_.append(piece); !status) {
      return problem(status.error(), upload_.call().target.path);
    }
    return std::nullopt;
  }
  Response finish() override { return answer_or_problem(upload_.finish(), upload_.call()); }

 private:
  Upload upload_;
};

}  // namespace

Result<Reaction> take_upload(Call call, UploadPlan plan) {
  if (plan.name && plan.check) MIMUS_TRY(plan.check(call, *plan.name));
  const MediaType type = parse_media_type(call.header("Content-Type"));
  const bool form = type.name == "multipart/form-data";
  if (!form && !plan.raw_allowed) {
    return fail("media.unsupported", "the body must be multipart/form-data with a part 'file'",
                "curl -F 'file=@datamimic.xml'");
  }
  const std::uint64_t limit = call.services->files->limits().file_bytes;
  if (call.request->body_length.value_or(0) > limit + (form ? kFormOverhead : 0)) {
    return fail("file.too_large", "the file is over the limit of " + std::to_string(limit) + " bytes");
  }
  if (form) {
    const std::string boundary(type.parameter("boundary"));
    if (!MultipartParser::is_boundary(boundary)) {
      return fail("upload.part", "the Content-Type has no valid boundary");
    }
    return std::make_unique<FormTaker>(std::move(call), std::move(plan), boundary);
  }
  auto taker = std::make_unique<RawTaker>(std::move(call), std::move(plan));
  MIMUS_TRY(taker->begin());
  return taker;
}

}  // namespace mimus::server
