#include "base/date_format.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <optional>
#include <span>

#include "base/number.h"
#include "base/put.h"
#include "base/text.h"

namespace mimus {
namespace {

constexpr std::string_view kMonths[] = {"January", "February", "March",     "April",   "May",      "June",
                                        "July",    "August",   "September", "October", "November", "December"};
constexpr std::string_view kDays[] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
constexpr std::string_view kPlainCodes = "YymdeHIMSfpjbBaAwuUWGV";
constexpr std::string_view kEpochWords[] = {"epoch", "epoch_millis", "epoch_micros", "epoch_nanos"};

constexpr bool is_clean_char(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
         std::string_view(" _.:-+").find(c) != std::string_view::npos;
}

char* put_number(char* out, int value, int width) {
  for (int i = width; i-- > 0; value /= 10) out[i] = static_cast<char>('0' + value % 10);
  return out + width;
}

struct Calendar {
  Civil civil;
  std::int64_t days = 0;  // since 1970-01-01
  int weekday = 0;        // Monday 0
  int year_day = 0;       // from 0
};

Calendar calendar_of(Timestamp time, std::int64_t day) {
  Calendar out{civil_from(time), day, 0, 0};
  out.weekday = static_cast<int>(((out.days + 3) % 7 + 7) % 7);
  out.year_day = static_cast<int>(out.days - days_from_civil(out.civil.year, 1, 1));
  return out;
}

// ISO 8601 week and the year it belongs to.
std::pair<int, int> iso_week(const Calendar& c) {
  const std::int64_t thursday = c.days - c.weekday + 3;
  const int year = civil_from({thursday * kMicrosPerDay}).year;
  return {year, static_cast<int>((thursday - days_from_civil(year, 1, 1)) / 7) + 1};
}

char* put_fraction(char* out, int micro, int digits) {
  char all[9];
  put_number(all, micro, 6);
  std::memset(all + 6, '0', 3);
  return std::copy_n(all, digits, out);
}

char* put_code(char* out, char code, int digits, const Calendar& c) {
  const Civil& t = c.civil;
  switch (code) {
    case 'Y':
      return put_number(out, t.year, 4);
    case 'y':
      return put_number(out, t.year % 100, 2);
    case 'm':
      return put_number(out, t.month, 2);
    case 'd':
      return put_number(out, t.day, 2);
    case 'e':
      if (t.day >= 10) return put_number(out, t.day, 2);
      *out++ = ' ';
      return put_number(out, t.day, 1);
    case 'H':
      return put_number(out, t.hour, 2);
    case 'I':
      return put_number(out, t.hour % 12 == 0 ? 12 : t.hour % 12, 2);
    case 'M':
      return put_number(out, t.minute, 2);
    case 'S':
      return put_number(out, t.second, 2);
    case 'f':
      return put_fraction(out, t.micro, digits);
    case 'p':
      return put(out, t.hour < 12 ? "AM" : "PM");
    case 'j':
      return put_number(out, c.year_day + 1, 3);
    case 'b':
      return put(out, kMonths[t.month - 1].substr(0, 3));
    case 'B':
      return put(out, kMonths[t.month - 1]);
    case 'a':
      return put(out, kDays[c.weekday].substr(0, 3));
    case 'A':
      return put(out, kDays[c.weekday]);
    case 'w':
      return put_number(out, (c.weekday + 1) % 7, 1);
    case 'u':
      return put_number(out, c.weekday + 1, 1);
    case 'U':
      return put_number(out, (c.year_day + 7 - (c.weekday + 1) % 7) / 7, 2);
    case 'W':
      return put_number(out, (c.year_day + 7 - c.weekday) / 7, 2);
    case 'G':
      return put_number(out, iso_week(c).first, 4);
    default:
      return put_number(out, iso_week(c).second, 2);
  }
}

// Bytes that a code may write.
std::size_t width_of(char code) {
  switch (code) {
    case 'F':
      return kMaxDateText;
    case 'T':
      return 8;
    case 'Y':
    case 'G':
      return 4;
    case 'f':
    case 'A':
    case 'B':
      return 9;
    default:
      return 3;
  }
}

// Seconds, thousandths … since 1970, truncated.
std::string epoch_text(std::size_t unit, Timestamp time) {
  constexpr std::int64_t kDivisors[] = {kMicrosPerSecond, 1000, 1, 1};
  std::string out = std::to_string(time.micros / kDivisors[unit]);
  return unit == 3 ? out + "000" : out;
}

// "%F" and the like, spelled out.
std::string expand(std::string_view format) {
  constexpr std::pair<std::string_view, std::string_view> kShort[] = {
      {"%F", "%Y-%m-%d"}, {"%D", "%m/%d/%y"}, {"%T", "%H:%M:%S"}, {"%R", "%H:%M"}, {"%x", "%m/%d/%y"},
      {"%X", "%H:%M:%S"}, {"%h", "%b"},       {"%n", "\n"},       {"%t", "\t"},    {"%c", "%a %b %e %H:%M:%S %Y"}};
  std::string out;
  for (std::size_t i = 0; i < format.size(); ++i) {
    const std::string_view code = format.substr(i, 2);
    const auto* found = std::ranges::find(kShort, code, &std::pair<std::string_view, std::string_view>::first);
    if (found != std::end(kShort)) {
      out += found->second;
      ++i;
    } else if (code == "%%") {
      out += code;
      ++i;
    } else {
      out += format[i];
    }
  }
  return out;
}

// Reads up to `width` digits; nullopt when there is none.
std::optional<int> read_number(std::string_view text, std::size_t& i, std::size_t width) {
  std::size_t end = i;
  int value = 0;
  while (end < text.size() && end - i < width && text[end] >= '0' && text[end] <= '9') {
    value = value * 10 + (text[end++] - '0');
  }
  if (end == i) return std::nullopt;
  i = end;
  return value;
}

bool equals_ignoring_case(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) { return (x | 32) == (y | 32); });
}

