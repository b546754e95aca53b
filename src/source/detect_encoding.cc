// Telling an encoding from bytes. docs/decisions/0009-encodings.md tells why so.
#include <utf8proc.h>

#include <array>
#include <optional>

#include "source/encoding.h"

namespace mimus {
namespace {

// Letters that languages written in the encoding use often.
struct Candidate {
  std::string_view encoding;
  bool is_latin;
  std::u32string_view common;
};

constexpr std::array<Candidate, 5> kCandidates = {{
    {"windows-1252", true, U"äöüßÄÖÜéèàçêâîôûëïñáíóúãõåæøÅÆØÉ"},
    {"windows-1250", true, U"ąćęłńóśźżčďěňřšťůžáéíýőűăţşâîöüäÓŚŹŻŁČŘŠŽ"},
    {"windows-1251", false, U"оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё"},
    {"windows-1253", false, U"αοιετσνηυρπκμλςωγδθχφβζξψάέήίόύώ"},
    {"koi8-r", false, U"оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё"},
}};

constexpr std::size_t kMostScored = 4096;  // bytes of 0x80 and more

enum class Kind { None, Other, Upper, Lower };

Kind kind_of(char32_t c) {
  switch (utf8proc_category(static_cast<utf8proc_int32_t>(c))) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LT:
      return Kind::Upper;
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_LM:
      return Kind::Lower;
    default:
      return Kind::Other;
  }
}

struct Neighbour {
  Kind kind = Kind::Other;
  bool is_ascii = true;
};

Neighbour neighbour(const SingleByteTable& table, std::string_view text, std::size_t i) {
  if (i >= text.size()) return {};
  const auto byte = static_cast<unsigned char>(text[i]);
  return {kind_of(byte < 0x80 ? byte : upper_character(table, byte)), byte < 0x80};
}

bool is_letter(Kind kind) { return kind == Kind::Upper || kind == Kind::Lower; }

// How well the character fits between its neighbours.
int score_of(const Candidate& candidate, char32_t c, const Neighbour& left, const Neighbour& right) {
  const Kind kind = kind_of(c);
  if (c == 0xFFFD || c < 0xA0) return -10;  // no character, or a control character
  if (!is_letter(kind)) return is_letter(left.kind) && is_letter(right.kind) ? -3 : 0;
  int score = candidate.common.find(c) != std::u32string_view::npos ? 2 : 1;
  if (kind == Kind::Upper && left.kind == Kind::Lower) score -= 3;
  const bool beside_ascii = (is_letter(left.kind) && left.is_ascii) || (is_letter(right.kind) && right.is_ascii);
  const bool beside_other = (is_letter(left.kind) && !left.is_ascii) || (is_letter(right.kind) && !right.is_ascii);
  // Words of Latin letters have few that are not ASCII; words of other letters have nothing else.
  if (candidate.is_latin && beside_other && !beside_ascii) score -= 2;
  if (!candidate.is_latin) score += beside_ascii ? -4 : beside_other ? 1 : -1;
  return score;
}

long score_of(const Candidate& candidate, const SingleByteTable& table, std::string_view text) {
  long score = 0;
  std::size_t scored = 0;
  for (std::size_t i = 0; i < text.size() && scored < kMostScored; ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x80) continue;
    ++scored;
    const Neighbour left = i == 0 ? Neighbour() : neighbour(table, text, i - 1);
    score += score_of(candidate, upper_character(table, byte), left, neighbour(table, text, i + 1));
  }
  return score;
}

Encoding guess(std::string_view text) {
  Encoding best;
  std::optional<long> best_score;
  for (const Candidate& candidate : kCandidates) {
    Encoding encoding;
    if (!find_encoding(candidate.encoding, encoding)) continue;
    const long score = score_of(candidate, *encoding.table, text);
    if (best_score && score <= *best_score) continue;
    best = encoding;
    best_score = score;
  }
  return best;
}

// Texts of UTF-16 without a mark have a zero in most of their characters, always in the same half.
std::optional<EncodingForm> utf16_form(std::string_view start) {
  std::size_t even = 0;
  std::size_t odd = 0;
  for (std::size_t i = 0; i + 1 < start.size(); i += 2) {
    if (start[i] == 0) ++even;
    if (start[i + 1] == 0) ++odd;
  }
  const std::size_t pairs = start.size() / 2;
  if (pairs == 0) return std::nullopt;
  if (odd * 10 >= pairs * 3 && even * 100 <= pairs) return EncodingForm::Utf16Little;
  if (even * 10 >= pairs * 3 && odd * 100 <= pairs) return EncodingForm::Utf16Big;
  return std::nullopt;
}

struct Mark {
  std::string_view bytes;
  EncodingForm form;
};
// UTF-32's little mark begins with UTF-16's.
constexpr std::array<Mark, 5> kMarks = {{{{"\xEF\xBB\xBF", 3}, EncodingForm::Utf8},
                                         {{"\xFF\xFE\0\0", 4}, EncodingForm::Utf32Little},
                                         {{"\0\0\xFE\xFF", 4}, EncodingForm::Utf32Big},
                                         {{"\xFF\xFE", 2}, EncodingForm::Utf16Little},
                                         {{"\xFE\xFF", 2}, EncodingForm::Utf16Big}}};

}  // namespace

std::size_t mark_length(const Encoding& encoding, std::string_view start) {
  for (const Mark& mark : kMarks) {
    if (mark.form == encoding.form && start.starts_with(mark.bytes)) return mark.bytes.size();
  }
  return 0;
}

DetectedEncoding detect_encoding(std::string_view start) {
  for (const Mark& mark : kMarks) {
    if (start.starts_with(mark.bytes)) return {.encoding = {.form = mark.form}, .mark = mark.bytes.size()};
  }
  if (const auto form = utf16_form(start)) return {.encoding = {.form = *form}};
  if (may_go_on(start.substr(utf8_prefix(start)))) return {};
  return {.encoding = guess(start), .mark = 0, .is_guess = true};
}

}  // namespace mimus
