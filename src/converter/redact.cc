// Personal data in free text, replaced by the name of its kind: addresses of mail, IBANs, cards, telephones, addresses
// of the internet. IBANs and cards are told from other numbers by their check digits. And what own patterns match: by
// RE2, whose time grows with the text alone, whatever the pattern.
#include <re2/re2.h>

#include <algorithm>
#include <array>

#include "base/check_digit.h"
#include "converter/scalar.h"

namespace mimus {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_word(char c) { return is_digit(c) || is_letter(c) || static_cast<unsigned char>(c) >= 0x80; }

// Each finds the end of what begins at `i`, or `i` when nothing of the kind does. `i` is not within a word.
using Find = std::size_t (*)(std::string_view text, std::size_t i);

constexpr std::size_t kMostBytes = 320;

std::size_t find_email(std::string_view text, std::size_t i) {
  const auto is_local = [](char c) { return is_word(c) || c == '.' || c == '_' || c == '%' || c == '+' || c == '-'; };
  std::size_t at = i;
  while (at < text.size() && at - i < kMostBytes && is_local(text[at])) ++at;
  if (at == i || at >= text.size() || text[at] != '@') return i;
  std::size_t end = at + 1;
  std::size_t last_dot = 0;
  for (; end < text.size() && end - at < kMostBytes && (is_word(text[end]) || text[end] == '-' || text[end] == '.');
       ++end) {
    if (text[end] == '.' && end + 1 < text.size() && is_letter(text[end + 1])) last_dot = end;
  }
  while (end > at && !is_word(text[end - 1])) --end;
  return last_dot > at + 1 && end > last_dot + 2 ? end : i;
}

// Letters and digits from `i` on, single blanks or hyphens between them left out; `ends[k]`: where the k-th ends.
struct Compact {
  std::string text;
  std::vector<std::size_t> ends;
};
template <class Allowed>
Compact compact_from(std::string_view text, std::size_t i, std::size_t most, Allowed allowed) {
  Compact out;
  while (i < text.size() && out.text.size() < most) {
    if ((text[i] == ' ' || text[i] == '-') && !out.text.empty() && i + 1 < text.size() && allowed(text[i + 1])) ++i;
    if (!allowed(text[i])) break;
    out.text += text[i++];
    out.ends.push_back(i);
  }
  return out;
}

// The longest start of `compact` for which `holds` is true, of `least` characters or more, at the end of a word.
template <class Holds>
std::size_t longest(std::string_view text, std::size_t i, const Compact& compact, std::size_t least, Holds holds) {
  for (std::size_t n = compact.text.size(); n >= least && n > 0; --n) {
    const std::size_t end = compact.ends[n - 1];
    if (end < text.size() && is_word(text[end])) continue;
    if (holds(std::string_view(compact.text).substr(0, n))) return end;
  }
  return i;
}

std::size_t find_iban(std::string_view text, std::size_t i) {
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (i + 4 > text.size() || !is_capital(text[i]) || !is_capital(text[i + 1]) || !is_digit(text[i + 2])) return i;
  const Compact compact = compact_from(text, i, 34, [&](char c) { return is_digit(c) || is_capital(c); });
  return longest(text, i, compact, 15, [](std::string_view iban) {
    return modulo_97(std::string(iban.substr(4)) + std::string(iban.substr(0, 4))) == 1;
  });
}

std::size_t find_card(std::string_view text, std::size_t i) {
  const Compact compact = compact_from(text, i, 19, is_digit);
  return longest(text, i, compact, 12, [](std::string_view digits) {
    return luhn_digit(digits.substr(0, digits.size() - 1)) == digits.back();
  });
}

std::size_t find_phone(std::string_view text, std::size_t i) {
  if (text[i] != '+' && text[i] != '0' && text[i] != '(') return i;
  std::size_t end = i;
  std::size_t digits = 0;
  std::size_t last = i;
  for (; end < text.size() && digits < 16; ++end) {
    const char c = text[end];
    if (is_digit(c)) {
      ++digits;
      last = end + 1;
    } else if (c != ' ' && c != '-' && c != '/' && c != '(' && c != ')' && c != '.' && !(c == '+' && end == i)) {
      break;
    }
  }
  return digits >= 8 && digits <= 15 && (last == text.size() || !is_word(text[last])) ? last : i;
}

std::size_t find_ip(std::string_view text, std::size_t i) {
  std::size_t at = i;
  for (int part = 0; part < 4; ++part) {
    if (part > 0 && (at >= text.size() || text[at++] != '.')) return i;
    int value = 0;
    std::size_t digits = 0;
    for (; at < text.size() && is_digit(text[at]) && digits < 3; ++at, ++digits) value = value * 10 + text[at] - '0';
    if (digits == 0 || value > 255) return i;
  }
  return at < text.size() && is_word(text[at]) ? i : at;
}

struct Kind {
  std::string_view name;
  Find find;
};
// In the order in which they are tried.
constexpr std::array<Kind, 5> kKinds{
    {{"email", find_email}, {"iban", find_iban}, {"ip", find_ip}, {"card", find_card}, {"phone", find_phone}}};

class Redact final : public TextConverter {
 public:
  // `pattern` may be nullptr; it matches no empty text.
  Redact(std::vector<Kind> kinds, std::unique_ptr<const re2::RE2> pattern, const std::string& label)
      : TextConverter("Redact"), kinds_(std::move(kinds)), pattern_(std::move(pattern)), label_("[" + label + "]") {}