std::optional<int> read_name(std::string_view text, std::size_t& i, std::span<const std::string_view> names,
                             bool whole) {
  for (std::size_t k = 0; k < names.size(); ++k) {
    const std::string_view name = whole ? names[k] : names[k].substr(0, 3);
    if (equals_ignoring_case(text.substr(i, name.size()), name)) {
      i += name.size();
      return static_cast<int>(k);
    }
  }
  return std::nullopt;
}

// What strptime has read so far.
struct Parsed {
  Civil civil{1900, 1, 1, 0, 0, 0, 0};
  std::optional<bool> afternoon;
  std::optional<int> year_day;
};

bool set_in_range(int& field, std::optional<int> value, int least, int most) {
  if (!value || *value < least || *value > most) return false;
  field = *value;
  return true;
}

bool read_fraction(std::string_view text, std::size_t& i, int& micro) {
  const std::size_t start = i;
  const auto value = read_number(text, i, 6);
  if (!value) return false;
  micro = *value;
  for (std::size_t k = i - start; k < 6; ++k) micro *= 10;
  return true;
}

bool read_code(char code, std::string_view text, std::size_t& i, Parsed& out) {
  Civil& c = out.civil;
  int ignored = 0;
  switch (code) {
    case 'Y':
      return i + 4 <= text.size() && set_in_range(c.year, read_number(text, i, 4), 1, 9999);
    case 'y': {
      if (!set_in_range(c.year, read_number(text, i, 2), 0, 99)) return false;
      c.year += c.year < 69 ? 2000 : 1900;
      return true;
    }
    case 'm':
      return set_in_range(c.month, read_number(text, i, 2), 1, 12);
    case 'd':
    case 'e':
      return set_in_range(c.day, read_number(text, i, 2), 1, 31);
    case 'H':
      return set_in_range(c.hour, read_number(text, i, 2), 0, 23);
    case 'I':
      return set_in_range(c.hour, read_number(text, i, 2), 1, 12);
    case 'M':
      return set_in_range(c.minute, read_number(text, i, 2), 0, 59);
    case 'S':
      return set_in_range(c.second, read_number(text, i, 2), 0, 61);
    case 'f':
      return read_fraction(text, i, c.micro);
    case 'j': {
      const auto day = read_number(text, i, 3);
      if (!day || *day < 1 || *day > 366) return false;
      out.year_day = *day;
      return true;
    }
    case 'p': {
      const std::string_view half = text.substr(i, 2);
      if (!equals_ignoring_case(half, "AM") && !equals_ignoring_case(half, "PM")) return false;
      out.afternoon = equals_ignoring_case(half, "PM");
      i += 2;
      return true;
    }
    case 'b':
    case 'B': {
      const auto month = read_name(text, i, kMonths, code == 'B');
      if (month) c.month = *month + 1;
      return month.has_value();
    }
    case 'a':
    case 'A':
      return read_name(text, i, kDays, code == 'A').has_value();
    default:
      return set_in_range(ignored, read_number(text, i, code == 'G' ? 4 : 2), 0, 9999);
  }
}

}  // namespace

