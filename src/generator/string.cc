// Random texts over an alphabet. Characters are drawn from 16 bits each, eight to a block of the row's stream.
#include <emmintrin.h>

#include <algorithm>
#include <regex>

#include "base/text.h"
#include "generator/generator.h"

namespace mimus {
namespace {

constexpr std::string_view kLettersAndDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
constexpr std::string_view kPrintable =
    "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ \t\n\r\v\f";
constexpr std::int64_t kMaxLength = 1'000'000;

struct Lengths {
  std::uint32_t min, max;
};

// Eight characters of A-Z a-z 0-9 from eight 16-bit draws.
inline void write_letters_and_digits(char* out, std::uint64_t low, std::uint64_t high) {
  const __m128i bits = _mm_set_epi64x(static_cast<long long>(high), static_cast<long long>(low));
  const __m128i index = _mm_mulhi_epu16(bits, _mm_set1_epi16(62));
  // 0-25: 'A' + i. 26-51: six further, to 'a'. 52-61: 75 back, to '0'.
  const __m128i lower = _mm_and_si128(_mm_cmpgt_epi16(index, _mm_set1_epi16(25)), _mm_set1_epi16(6));
  const __m128i digit = _mm_and_si128(_mm_cmpgt_epi16(index, _mm_set1_epi16(51)), _mm_set1_epi16(-75));
  const __m128i wide = _mm_add_epi16(_mm_add_epi16(index, _mm_set1_epi16('A')), _mm_add_epi16(lower, digit));
  _mm_storel_epi64(reinterpret_cast<__m128i*>(out), _mm_packus_epi16(wide, wide));
}

inline void write_from_alphabet(char* out, std::uint64_t low, std::uint64_t high, const std::string& alphabet) {
  const std::uint64_t n = alphabet.size();
  for (int i = 0; i < 4; ++i, low >>= 16U, high >>= 16U) {
    out[i] = alphabet[((low & 0xFFFFU) * n) >> 16U];
    out[i + 4] = alphabet[((high & 0xFFFFU) * n) >> 16U];
  }
}

// Texts of single bytes: each row has a slot of fixed width in the arena.
class ByteTexts final : public Generator {
 public:
  ByteTexts(Lengths lengths, std::string alphabet, std::string prefix, std::string suffix)
      : lengths_(lengths),
        alphabet_(std::move(alphabet)),
        prefix_(std::move(prefix)),
        suffix_(std::move(suffix)),
        standard_(alphabet_ == kLettersAndDigits),
        clean_(is_clean_text(alphabet_) && is_clean_text(prefix_) && is_clean_text(suffix_)) {}

  void generate(const Rows& rows, const Stream& stream, Column& out) const override {
    out.reset(Type::String, rows.count);
    out.clean = clean_;
    const std::size_t blocks = (lengths_.max + 7) / 8;
    const std::size_t width = prefix_.size() + blocks * 8 + suffix_.size();
    char* base = out.make_arena(width * rows.count + 8);
    std::vector<std::uint64_t> low(rows.count), high(rows.count);
    for (std::size_t b = 0; b < blocks; ++b) {
      stream.fill_block(rows, static_cast<std::uint32_t>(b), low.data(), high.data());
      char* p = base + prefix_.size() + b * 8;
      if (standard_) {
        for (std::size_t k = 0; k < rows.count; ++k, p += width) write_letters_and_digits(p, low[k], high[k]);
      } else {
        for (std::size_t k = 0; k < rows.count; ++k, p += width) write_from_alphabet(p, low[k], high[k], alphabet_);
      }
    }
    set_texts(rows, stream, base, width, low, out);
  }

  // By number, the shorter ones first; of many more texts than numbers the rest is drawn.
  [[nodiscard]] std::uint64_t domain() const override {
    std::uint64_t out = 0;
    std::uint64_t own = 1;  // of the length
    for (std::uint32_t k = 0; k <= lengths_.max; ++k) {
      if (k >= lengths_.min) out += own;
      if (own > kMostNumbers / alphabet_.size()) return std::max(out, own);
      own *= alphabet_.size();
      if (out > kMostNumbers - own) return out;
    }
    return out;
  }
  void generate_at(const Rows& rows, const Stream& stream, const std::uint64_t* numbers, Column& out) const override {
    generate(rows, stream, out);
    const std::uint64_t n = alphabet_.size();
    const bool by_length = has_numbered_lengths();
    for (std::size_t k = 0; k < rows.count; ++k) {
      char* p = out.arena.data() + (out.texts[k].data() - out.arena.data()) + prefix_.size();
      std::uint64_t known = 1;
      std::uint64_t rest = numbers[k];
      auto length = static_cast<std::uint32_t>(out.texts[k].size() - prefix_.size() - suffix_.size());
      if (by_length) {
        length = length_of(rest);
        std::ranges::copy(suffix_, p + length);
        out.texts[k] = {p - prefix_.size(), prefix_.size() + length + suffix_.size()};
      }
      for (std::uint32_t i = 0; i < length && known <= kMostNumbers / n; ++i, known *= n, rest /= n) {
        p[i] = alphabet_[rest % n];
      }
    }
  }

