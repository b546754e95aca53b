#include "source/encoding.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/text.h"

namespace mimus {
namespace {

struct UnicodeName {
  std::string_view name;
  EncodingForm form;
};

// UTF-16 and UTF-32 without a mark and a byte order are little endian, as on nearly all machines.
constexpr std::array<UnicodeName, 7> kUnicodeNames = {{{"utf-8", EncodingForm::Utf8},
                                                       {"utf-16", EncodingForm::Utf16Little},
                                                       {"utf-16le", EncodingForm::Utf16Little},
                                                       {"utf-16be", EncodingForm::Utf16Big},
                                                       {"utf-32", EncodingForm::Utf32Little},
                                                       {"utf-32le", EncodingForm::Utf32Little},
                                                       {"utf-32be", EncodingForm::Utf32Big}}};

struct Alias {
  std::string_view alias, name;
};
constexpr std::array<Alias, 12> kAliases = {{{"latin1", "iso88591"},
                                             {"l1", "iso88591"},
                                             {"latin2", "iso88592"},
                                             {"latin9", "iso885915"},
                                             {"macroman", "macintosh"},
                                             {"utf8sig", "utf8"},
                                             {"ascii", "utf8"},
                                             {"usascii", "utf8"},
                                             {"ucs2", "utf16"},
                                             {"ucs4", "utf32"},
                                             {"unicode", "utf16"},
                                             {"ansi", "windows1252"}}};

// Lower case, letters and digits only; "cp" and "ibm" numbers as the tables call them.
std::string key_of(std::string_view name) {
  std::string key;
  for (const char c : name) {
    if (c >= 'A' && c <= 'Z') key += static_cast<char>(c - 'A' + 'a');
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) key += c;
  }
  for (const Alias& alias : kAliases) {
    if (key == alias.alias) return std::string(alias.name);
  }
  if (key.starts_with("cp125")) return "windows" + key.substr(2);
  if (key.starts_with("cp")) return "ibm" + key.substr(2);
  if (key.starts_with("iso8859") || !key.starts_with("8859")) return key;
  return "iso" + key;
}

// The length of the well-formed character at the start of the bytes; 0: there is none.
std::size_t character_length(const unsigned char* at, std::size_t left) {
  const unsigned char lead = at[0];
  if (lead < 0x80) return 1;
  const auto follows = [&](std::size_t k, unsigned least, unsigned most) {
    return k < left && at[k] >= least && at[k] <= most;
  };
  if (lead >= 0xC2 && lead <= 0xDF) return follows(1, 0x80, 0xBF) ? 2 : 0;
  if (lead >= 0xE0 && lead <= 0xEF) {
    const unsigned least = lead == 0xE0 ? 0xA0 : 0x80;
    const unsigned most = lead == 0xED ? 0x9F : 0xBF;
    return follows(1, least, most) && follows(2, 0x80, 0xBF) ? 3 : 0;
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    const unsigned least = lead == 0xF0 ? 0x90 : 0x80;
    const unsigned most = lead == 0xF4 ? 0x8F : 0xBF;
    return follows(1, least, most) && follows(2, 0x80, 0xBF) && follows(3, 0x80, 0xBF) ? 4 : 0;
  }
  return 0;
}

std::uint32_t unit16(const char* at, bool big) {
  const auto a = static_cast<unsigned char>(at[0]);
  const auto b = static_cast<unsigned char>(at[1]);
  return big ? (a << 8U) | b : (b << 8U) | a;
}

std::uint32_t unit32(const char* at, bool big) {
  const std::uint32_t first = unit16(at, big);
  const std::uint32_t second = unit16(at + 2, big);
  return big ? (first << 16U) | second : (second << 16U) | first;
}

}  // namespace

char32_t upper_character(const SingleByteTable& table, unsigned char byte) {
  const char16_t c = table.upper[byte - 0x80U];
  return c == 0xFFFF ? byte : c;
}

std::string_view Encoding::name() const {
  if (form == EncodingForm::SingleByte) return table->name;
  constexpr std::string_view kNames[] = {"utf-8", "utf-16le", "utf-16be", "utf-32le", "utf-32be"};
  return kNames[static_cast<std::size_t>(form)];
}

bool find_encoding(std::string_view name, Encoding& out) {
  const std::string key = key_of(name);
  for (const UnicodeName& known : kUnicodeNames) {
    if (key_of(known.name) != key) continue;
    out = {.form = known.form, .table = nullptr};
    return true;
  }
  for (std::size_t i = 0; i < kSingleByteTableCount; ++i) {
    if (key_of(kSingleByteTables[i].name) != key) continue;
    out = {.form = EncodingForm::SingleByte, .table = &kSingleByteTables[i]};
    return true;
  }
  return false;
}

