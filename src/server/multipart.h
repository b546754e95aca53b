// multipart/form-data (RFC 7578), read piece by piece: nothing but a delimiter and a part's header is ever held.
//
// Bytes before the first delimiter and after the last one are ignored. Errors: upload.part.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace mimus::server {

struct PartHead {
  std::string name;                     // of the form's field
  std::optional<std::string> filename;  // as meant: quotes and percent escapes of the form undone
};

// Receives the parts. A failure ends the parsing, and is what take() returns.
class PartSink {
 public:
  virtual ~PartSink() = default;
  [[nodiscard]] virtual Status begin_part(const PartHead& head) = 0;
  [[nodiscard]] virtual Status part_data(std::string_view bytes) = 0;
  [[nodiscard]] virtual Status end_part() = 0;
};

struct MultipartLimits {
  std::size_t parts = 20;
  std::size_t head_bytes = 8U << 10U;  // of one part
};

class MultipartParser {
 public:
  // `boundary` as the Content-Type gives it. `sink` must outlive the parser.
  MultipartParser(std::string_view boundary, PartSink& sink, MultipartLimits limits = {});

  // A boundary is 1 … 70 characters (RFC 2046).
  [[nodiscard]] static bool is_boundary(std::string_view text);

  [[nodiscard]] Status take(std::string_view bytes);
  // The body has ended: fails unless the last delimiter was seen.
  [[nodiscard]] Status finish();

 private:
  enum class State { Preamble, AfterDelimiter, Head, Data, End };

  [[nodiscard]] Result<bool> step();
  [[nodiscard]] Result<bool> read_until_delimiter();
  [[nodiscard]] Result<bool> read_after_delimiter();
  [[nodiscard]] Result<bool> read_head();

  std::string delimiter_;  // CR LF, two hyphens, boundary
  PartSink& sink_;
  MultipartLimits limits_;
  State state_ = State::Preamble;
  std::string pending_;  // bytes not yet understood
  std::size_t parts_ = 0;
};

}  // namespace mimus::server