 private:
  // Otherwise the shortest texts have more characters than a number tells.
  [[nodiscard]] bool has_numbered_lengths() const {
    std::uint64_t own = 1;
    for (std::uint32_t k = 0; k < lengths_.min; ++k) {
      if (own > kMostNumbers / alphabet_.size()) return false;
      own *= alphabet_.size();
    }
    return true;
  }
  // The length of the text of a number, which becomes its number among those of that length.
  [[nodiscard]] std::uint32_t length_of(std::uint64_t& number) const {
    std::uint64_t own = 1;
    for (std::uint32_t k = 0; k < lengths_.min; ++k) own *= alphabet_.size();
    std::uint32_t length = lengths_.min;
    for (; length < lengths_.max && number >= own; ++length) {
      number -= own;
      own *= alphabet_.size();
    }
    return length;
  }

  void set_texts(const Rows& rows, const Stream& stream, char* base, std::size_t width,
                 std::vector<std::uint64_t>& draws, Column& out) const {
    const std::uint64_t choices = lengths_.max - lengths_.min + 1;
    if (choices > 1) stream.sub("?length").fill(rows, 0, draws.data());
    std::string_view* texts = out.make_texts();
    for (std::size_t k = 0; k < rows.count; ++k, base += width) {
      const std::size_t length = lengths_.min + (choices > 1 ? bounded(draws[k], choices) : 0);
      std::copy(prefix_.begin(), prefix_.end(), base);
      std::copy(suffix_.begin(), suffix_.end(), base + prefix_.size() + length);
      texts[k] = {base, prefix_.size() + length + suffix_.size()};
    }
  }

  Lengths lengths_;
  std::string alphabet_, prefix_, suffix_;
  bool standard_, clean_;
};

// Texts of longer elements, or of elements that occur at most once in a text.
class Elements final : public Generator {
 public:
  Elements(Lengths lengths, std::vector<std::string> alphabet, bool unique, std::string prefix, std::string suffix)
      : lengths_(lengths),
        alphabet_(std::move(alphabet)),
        unique_(unique),
        prefix_(std::move(prefix)),
        suffix_(std::move(suffix)) {}

  void generate(const Rows& rows, const Stream& stream, Column& out) const override {
    out.reset(Type::String, rows.count);
    std::vector<std::size_t> ends(rows.count);
    std::string all;
    std::vector<std::uint32_t> pool(alphabet_.size());
    for (std::size_t k = 0; k < rows.count; ++k) {
      append(rows[k], stream, pool, all);
      ends[k] = all.size();
    }
    char* base = out.make_arena(all.size());
    std::ranges::copy(all, base);
    std::string_view* texts = out.make_texts();
    for (std::size_t k = 0; k < rows.count; ++k) {
      const std::size_t start = k == 0 ? 0 : ends[k - 1];
      texts[k] = {base + start, ends[k] - start};
    }
  }

 private:
  void append(Row row, const Stream& stream, std::vector<std::uint32_t>& pool, std::string& out) const {
    const std::uint64_t choices = lengths_.max - lengths_.min + 1;
    const auto length = lengths_.min + static_cast<std::uint32_t>(bounded(stream.sub("?length").draw(row), choices));
    if (unique_) {
      for (std::uint32_t i = 0; i < pool.size(); ++i) pool[i] = i;
    }
    out += prefix_;
    for (std::uint32_t i = 0; i < length; ++i) {
      const std::uint64_t draw = stream.draw(row, i);
      if (unique_) {
        std::swap(pool[i], pool[i + bounded(draw, pool.size() - i)]);
        out += alphabet_[pool[i]];
      } else {
        out += alphabet_[bounded(draw, alphabet_.size())];
      }
    }
    out += suffix_;
  }

  Lengths lengths_;
  std::vector<std::string> alphabet_;
  bool unique_;
  std::string prefix_, suffix_;
};

std::vector<std::string> distinct_characters(std::string_view text) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t start = i;
    (void)next_code_point(text, i);
    std::string character(text.substr(start, i - start));
    if (std::ranges::find(out, character) == out.end()) out.push_back(std::move(character));
  }
  return out;
}