std::vector<std::string_view> encoding_names() {
  std::vector<std::string_view> out;
  out.reserve(kUnicodeNames.size() + kSingleByteTableCount);
  for (const UnicodeName& known : kUnicodeNames) out.push_back(known.name);
  for (std::size_t i = 0; i < kSingleByteTableCount; ++i) out.push_back(kSingleByteTables[i].name);
  return out;
}

std::size_t utf8_prefix(std::string_view bytes) {
  const auto* const start = reinterpret_cast<const unsigned char*>(bytes.data());
  std::size_t i = 0;
  while (i < bytes.size()) {
    // Sixteen ASCII bytes at a step.
    while (bytes.size() - i >= 16) {
      std::uint64_t words[2];
      std::memcpy(words, start + i, sizeof words);
      if (((words[0] | words[1]) & 0x8080808080808080U) != 0) break;
      i += 16;
    }
    if (i >= bytes.size()) break;
    const std::size_t length = character_length(start + i, bytes.size() - i);
    if (length == 0) break;
    i += length;
  }
  return i;
}

bool may_go_on(std::string_view rest) {
  if (rest.empty()) return true;
  if (rest.size() > 3) return false;
  // Well-formed when it is filled up with what may follow.
  for (const std::string_view end : {"\x80\x80\x80", "\xBF\x80\x80"}) {
    std::string whole(rest);
    const auto lead = static_cast<unsigned char>(rest[0]);
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (rest.size() >= length) return false;
    whole += end.substr(0, length - rest.size());
    if (character_length(reinterpret_cast<const unsigned char*>(whole.data()), whole.size()) == length) return true;
  }
  return false;
}

bool Utf8Converter::convert(std::string_view bytes, bool is_end, std::string& out) {
  std::string joined;
  if (!rest_.empty()) {
    joined = rest_ + std::string(bytes);
    bytes = joined;
  }
  rest_.clear();
  const std::size_t before = out.size();
  bool good = false;
  switch (encoding_.form) {
    case EncodingForm::Utf8:
      good = convert_utf8(bytes, out);
      break;
    case EncodingForm::Utf16Little:
    case EncodingForm::Utf16Big:
      good = convert_utf16(bytes, out);
      break;
    case EncodingForm::Utf32Little:
    case EncodingForm::Utf32Big:
      good = convert_utf32(bytes, out);
      break;
    case EncodingForm::SingleByte:
      good = convert_single(bytes, out);
      break;
  }
  line_ += static_cast<std::size_t>(std::count(out.begin() + static_cast<std::ptrdiff_t>(before), out.end(), '\n'));
  return good && (!is_end || rest_.empty());
}

bool Utf8Converter::convert_utf8(std::string_view bytes, std::string& out) {
  const std::size_t good = utf8_prefix(bytes);
  out += bytes.substr(0, good);
  const std::string_view rest = bytes.substr(good);
  if (!may_go_on(rest)) return false;
  rest_ = rest;
  return true;
}

bool Utf8Converter::convert_utf16(std::string_view bytes, std::string& out) {
  const bool big = encoding_.form == EncodingForm::Utf16Big;
  std::size_t i = 0;
  for (; bytes.size() - i >= 2; i += 2) {
    const std::uint32_t unit = unit16(bytes.data() + i, big);
    if (unit < 0xD800 || unit >= 0xE000) {
      append_utf8(out, unit);
      continue;
    }
    if (unit >= 0xDC00) return false;
    if (bytes.size() - i < 4) break;
    const std::uint32_t low = unit16(bytes.data() + i + 2, big);
    if (low < 0xDC00 || low >= 0xE000) return false;
    append_utf8(out, 0x10000 + ((unit - 0xD800) << 10U) + (low - 0xDC00));
    i += 2;
  }
  rest_ = bytes.substr(i);
  return true;
}

bool Utf8Converter::convert_utf32(std::string_view bytes, std::string& out) {
  const bool big = encoding_.form == EncodingForm::Utf32Big;
  std::size_t i = 0;
  for (; bytes.size() - i >= 4; i += 4) {
    const std::uint32_t c = unit32(bytes.data() + i, big);
    if (c > 0x10FFFF || (c >= 0xD800 && c < 0xE000)) return false;
    append_utf8(out, c);
  }
  rest_ = bytes.substr(i);
  return true;
}

bool Utf8Converter::convert_single(std::string_view bytes, std::string& out) const {
  for (const char byte : bytes) {
    const auto code = static_cast<unsigned char>(byte);
    if (code < 0x80) {
      out += byte;
      continue;
    }
    const char32_t c = upper_character(*encoding_.table, code);
    if (c == 0xFFFD) return false;
    append_utf8(out, c);
  }
  return true;
}

}  // namespace mimus
