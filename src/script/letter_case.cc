#include "script/letter_case.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "base/text.h"

namespace mimus::script {
namespace {

struct Special {
  char32_t from;
  std::string_view to;
};

// Characters whose upper case is more than one character (Unicode's SpecialCasing, unconditional mappings).
constexpr std::array<Special, 20> kUpper{{{0xDF, "SS"},
                                          {0x149, "\u02BCN"},
                                          {0x1F0, "J\u030C"},
                                          {0x390, "\u0399\u0308\u0301"},
                                          {0x3B0, "\u03A5\u0308\u0301"},
                                          {0x587, "\u0535\u0552"},
                                          {0x1E96, "H\u0331"},
                                          {0x1E97, "T\u0308"},
                                          {0x1E98, "W\u030A"},
                                          {0x1E99, "Y\u030A"},
                                          {0x1E9A, "A\u02BE"},
                                          {0xFB00, "FF"},
                                          {0xFB01, "FI"},
                                          {0xFB02, "FL"},
                                          {0xFB03, "FFI"},
                                          {0xFB04, "FFL"},
                                          {0xFB05, "ST"},
                                          {0xFB06, "ST"},
                                          {0xFB13, "\u0544\u0546"},
                                          {0xFB14, "\u0544\u0535"}}};

void append_upper(std::string& out, char32_t c) {
  const auto special = std::ranges::find(kUpper, c, &Special::from);
  if (special != kUpper.end()) {
    out += special->to;
  } else {
    append_utf8(out, static_cast<char32_t>(utf8proc_toupper(static_cast<utf8proc_int32_t>(c))));
  }
}

void append_title(std::string& out, char32_t c) {
  const auto special = std::ranges::find(kUpper, c, &Special::from);
  if (special != kUpper.end()) {
    // The first letter in upper case, the others in lower; what is no letter of a case stands before one.
    std::size_t i = 0;
    const char32_t first = next_code_point(special->to, i);
    append_utf8(out, first);
    out += is_upper(first) ? lower_case(special->to.substr(i)) : std::string(special->to.substr(i));
  } else {
    append_utf8(out, static_cast<char32_t>(utf8proc_totitle(static_cast<utf8proc_int32_t>(c))));
  }
}

bool is_cased(char32_t c) { return is_upper(c) || is_lower(c) || is_title(c); }

// Unicode's Case_Ignorable: marks, modifiers, and what stands inside of words.
bool is_ignored_by_case(char32_t c) {
  const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(c));
  if (category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_ME || category == UTF8PROC_CATEGORY_CF ||
      category == UTF8PROC_CATEGORY_LM || category == UTF8PROC_CATEGORY_SK) {
    return true;
  }
  constexpr std::u32string_view kInside =
      U"'.:\u00B7\u0387\u055F\u05F4\u2018\u2019\u2024\u2027\uFE13\uFE52\uFE55\uFF07\uFF0E\uFF1A";
  return kInside.contains(c);
}

// Whether what stands there is the last letter of a word: behind a letter of a case, and before none.
bool ends_word(std::string_view text, std::size_t start, std::size_t end) {
  std::size_t before = start;
  char32_t c = 0;
  do {
    if (before == 0) return false;
    do --before;
    while (before > 0 && (static_cast<unsigned char>(text[before]) & 0xC0U) == 0x80U);
    std::size_t i = before;
    c = next_code_point(text, i);
  } while (is_ignored_by_case(c));
  if (!is_cased(c)) return false;
  while (end < text.size()) {
    c = next_code_point(text, end);
    if (!is_ignored_by_case(c)) return !is_cased(c);
  }
  return true;
}

// The character at text[start … end) in lower case.
void append_lower(std::string& out, std::string_view text, std::size_t start, std::size_t end, char32_t c) {
  if (c == 0x130) {
    out += "i\u0307";
  } else if (c == 0x3A3) {
    append_utf8(out, ends_word(text, start, end) ? 0x3C2 : 0x3C3);
  } else {
    append_utf8(out, static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(c))));
  }
}

}  // namespace