 protected:
  Status append(std::string_view text, std::string& out) const override {
    std::size_t from = 0;
    re2::StringPiece match;
    const re2::StringPiece all(text.data(), text.size());
    while (pattern_ && from < text.size() && pattern_->Match(all, from, text.size(), re2::RE2::UNANCHORED, &match, 1) &&
           !match.empty()) {
      const auto at = static_cast<std::size_t>(match.data() - text.data());
      append_kinds(text.substr(0, at), from, out);
      out += label_;
      from = at + match.size();
    }
    append_kinds(text, from, out);
    return {};
  }

 private:
  // The text from there on, its kinds replaced.
  void append_kinds(std::string_view text, std::size_t from, std::string& out) const {
    for (std::size_t i = from; i < text.size();) {
      const bool is_start = i == 0 || !is_word(text[i - 1]);
      std::size_t end = i;
      for (std::size_t k = 0; is_start && k < kinds_.size() && end == i; ++k) {
        end = kinds_[k].find(text, i);
        if (end > i) out.append("[").append(kinds_[k].name).append("]");
      }
      if (end == i) out += text[end++];
      i = end;
    }
  }

  std::vector<Kind> kinds_;
  std::unique_ptr<const re2::RE2> pattern_;
  std::string label_;
};

constexpr ParameterDeclaration kParameters[] = {
    {"kinds", ParameterType::Words, "", "email, iban, ip, card, phone; otherwise all", "what is replaced", true},
    {"patterns", ParameterType::Texts, "",
     "regular expressions of RE2, at most 1000 bytes each; none matches an empty text",
     "what is replaced besides, and first", true},
    {"label", ParameterType::String, "redacted", "", "what stands in brackets in the place of what a pattern matches"},
};
constexpr ConverterExample kExamples[] = {
    {"Redact", "'Mail ada@example.com or call +49 30 1234567.'", "'Mail [email] or call [phone].'"},
    {"Redact", "'Pay to DE89 3704 0044 0532 0130 00, not 4111 1111 1111 1111, from 10.0.0.1'",
     "'Pay to [iban], not [card], from [ip]'"},
    {"Redact(kinds='card')", "'4111111111111111 a@b.org 4111111111111112'", "'[card] a@b.org 4111111111111112'"},
    {"Redact(patterns=['EMP-[0-9]+', '(?i)agent [a-z]+'], label='staff')", "'EMP-007 and Agent Smith: a@b.org'",
     "'[staff] and [staff]: [email]'"}};

// All patterns as one; nullptr: there are none.
Result<std::unique_ptr<const re2::RE2>> pattern_of(const Arguments& arguments) {
  if (!arguments.has("patterns")) return nullptr;
  constexpr std::size_t kMostPatternBytes = 1000;
  constexpr std::size_t kMostPatterns = 100;
  re2::RE2::Options options;
  options.set_log_errors(false);
  const auto refuse = [](const std::string& pattern, const std::string& why) {
    return fail("converter.argument", "patterns: '" + pattern.substr(0, 80) + "' " + why);
  };
  std::string all;
  const std::vector<std::string> patterns = arguments.texts("patterns");
  if (patterns.size() > kMostPatterns) {
    return fail("converter.argument", "patterns must be at most 100, but are " + std::to_string(patterns.size()));
  }
  for (const std::string& pattern : patterns) {
    if (pattern.size() > kMostPatternBytes) return refuse(pattern, "has more than 1000 bytes");
    const re2::RE2 own(pattern, options);
    if (!own.ok()) return refuse(pattern, "is no regular expression of RE2: " + own.error());
    if (re2::RE2::FullMatch("", own)) return refuse(pattern, "matches an empty text");
    all += (all.empty() ? "(?:" : "|(?:") + pattern + ")";
  }
  if (all.empty()) return nullptr;
  auto made = std::make_unique<const re2::RE2>(all, options);
  if (!made->ok()) return refuse(all, "is too large together: " + made->error());
  return made;
}

}  // namespace

extern const ConverterDeclaration kRedact{
    .name = "Redact",
    .summary = "the text without addresses of mail, accounts, cards, telephones and addresses of the internet",
    .takes = "text",
    .gives = "text",
    .parameters = kParameters,
    .examples = kExamples,
    .make = [](const Arguments& arguments, const ConverterEnvironment&) -> Result<std::unique_ptr<Converter>> {
      MIMUS_ASSIGN(std::unique_ptr<const re2::RE2> pattern, pattern_of(arguments));
      const std::string label = arguments.text("label");
      if (!arguments.has("kinds")) {
        return std::make_unique<Redact>(std::vector<Kind>(kKinds.begin(), kKinds.end()), std::move(pattern), label);
      }
      std::vector<Kind> kinds;
      const std::vector<std::string> words = arguments.words("kinds");
      for (const std::string& word : words) {
        if (std::ranges::find(kKinds, word, &Kind::name) == kKinds.end()) {
          return fail("converter.argument", "kinds: unknown kind '" + word.substr(0, 40) + "'",
                      "allowed: email, iban, ip, card, phone");
        }
      }
      for (const Kind& kind : kKinds) {
        if (std::ranges::find(words, kind.name) != words.end()) kinds.push_back(kind);
      }
      return std::make_unique<Redact>(std::move(kinds), std::move(pattern), label);
    },
};

}  // namespace mimus
