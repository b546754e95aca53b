#include "server/multipart.h"

#include <algorithm>

#include "base/text.h"
#include "server/http.h"
#include "server/negotiate.h"

namespace mimus::server {
namespace {

// What browsers and curl write for the three characters that would end the field.
std::string undo_form_escapes(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view escape = text.substr(i, 3);
    char meant = 0;
    if (escape == "%22") meant = '"';
    if (equals_without_case(escape, "%0D")) meant = '\r';
    if (equals_without_case(escape, "%0A")) meant = '\n';
    out += meant != 0 ? meant : text[i];
    if (meant != 0) i += 2;
  }
  return out;
}

Result<PartHead> parse_part_head(std::string_view text) {
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find("\r\n"));
    text.remove_prefix(std::min(text.size(), line.size() + 2));
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return fail("upload.part", "a part of the form has a malformed header");
    if (!equals_without_case(trim(line.substr(0, colon)), "Content-Disposition")) continue;
    const MediaType disposition = parse_media_type(line.substr(colon + 1));
    PartHead head;
    bool named = false;
    for (const auto& [key, value] : disposition.parameters) {
      if (key == "name") {
        head.name = undo_form_escapes(value);
        named = true;
      }
      if (key == "filename") head.filename = undo_form_escapes(value);
    }
    if (disposition.name == "form-data" && named) return head;
  }
  return fail("upload.part", "a part of the form has no name");
}

}  // namespace

MultipartParser::MultipartParser(std::string_view boundary, PartSink& sink, MultipartLimits limits)
    : delimiter_("\r\n--" + std::string(boundary)), sink_(sink), limits_(limits), pending_("\r\n") {
  // The first delimiter may stand at the very beginning: as if a line end came before.
}

bool MultipartParser::is_boundary(std::string_view text) {
  return !text.empty() && text.size() <= 70 &&
         std::ranges::all_of(text, [](char c) { return c >= 0x20 && c < 0x7F && c != '"'; });
}

Status MultipartParser::take(std::string_view bytes) {
  if (state_ == State::End) return {};
  pending_ += bytes;
  for (;;) {
    MIMUS_ASSIGN(const bool more, step());
    if (!more) return {};
  }
}

Status MultipartParser::finish() {
  if (state_ == State::End) return {};
  return fail("upload.part", "the multipart body ends in the middle");
}

// Understands some of what is pending; false when it needs more bytes.
Result<bool> MultipartParser::step() {
  switch (state_) {
    case State::Preamble:
    case State::Data:
      return read_until_delimiter();
    case State::AfterDelimiter:
      return read_after_delimiter();
    case State::Head:
      return read_head();
    case State::End:
      pending_.clear();
      return false;
  }
  return false;
}

Result<bool> MultipartParser::read_until_delimiter() {
  const std::size_t found = pending_.find(delimiter_);
  std::size_t sure = found;  // bytes that are no part of a delimiter
  if (found == std::string::npos) sure = pending_.size() - std::min(pending_.size(), delimiter_.size() - 1);
  if (state_ == State::Data && sure > 0) MIMUS_TRY(sink_.part_data(std::string_view(pending_).substr(0, sure)));
  if (found == std::string::npos) {
    pending_.erase(0, sure);
    return false;
  }
  pending_.erase(0, found + delimiter_.size());
  if (state_ == State::Data) MIMUS_TRY(sink_.end_part());
  state_ = State::AfterDelimiter;
  return true;
}

// "--" ends the body, a line end begins a part; blanks may stand before it.
Result<bool> MultipartParser::read_after_delimiter() {
  if (pending_.starts_with("--")) {
    state_ = State::End;
    return true;
  }
  const std::size_t line = pending_.find_first_not_of(" \t");
  if (line == std::string::npos ? pending_.size() > limits_.head_bytes : line > limits_.head_bytes) {
    return fail("upload.part", "a delimiter of the multipart body is malformed");
  }
  if (line == std::string::npos || pending_.size() < line + 2) {
    if (line != std::string::npos && pending_[line] != '\r' && pending_ != "-") {
      return fail("upload.part", "a delimiter of the multipart body is malformed");
    }
    return false;
  }
  if (pending_.compare(line, 2, "\r\n") != 0) {
    return fail("upload.part", "a delimiter of the multipart body is malformed");
  }
  if (++parts_ > limits_.parts) {
    return fail("upload.part", "the form has more than " + std::to_string(limits_.parts) + " parts");
  }
  pending_.erase(0, line);  // the line end stays: a part's header may be empty
  state_ = State::Head;
  return true;
}

Result<bool> MultipartParser::read_head() {
  const std::size_t end = pending_.find("\r\n\r\n");
  if (std::min(end, pending_.size()) > limits_.head_bytes) {
    return fail("upload.part", "the header of a part is too long");
  }
  if (end == std::string::npos) return false;
  const std::string text = end < 2 ? std::string() : pending_.substr(2, end - 2);
  pending_.erase(0, end + 4);
  MIMUS_ASSIGN(const PartHead head, parse_part_head(text));
  MIMUS_TRY(sink_.begin_part(head));
  state_ = State::Data;
  return true;
}

}  // namespace mimus::server