std::string upper_case(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) append_upper(out, next_code_point(text, i));
  return out;
}

std::string lower_case(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t start = i;
    const char32_t c = next_code_point(text, i);
    append_lower(out, text, start, i, c);
  }
  return out;
}

std::string title_case(std::string_view text) {
  std::string out;
  bool inside = false;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t start = i;
    const char32_t c = next_code_point(text, i);
    if (inside) {
      append_lower(out, text, start, i, c);
    } else {
      append_title(out, c);
    }
    inside = is_cased(c);
  }
  return out;
}

std::string swap_case(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t start = i;
    const char32_t c = next_code_point(text, i);
    if (is_upper(c)) {
      append_lower(out, text, start, i, c);
    } else if (is_lower(c)) {
      append_upper(out, c);
    } else {
      out += text.substr(start, i - start);
    }
  }
  return out;
}

std::string capitalized(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t start = i;
    const char32_t c = next_code_point(text, i);
    if (start == 0) {
      append_title(out, c);
    } else {
      append_lower(out, text, start, i, c);
    }
  }
  return out;
}

namespace {

std::string mapped_by(std::string_view text, int options) {
  utf8proc_uint8_t* mapped = nullptr;
  const auto size =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()), static_cast<utf8proc_ssize_t>(text.size()),
                   &mapped, static_cast<utf8proc_option_t>(options));
  if (size < 0) return std::string(text);
  std::string out(reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(size));
  std::free(mapped);
  return out;
}

}  // namespace

std::string folded(std::string_view text) { return mapped_by(text, UTF8PROC_CASEFOLD | UTF8PROC_STABLE); }

std::string compatible_form(std::string_view text) {
  if (std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; })) return std::string(text);
  return mapped_by(text, UTF8PROC_COMPAT | UTF8PROC_COMPOSE | UTF8PROC_STABLE);
}

bool is_letter(char32_t c) {
  const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(c));
  return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
}
bool is_title(char32_t c) { return utf8proc_category(static_cast<utf8proc_int32_t>(c)) == UTF8PROC_CATEGORY_LT; }
bool is_decimal(char32_t c) { return utf8proc_category(static_cast<utf8proc_int32_t>(c)) == UTF8PROC_CATEGORY_ND; }
bool is_digit(char32_t c) {
  // Decimal digits, and those raised, lowered or circled.
  return is_decimal(c) || c == 0xB2 || c == 0xB3 || c == 0xB9 || (c >= 0x1369 && c <= 0x1371) || c == 0x19DA ||
         c == 0x2070 || (c >= 0x2074 && c <= 0x2079) || (c >= 0x2080 && c <= 0x2089) || (c >= 0x2460 && c <= 0x2468) ||
         (c >= 0x2474 && c <= 0x247C) || (c >= 0x2488 && c <= 0x2490) || c == 0x24EA || (c >= 0x24F5 && c <= 0x24FD) ||
         c == 0x24FF || (c >= 0x2776 && c <= 0x277E) || (c >= 0x2780 && c <= 0x2788) || (c >= 0x278A && c <= 0x2792);
}
bool is_numeric(char32_t c) {
  const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(c));
  return category == UTF8PROC_CATEGORY_ND || category == UTF8PROC_CATEGORY_NL || category == UTF8PROC_CATEGORY_NO ||
         is_digit(c);
}
bool is_blank(char32_t c) {
  return (c >= 0x09 && c <= 0x0D) || (c >= 0x1C && c <= 0x20) || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}
bool is_upper(char32_t c) { return utf8proc_category(static_cast<utf8proc_int32_t>(c)) == UTF8PROC_CATEGORY_LU; }
bool is_lower(char32_t c) { return utf8proc_category(static_cast<utf8proc_int32_t>(c)) == UTF8PROC_CATEGORY_LL; }

}  // namespace mimus::script
