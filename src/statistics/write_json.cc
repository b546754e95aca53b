#include "statistics/write_json.h"

#include <cmath>

#include "base/text.h"

namespace mimus::statistics {

void write_text(Writer& out, std::string_view text) {
  std::string replaced;
  if (!is_utf8(text)) {
    for (std::size_t k = 0; k < text.size();) append_utf8(replaced, next_code_point(text, k));
    text = replaced;
  }
  out.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}

void write_key(Writer& out, std::string_view name) {
  out.Key(name.data(), static_cast<rapidjson::SizeType>(name.size()));
}

void write_number(Writer& out, std::string_view name, std::uint64_t number) {
  write_key(out, name);
  out.Uint64(number);
}

void write_float(Writer& out, std::string_view name, double number) {
  write_key(out, name);
  if (!std::isfinite(number) || !out.Double(number)) out.Null();
}

void write_scalar(Writer& out, const Value& value) {
  if (const bool* truth = value.as_bool()) {
    out.Bool(*truth);
  } else if (const std::int64_t* integer = value.as_int()) {
    out.Int64(*integer);
  } else if (const double* real = value.as_float()) {
    if (!std::isfinite(*real) || !out.Double(*real)) out.Null();
  } else if (const std::string* text = value.as_text()) {
    write_text(out, *text);
  } else {
    out.Null();
  }
}

}  // namespace mimus::statistics
