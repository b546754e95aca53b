#include "target/encoded_target.h"

#include <cstdio>

#include "base/text.h"

namespace mimus {
namespace {

struct State final : EncoderState {
  std::unique_ptr<EncoderState> inner;
  Buffer text;
  std::vector<std::size_t> ends;
};

RowFailure no_form(std::size_t row, char32_t character, const TextEncoding& encoding) {
  char number[16];
  std::snprintf(number, sizeof number, "U+%04X", static_cast<unsigned>(character));
  std::string shown;
  append_utf8(shown, character);
  return {row,
          {.code = "target.encoding",
           .message = "the character '" + escape_controls(shown) + "' (" + number + ") has no form in the encoding " +
                      encoding.name(),
           .hint = "write the file in utf-8, or replace the character"}};
}

class EncodedEncoder final : public Encoder {
 public:
  EncodedEncoder(std::unique_ptr<Encoder> inner, const TextEncoding& encoding)
      : inner_(std::move(inner)), encoding_(encoding) {
    const Frame& frame = inner_->frame();
    frame_.begin = std::string(encoding_.mark()) + converted(frame.begin);
    frame_.separator = converted(frame.separator);
    frame_.end = converted(frame.end);
  }

  [[nodiscard]] const Frame& frame() const override { return frame_; }
  [[nodiscard]] std::unique_ptr<EncoderState> make_state() const override {
    auto state = std::make_unique<State>();
    state->inner = inner_->make_state();
    return state;
  }

  [[nodiscard]] std::optional<RowFailure> encode(const Record& records, std::size_t count, EncoderState& state,
                                                 Buffer& out, std::vector<std::size_t>* ends) const override {
    if (frame_failure_ && count > 0) return no_form(0, *frame_failure_, encoding_);
    auto& own = static_cast<State&>(state);
    own.text.clear();
    own.ends.clear();
    auto failure = inner_->encode(records, count, *own.inner, own.text, &own.ends);
    std::size_t start = 0;
    for (std::size_t row = 0; row < own.ends.size(); ++row) {
      const std::size_t before = out.size();
      const auto character = encoding_.append(own.text.view().substr(start, own.ends[row] - start), out);
      if (character) {
        out.cut(before);
        return no_form(row, *character, encoding_);
      }
      start = own.ends[row];
      if (ends != nullptr) ends->push_back(out.size());
    }
    return failure;
  }

  [[nodiscard]] bool may_stand_alone() const override { return inner_->may_stand_alone(); }
  [[nodiscard]] std::optional<std::string> lone_file(std::string_view record) const override {
    const auto text = inner_->lone_file(encoding_.decode(record));
    if (!text) return std::nullopt;
    Buffer out;
    out.append(encoding_.mark());
    // It consists of what could be written.
    (void)encoding_.append(*text, out);
    return std::string(out.view());
  }

 private:
  std::string converted(const std::string& text) {
    Buffer out;
    if (const auto character = encoding_.append(text, out); character && !frame_failure_) frame_failure_ = character;
    return std::string(out.view());
  }

  std::unique_ptr<Encoder> inner_;
  const TextEncoding& encoding_;
  Frame frame_;
  std::optional<char32_t> frame_failure_;  // a character of the frame that has no form
};

class EncodedTarget final : public TargetOver {
 public:
  EncodedTarget(std::unique_ptr<FileTarget> target, TextEncoding encoding)
      : TargetOver(std::move(target)), encoding_(std::move(encoding)) {}
  [[nodiscard]] std::unique_ptr<Encoder> bind(const Record& first) const override {
    return std::make_unique<EncodedEncoder>(TargetOver::bind(first), encoding_);
  }

 private:
  TextEncoding encoding_;
};

}  // namespace

Result<TextEncoding> encoding_of(const TargetArguments& arguments, const std::string& fallback) {
  MIMUS_ASSIGN(const std::string name, arguments.text("encoding", fallback));
  auto encoding = TextEncoding::find(name);
  if (encoding) return std::move(*encoding);
  std::string known = "one of ascii, latin-1, utf-8-sig";
  for (const std::string_view other : encoding_names()) known += ", " + std::string(other);
  return arguments.refuse("encoding", known);
}

std::unique_ptr<FileTarget> with_encoding(std::unique_ptr<FileTarget> target, TextEncoding encoding) {
  if (encoding.is_utf8() && encoding.mark().empty()) return target;
  return std::make_unique<EncodedTarget>(std::move(target), std::move(encoding));
}

}  // namespace mimus