// A char_set with one of a regular expression's special characters stands for all its matches in printable ASCII.
Result<std::vector<std::string>> alphabet_of(const std::string& char_set) {
  if (char_set.empty()) return distinct_characters(kLettersAndDigits);
  if (char_set.find_first_of(".^$*+?{}[]|()") == std::string::npos) return distinct_characters(char_set);
  if (char_set.size() > 1000) return fail("generator.argument", "char_set is longer than 1000 bytes");
  std::vector<std::string> out;
  try {
    const std::regex expression(char_set);
    const std::string all(kPrintable);
    for (auto match = std::sregex_iterator(all.begin(), all.end(), expression); match != std::sregex_iterator();
         ++match) {
      if (std::ranges::find(out, match->str()) == out.end()) out.push_back(match->str());
    }
  } catch (const std::regex_error&) {
    return distinct_characters(char_set);
  }
  if (out.empty()) return fail("generator.argument", "char_set '" + char_set + "' matches no printable character");
  return out;
}

Result<Lengths> lengths_of(const Arguments& arguments) {
  std::int64_t min = 1;
  std::int64_t max = 10;
  if (arguments.has("min_len") && arguments.has("max_len")) {
    min = arguments.integer("min_len");
    max = arguments.integer("max_len");
  } else if (arguments.has("min_len")) {
    min = arguments.integer("min_len");
    max = 2 * std::clamp<std::int64_t>(min, -1, kMaxLength);  // longer ones are refused below
  } else if (arguments.has("max_len")) {
    max = arguments.integer("max_len");
    min = max / 2;
  }
  if (min < 0 || max > kMaxLength) {
    return fail("generator.argument", "min_len and max_len must be from 0 to " + std::to_string(kMaxLength) +
                                          ", but are " + std::to_string(min) + " and " + std::to_string(max));
  }
  if (min > max) {
    return fail("generator.argument",
                "min_len(" + std::to_string(min) + ") must be at most max_len(" + std::to_string(max) + ")");
  }
  return Lengths{static_cast<std::uint32_t>(min), static_cast<std::uint32_t>(max)};
}

constexpr ParameterDeclaration kParameters[] = {
    {"min_len", ParameterType::Int, "", "0 to max_len", "least number of characters; alone: up to twice as many", true},
    {"max_len", ParameterType::Int, "", "at most 1,000,000", "greatest number of characters; alone: from half as many",
     true},
    {"char_set", ParameterType::String, "", "", "the characters, or a regular expression that matches each", true},
    {"unique", ParameterType::Bool, "False", "", "each character at most once in a text"},
    {"prefix", ParameterType::String, "", "", "text before", true},
    {"suffix", ParameterType::String, "", "", "text after", true},
};
constexpr std::string_view kExamples[] = {"StringGenerator", "StringGenerator(min_len=10, max_len=43)",
                                          "StringGenerator(min_len=8, max_len=8, char_set='[0-9A-F]', prefix='0x')"};

}  // namespace

extern const GeneratorDeclaration kStringGenerator{
    .name = "StringGenerator",
    .summary = "a random text over an alphabet",
    .result = Type::String,
    .parameters = kParameters,
    .examples = kExamples,
    .make = [](const Arguments& arguments, const GeneratorEnvironment&) -> Result<std::unique_ptr<Generator>> {
      MIMUS_ASSIGN(const Lengths lengths, lengths_of(arguments));
      const auto text = [&](std::string_view name) {
        return arguments.has(name) ? arguments.text(name) : std::string();
      };
      MIMUS_ASSIGN(std::vector<std::string> alphabet, alphabet_of(text("char_set")));
      const bool unique = arguments.boolean("unique");
      if (unique && alphabet.size() < lengths.max) {
        return fail("generator.argument", "unique texts of " + std::to_string(lengths.max) +
                                              " characters need as many in char_set, but it has " +
                                              std::to_string(alphabet.size()));
      }
      const bool bytes = std::ranges::all_of(alphabet, [](const std::string& element) { return element.size() == 1; });
      if (!bytes || unique || lengths.max > 4096) {
        return std::make_unique<Elements>(lengths, std::move(alphabet), unique, text("prefix"), text("suffix"));
      }
      std::string letters;
      for (const std::string& element : alphabet) letters += element;
      return std::make_unique<ByteTexts>(lengths, std::move(letters), text("prefix"), text("suffix"));
    },
};

std::unique_ptr<Generator> make_random_string() {
  return std::make_unique<ByteTexts>(Lengths{0, 20}, std::string(kLetters), "", "");
}

}  // namespace mimus
