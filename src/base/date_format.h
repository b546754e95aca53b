// Dates as texts: strftime and strptime codes, compiled once.
//
// Codes: %Y %y %m %d %e %H %I %M %S %f %p %j %b %h %B %a %A %w %u %U %W %G %V %F %D %T %R %c %x %X %n %t %% (C locale),
// and %1f … %9f: that many digits of the fraction. Zones (%z %Z) are empty: times have none. Formatting also knows the
// words epoch, epoch_millis, epoch_micros, epoch_nanos.
// Immutable after compile(), thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace mimus {

class DateFormat {
 public:
  // Fails with date.format; the offset of the mistake is in `where.column`.
  [[nodiscard]] static Result<DateFormat> compile(std::string_view format);

  void append(std::string& out, Timestamp time) const;
  // Writes at `out` and returns the end; at most max_size() bytes, of which those behind the end mean nothing.
  char* write(char* out, Timestamp time) const;
  [[nodiscard]] std::size_t max_size() const { return max_size_; }
  // True when every text is made of letters, digits, blanks and "_.:-+" only.
  [[nodiscard]] bool is_clean() const { return clean_; }

  // The time that the whole text says, by strptime's rules (leading zeros optional, blanks match any blanks); fields
  // not given are those of 1900-01-01. Fails with date.mismatch.
  [[nodiscard]] Result<Timestamp> parse(std::string_view text) const;

 private:
  struct Piece {
    char code = 0;  // 0: literal
    int digits = 0;
    std::string literal;
  };
  // The pieces as they are written: what makes up %F and %T is one piece.
  [[nodiscard]] std::vector<Piece> joined() const;

  std::vector<Piece> pieces_;
  std::vector<Piece> written_;
  bool civil_ = false;  // a piece of written_ needs the fields of the calendar
  std::string text_;
  std::size_t max_size_ = 0;
  bool clean_ = true;
};

}  // namespace mimus