Result<DateFormat> DateFormat::compile(std::string_view format) {
  if (trim(format).empty()) return fail("date.format", "the date format is empty", "for example %Y-%m-%d");
  DateFormat out;
  out.text_ = format;
  const std::string codes = expand(format);
  for (std::size_t i = 0; i < codes.size(); ++i) {
    if (codes[i] != '%') {
      if (out.pieces_.empty() || out.pieces_.back().code != 0) out.pieces_.push_back({});
      out.pieces_.back().literal += codes[i];
      out.clean_ = out.clean_ && is_clean_char(codes[i]);
      continue;
    }
    Piece piece{.code = i + 1 < codes.size() ? codes[i + 1] : '\0', .digits = 6, .literal = {}};
    if (piece.code >= '1' && piece.code <= '9' && i + 2 < codes.size() && codes[i + 2] == 'f') {
      piece.digits = piece.code - '0';
      piece.code = 'f';
      ++i;
    }
    ++i;
    if (piece.code == 'z' || piece.code == 'Z') continue;
    if (piece.code == '%') {
      piece.literal = "%";
      piece.code = 0;
      out.clean_ = false;
    } else if (piece.code == '\0' || kPlainCodes.find(piece.code) == std::string_view::npos) {
      return fail(Diagnostic{.code = "date.format",
                             .message = "unknown code '%" + std::string(1, piece.code == 0 ? ' ' : piece.code) +
                                        "' in the date format '" + std::string(format) + "'",
                             .hint = "for example %Y-%m-%d %H:%M:%S",
                             .where = {"", 0, static_cast<int>(std::min(i, format.size()))}});
    }
    out.pieces_.push_back(std::move(piece));
  }
  out.written_ = out.joined();
  out.max_size_ = kMaxDateText - 10;
  for (const Piece& piece : out.written_) {
    out.max_size_ += piece.code == 0 ? piece.literal.size() : width_of(piece.code);
    out.civil_ = out.civil_ || (piece.code != 0 && piece.code != 'F' && piece.code != 'T');
  }
  const auto* word = std::ranges::find(kEpochWords, format);
  if (word != std::end(kEpochWords)) {
    out.pieces_ = {Piece{.code = static_cast<char>(1 + (word - std::begin(kEpochWords))), .digits = 0, .literal = {}}};
    out.written_ = out.pieces_;
    out.max_size_ = 32;
  }
  return out;
}

std::vector<DateFormat::Piece> DateFormat::joined() const {
  const auto spells = [&](std::size_t at, std::string_view codes, std::string_view between) {
    if (at + 5 > pieces_.size()) return false;
    for (std::size_t k = 0; k < 5; ++k) {
      const Piece& piece = pieces_[at + k];
      if (k % 2 == 0 ? piece.code != codes[k / 2] : piece.code != 0 || piece.literal != between) return false;
    }
    return true;
  };
  std::vector<Piece> out;
  for (std::size_t i = 0; i < pieces_.size(); ++i) {
    if (spells(i, "Ymd", "-")) {
      out.push_back({.code = 'F', .digits = 0, .literal = {}});
      i += 4;
    } else if (spells(i, "HMS", ":")) {
      out.push_back({.code = 'T', .digits = 0, .literal = {}});
      i += 4;
    } else {
      out.push_back(pieces_[i]);
    }
  }
  return out;
}

char* DateFormat::write(char* out, Timestamp time) const {
  const std::int64_t day = day_of(time);
  Calendar calendar;
  if (civil_) calendar = calendar_of(time, day);
  for (const Piece& piece : written_) {
    if (piece.code == 0) {
      out = put(out, piece.literal);
    } else if (piece.code < 5) {
      out = put(out, epoch_text(static_cast<std::size_t>(piece.code - 1), time));
    } else if (piece.code == 'F') {
      out = write_date(out, day);
    } else if (piece.code == 'T') {
      out = write_clock(out, static_cast<int>((time.micros - day * kMicrosPerDay) / kMicrosPerSecond));
    } else {
      out = put_code(out, piece.code, piece.digits, calendar);
    }
  }
  return out;
}

void DateFormat::append(std::string& out, Timestamp time) const {
  const std::size_t start = out.size();
  out.resize(start + max_size_);
  out.resize(static_cast<std::size_t>(write(out.data() + start, time) - out.data()));
}

Result<Timestamp> DateFormat::parse(std::string_view text) const {
  const auto mismatch = [&] {
    return fail("date.mismatch", "time data '" + std::string(text) + "' does not match format '" + text_ + "'");
  };
  Parsed parsed;
  std::size_t i = 0;
  for (const Piece& piece : pieces_) {
    if (piece.code != 0) {
      if (piece.code < 5 || i >= text.size() || !read_code(piece.code, text, i, parsed)) return mismatch();
      continue;
    }
    for (const char c : piece.literal) {
      if (c == ' ') {
        while (i < text.size() && text[i] == ' ') ++i;
      } else if (i >= text.size() || text[i++] != c) {
        return mismatch();
      }
    }
  }
  Civil& c = parsed.civil;
  if (i != text.size()) return mismatch();
  if (parsed.afternoon) c.hour = c.hour % 12 + (*parsed.afternoon ? 12 : 0);
  if (parsed.year_day) {
    const std::int64_t days = days_from_civil(c.year, 1, 1) + *parsed.year_day - 1;
    const Civil date = civil_from({days * kMicrosPerDay});
    c.month = date.month;
    c.day = date.day;
  }
  if (c.day > days_in_month(c.year, c.month)) return mismatch();
  return timestamp_from(c);
}

}  // namespace mimus
