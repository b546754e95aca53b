// Faker: words and sentences, colours, currencies, emoji, whole profiles.
#include <array>
#include <cmath>

#include "base/text.h"
#include "generator/faker.h"
#include "generator/identifiers.h"
#include "generator/national_ids.h"

namespace mimus {
namespace {

using Scope = FakerScope;
using Made = Result<std::unique_ptr<Generator>>;

constexpr std::int64_t kMostPieces = 10'000;

constexpr std::string_view kWords[] = {
    "ability",  "above",    "across",  "action",  "address", "again",     "agree",   "almost", "always",   "amount",
    "answer",   "appear",   "area",    "around",  "arrive",  "better",    "beyond",  "board",  "bring",    "build",
    "carry",    "center",   "change",  "chair",   "choose",  "clear",     "close",   "common", "could",    "course",
    "create",   "daughter", "decide",  "degree",  "detail",  "door",      "early",   "effort", "energy",   "enough",
    "every",    "example",  "explain", "family",  "field",   "final",     "finish",  "follow", "force",    "friend",
    "future",   "garden",   "general", "glass",   "green",   "ground",    "group",   "happen", "heart",    "history",
    "hope",     "house",    "image",   "improve", "item",    "knowledge", "large",   "later",  "learn",    "letter",
    "level",    "light",    "listen",  "little",  "market",  "matter",    "measure", "minute", "moment",   "morning",
    "nature",   "never",    "night",   "number",  "often",   "open",      "order",   "paper",  "people",   "picture",
    "place",    "plan",     "point",   "present", "quite",   "rather",    "reach",   "reason", "remember", "result",
    "river",    "school",   "season",  "sense",   "serve",   "simple",    "sound",   "south",  "speak",    "spring",
    "start",    "store",    "story",   "strong",  "table",   "teach",     "thank",   "think",  "those",    "today",
    "together", "travel",   "under",   "until",   "value",   "voice",     "water",   "while",  "window",   "winter",
    "wonder",   "world"};

template <std::size_t N>
std::string_view one(const std::array<std::string_view, N>& words, Draws& draws) {
  return words[draws.below(N)];
}

void append_sentence(Draws& draws, std::string& out, std::int64_t words) {
  const std::size_t start = out.size();
  const auto near = static_cast<std::size_t>(std::max<std::int64_t>(1, draws.between(words * 6 / 10, words * 14 / 10)));
  append_words(draws, out, near);
  out[start] = static_cast<char>(out[start] - 32);
  out += '.';
}
void append_paragraph(Draws& draws, std::string& out, std::int64_t sentences) {
  const std::int64_t near = std::max<std::int64_t>(1, draws.between(sentences * 6 / 10, sentences * 14 / 10));
  for (std::int64_t k = 0; k < near; ++k) {
    if (k > 0) out += ' ';
    append_sentence(draws, out, 6);
  }
}

constexpr ParameterDeclaration kNb[] = {{"nb", ParameterType::Int, "3", "0 to 10,000", "how many"}};
constexpr ParameterDeclaration kNbWords[] = {
    {"nb_words", ParameterType::Int, "6", "1 to 10,000", "about how many words"}};
constexpr ParameterDeclaration kNbSentences[] = {
    {"nb_sentences", ParameterType::Int, "3", "1 to 10,000", "about how many sentences"}};
constexpr ParameterDeclaration kMaxChars[] = {
    {"max_nb_chars", ParameterType::Int, "200", "5 to 100,000", "greatest length"}};

Result<std::int64_t> count_of(const Arguments& arguments, std::string_view name, std::int64_t most = kMostPieces) {
  const std::int64_t count = arguments.integer(name);
  if (count >= 0 && count <= most) return count;
  return fail("generator.argument",
              std::string(name) + " must be from 0 to " + std::to_string(most) + ", but is " + std::to_string(count));
}

template <void (*Write)(Draws&, std::string&)>
Made make_list(const Arguments& arguments, const Scope&) {
  MIMUS_ASSIGN(const std::int64_t count, count_of(arguments, "nb"));
  return make_values([count](Draws& draws) {
    ValueList items;
    for (std::int64_t k = 0; k < count; ++k) {
      std::string text;
      Write(draws, text);
      items.emplace_back(std::move(text));
    }
    return Value::list(std::move(items));
  });
}
void word(Draws& draws, std::string& out) { append_words(draws, out, 1); }
void sentence(Draws& draws, std::string& out) { append_sentence(draws, out, 6); }
void paragraph(Draws& draws, std::string& out) { append_paragraph(draws, out, 3); }

Made make_sentence(const Arguments& arguments, const Scope&) {
  MIMUS_ASSIGN(const std::int64_t words, count_of(arguments, "nb_words"));
  return make_text([words](Draws& draws, std::string& out) { append_sentence(draws, out, words); });
}
Made make_paragraph(const Arguments& arguments, const Scope&) {
  MIMUS_ASSIGN(const std::int64_t sentences, count_of(arguments, "nb_sentences"));
  return make_text([sentences](Draws& draws, std::string& out) { append_paragraph(draws, out, sentences); });
}
Made make_text_of(const Arguments& arguments, const Scope&) {
  MIMUS_ASSIGN(const std::int64_t most, count_of(arguments, "max_nb_chars", 100'000));
  if (most < 5) return fail("generator.argument", "max_nb_chars must be at least 5");
  return make_text([most = static_cast<std::size_t>(most)](Draws& draws, std::string& out) {
    const std::size_t start = out.size();
    while (true) {
      const std::size_t before = out.size();
      if (before > start) out += ' ';
      append_sentence(draws, out, 6);
      if (out.size() - start <= most) continue;
      if (before > start) return out.resize(before);
      out.resize(start + most - 1);
      out += '.';
      return;
    }
  });
}

// ---- colours

constexpr std::array<std::string_view, 24> kColorNames{
    "AliceBlue", "Aqua",     "Azure", "Beige",   "Black", "Blue",  "Brown",  "Chocolate",
    "Coral",     "Crimson",  "Cyan",  "Gold",    "Gray",  "Green", "Indigo", "Ivory",
    "Khaki",     "Lavender", "Lime",  "Magenta", "Navy",  "Olive", "Orchid", "Pink"};
constexpr std::array<std::string_view, 17> kSafeColors{"black",   "maroon", "green", "navy",   "olive", "purple",
                                                       "teal",    "lime",   "blue",  "silver", "gray",  "yellow",
                                                       "fuchsia", "aqua",   "white", "red",    "orange"};
struct Rgb {
  std::array<std::uint64_t, 3> parts;
};
Rgb drawn_color(Draws& draws) { return {{draws.below(256), draws.below(256), draws.below(256)}}; }
void append_hex_color(std::string& out, const Rgb& color) {
  out += '#';
  for (const std::uint64_t part : color.parts) {
    out += "0123456789abcdef"[part >> 4U];
    out += "0123456789abcdef"[part & 15U];
  }
}
void append_triple(std::string& out, std::string_view name, const std::array<std::uint64_t, 3>& parts) {
  out.append(name).append("(");
  for (std::size_t k = 0; k < 3; ++k) {
    if (k > 0) out += ", ";
    append_padded(out, parts[k], 1);
  }
  out += ')';
}

// The sixth of the circle that a name of a hue stands for, in degrees.
struct Hue {
  std::string_view name;
  std::uint64_t first, last;
};
constexpr std::array<Hue, 8> kHues{{{"monochrome", 0, 0},
                                    {"red", 0, 18},
                                    {"orange", 18, 46},
                                    {"yellow", 46, 62},
                                    {"green", 62, 178},
                                    {"blue", 178, 257},
                                    {"purple", 257, 282},
                                    {"pink", 282, 334}}};

Rgb from_hsv(std::uint64_t hue, double saturation, double value) {
  const double sector = static_cast<double>(hue % 360) / 60;
  const double fraction = sector - std::floor(sector);
  const double p = value * (1 - saturation);
  const double q = value * (1 - saturation * fraction);
  const double t = value * (1 - saturation * (1 - fraction));
  const std::array<std::array<double, 3>, 6> all{
      {{value, t, p}, {q, value, p}, {p, value, t}, {p, q, value}, {t, p, value}, {value, p, q}}};
  Rgb out{};
  for (std::size_t k = 0; k < 3; ++k) {
    out.parts[k] = static_cast<std::uint64_t>(std::nearbyint(255 * all[static_cast<std::size_t>(sector) % 6][k]));
  }
  return out;
}

constexpr ParameterDeclaration kColor[] = {
    {"hue", ParameterType::Any, "", "monochrome, red, orange, yellow, green, blue, purple, pink, or degrees", "the hue",
     true},
    {"luminosity", ParameterType::String, "", "bright, light, dark, random", "how light it is", true},
    {"color_format", ParameterType::String, "hex", "hex, rgb, hsl, hsv", "how it is written"}};
Result<Hue> hue_of(const Arguments& arguments) {
  if (!arguments.has("hue")) return Hue{"", 0, 359};
  const Value& given = arguments.value("hue");
  if (const auto* degrees = given.as_int(); degrees != nullptr && *degrees >= 0 && *degrees <= 360) {
    return Hue{"", static_cast<std::uint64_t>(*degrees), static_cast<std::uint64_t>(*degrees)};
  }
  for (const Hue& hue : kHues) {
    if (given.as_text() != nullptr && *given.as_text() == hue.name) return hue;
  }
  return fail("generator.argument", "unknown hue '" + text_of(given).substr(0, 40) + "'",
              "allowed: " + std::string(kColor[0].range));
}
Made make_color(const Arguments& arguments, const Scope&) {
  MIMUS_ASSIGN(const Hue hue, hue_of(arguments));
  const std::string format = arguments.text("color_format");
  const std::string light = arguments.text_or("luminosity", "");
  if (format != "hex" && format != "rgb" && format != "hsl" && format != "hsv") {
    return fail("generator.argument", "unknown color_format '" + format.substr(0, 40) + "'",
                "allowed: hex, rgb, hsl, hsv");
  }
  return make_text([=](Draws& draws, std::string& out) {
    const auto angle = static_cast<std::uint64_t>(
        draws.between(static_cast<std::int64_t>(hue.first), static_cast<std::int64_t>(hue.last)));
    const auto percent = [&](std::int64_t least, std::int64_t most) {
      return static_cast<std::uint64_t>(draws.between(least, most));
    };
    std::uint64_t saturation = light == "light"    ? percent(20, 55)
                               : light == "bright" ? percent(60, 100)
                                                   : percent(30, 100);
    if (hue.name == "monochrome") saturation = 0;
    const std::uint64_t value = light == "dark"    ? percent(10, 50)
                                : light == "light" ? percent(90, 100)
                                                   : percent(40, 100);
    const Rgb color = from_hsv(angle, static_cast<double>(saturation) / 100, static_cast<double>(value) / 100);
    if (format == "hex") return append_hex_color(out, color);
    if (format == "rgb") return append_triple(out, "rgb", color.parts);
    if (format == "hsv") return append_triple(out, "hsv", {angle, saturation, value});
    // Lightness and its saturation from those of hsv.
    const double v = static_cast<double>(value) / 100;
    const double l = v * (1 - static_cast<double>(saturation) / 200);
    const double s = l <= 0 || l >= 1 ? 0 : (v - l) / std::min(l, 1 - l);
    append_triple(out, "hsl",
                  {angle, static_cast<std::uint64_t>(std::nearbyint(s * 100)),
                   static_cast<std::uint64_t>(std::nearbyint(l * 100))});
  });
}

// ---- money

struct Currency {
  std::string_view code, name;
};
constexpr std::array<Currency, 14> kCurrencies{{{"USD", "United States dollar"},
                                                {"EUR", "Euro"},
                                                {"GBP", "Pound sterling"},
                                                {"JPY", "Japanese yen"},
                                                {"CHF", "Swiss franc"},
                                                {"CAD", "Canadian dollar"},
                                                {"AUD", "Australian dollar"},
                                                {"SEK", "Swedish krona"},
                                                {"NOK", "Norwegian krone"},
                                                {"DKK", "Danish krone"},
                                                {"PLN", "Polish zloty"},
                                                {"BRL", "Brazilian real"},
                                                {"INR", "Indian rupee"},
                                                {"CNY", "Renminbi"}}};
constexpr std::array<Currency, 10> kCryptoCurrencies{{{"BTC", "Bitcoin"},
                                                      {"ETH", "Ethereum"},
                                                      {"XRP", "Ripple"},
                                                      {"LTC", "Litecoin"},
                                                      {"BCH", "Bitcoin Cash"},
                                                      {"XMR", "Monero"},
                                                      {"DASH", "Dash"},
                                                      {"ZEC", "Zcash"},
                                                      {"NEO", "NEO"},
                                                      {"WAVES", "Waves"}}};
constexpr std::array<std::string_view, 6> kSymbols{"$", "€", "£", "¥", "₹", "₩"};
constexpr std::array<std::string_view, 12> kEmoji{"😀", "😂", "😍", "🙂", "🤔", "😎",
                                                  "🎉", "🚀", "🌍", "🐶", "🍕", "⚽"};

template <const auto& Table>
Made make_pair(const Arguments&, const Scope&) {
  return make_values([](Draws& draws) {
    const Currency& currency = Table[draws.below(Table.size())];
    return Value::tuple({Value(std::string(currency.code)), Value(std::string(currency.name))});
  });
}

// ---- profiles

std::string written(void (*write)(const Scope&, Draws&, std::string&), const Scope& scope, Draws& draws) {
  std::string out;
  write(scope, draws, out);
  return out;
}
void add_person(const Scope& scope, Draws& draws, ValueMap& out) {
  const bool male = draws.below(2) == 0;
  std::string name(scope.words->draw(male ? WordKind::GivenMale : WordKind::GivenFemale, draws));
  name += ' ';
  name += scope.words->draw(male ? WordKind::FamilyMale : WordKind::FamilyFemale, draws);
  out.emplace_back("username", Value(written(append_user_name, scope, draws)));
  out.emplace_back("name", Value(std::move(name)));
  out.emplace_back("sex", Value(std::string(male ? "M" : "F")));
  out.emplace_back("address", Value(written(append_address, scope, draws)));
  out.emplace_back("mail", Value(written(append_email, scope, draws)));
  const std::int64_t today = scope.now.micros / kMicrosPerDay;
  out.emplace_back("birthdate", Value(Date{today - draws.between(0, 115 * 365)}));
}
Made make_simple_profile(const Arguments&, const Scope& scope) {
  return make_values([scope](Draws& draws) {
    ValueMap out;
    add_person(scope, draws, out);
    return Value::map(std::move(out));
  });
}
Made make_profile(const Arguments&, const Scope& scope) {
  return make_values([scope](Draws& draws) {
    ValueMap out;
    constexpr std::array<std::string_view, 8> kBlood{"A+", "A-", "B+", "B-", "AB+", "AB-", "O+", "O-"};
    out.emplace_back("job", Value(std::string(pick(scope.words->jobs(), draws))));
    out.emplace_back("company", Value(written(append_company, scope, draws)));
    std::string ssn;
    person_id_of(scope.locale).write(ssn, draws);
    out.emplace_back("ssn", Value(std::move(ssn)));
    out.emplace_back("residence", Value(written(append_address, scope, draws)));
    out.emplace_back("blood_group", Value(std::string(one(kBlood, draws))));
    add_person(scope, draws, out);
    return Value::map(std::move(out));
  });
}
constexpr FakerMethod kMethods[] = {
    {"word", [](const Scope&, Draws& draws, std::string& out) { word(draws, out); }},
    {"words", nullptr, make_list<word>, kNb},
    {"get_words_list", nullptr, make_list<word>, kNb},
    {"sentence", nullptr, make_sentence, kNbWords},
    {"sentences", nullptr, make_list<sentence>, kNb},
    {"paragraph", nullptr, make_paragraph, kNbSentences},
    {"paragraphs", nullptr, make_list<paragraph>, kNb},
    {"text", nullptr, make_text_of, kMaxChars},
    {"texts", nullptr, make_list<paragraph>, kNb},
    {"color", nullptr, make_color, kColor},
    {"color_name", [](const Scope&, Draws& draws, std::string& out) { out += one(kColorNames, draws); }},
    {"safe_color_name", [](const Scope&, Draws& draws, std::string& out) { out += one(kSafeColors, draws); }},
    {"hex_color", [](const Scope&, Draws& draws, std::string& out) { append_hex_color(out, drawn_color(draws)); }},
    {"safe_hex_color",
     [](const Scope&, Draws& draws, std::string& out) {
       append_hex_color(out, {{draws.below(16) * 17, draws.below(16) * 17, draws.below(16) * 17}});
     }},
    {"rgb_color",
     [](const Scope&, Draws& draws, std::string& out) {
       const Rgb color = drawn_color(draws);
       for (std::size_t k = 0; k < 3; ++k) {
         if (k > 0) out += ',';
         append_padded(out, color.parts[k], 1);
       }
     }},
    {"rgb_css_color",
     [](const Scope&, Draws& draws, std::string& out) {
       const Rgb color = drawn_color(draws);
       out += "rgb(";
       for (std::size_t k = 0; k < 3; ++k) {
         if (k > 0) out += ',';
         append_padded(out, color.parts[k], 1);
       }
       out += ')';
     }},
    {"currency_code",
     [](const Scope&, Draws& draws, std::string& out) { out += kCurrencies[draws.below(kCurrencies.size())].code; }},
    {"currency_name",
     [](const Scope&, Draws& draws, std::string& out) { out += kCurrencies[draws.below(kCurrencies.size())].name; }},
    {"currency_symbol", [](const Scope&, Draws& draws, std::string& out) { out += one(kSymbols, draws); }},
    {"currency", nullptr, make_pair<kCurrencies>},
    {"cryptocurrency", nullptr, make_pair<kCryptoCurrencies>},
    {"cryptocurrency_code",
     [](const Scope&, Draws& draws, std::string& out) {
       out += kCryptoCurrencies[draws.below(kCryptoCurrencies.size())].code;
     }},
    {"cryptocurrency_name",
     [](const Scope&, Draws& draws, std::string& out) {
       out += kCryptoCurrencies[draws.below(kCryptoCurrencies.size())].name;
     }},
    {"pricetag", [](const Scope&, Draws& draws, std::string& out) { append_mask(out, draws, "$%##.##"); }},
    {"emoji", [](const Scope&, Draws& draws, std::string& out) { out += one(kEmoji, draws); }},
    {"language_code",
     [](const Scope&, Draws& draws, std::string& out) {
       constexpr std::array<std::string_view, 8> kCodes{"de", "en", "es", "fr", "it", "nl", "pl", "pt"};
       out += one(kCodes, draws);
     }},
    {"locale",
     [](const Scope&, Draws& draws, std::string& out) {
       constexpr std::array<std::string_view, 8> kCodes{"de_DE", "en_US", "es_ES", "fr_FR",
                                                        "it_IT", "nl_NL", "pl_PL", "pt_PT"};
       out += one(kCodes, draws);
     }},
    {"simple_profile", nullptr, make_simple_profile},
    {"profile", nullptr, make_profile},
    {"json", append_json_people},
};

}  // namespace

std::span<const FakerMethod> faker_texts() { return kMethods; }

void append_words(Draws& draws, std::string& out, std::size_t count) {
  for (std::size_t k = 0; k < count; ++k) out.append(k > 0 ? " " : "").append(pick(kWords, draws));
}

void append_json_people(const FakerScope& scope, Draws& draws, std::string& out) {
  out += '[';
  for (int k = 0; k < 10; ++k) {
    out += k == 0 ? "{\"name\": " : ", {\"name\": ";
    append_json_string(out, written(append_full_name, scope, draws));
    out += ", \"residency\": ";
    append_json_string(out, written(append_address, scope, draws));
    out += '}';
  }
  out += ']';
}

}  // namespace mimus
