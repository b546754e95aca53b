// E-mail addresses of made-up people: given and family name joined in one of four forms, at a webmail provider, a
// made-up domain or a made-up company.
//
// The names are a small English set of our own, most frequent first.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "generator/generator.h"

namespace mimus {
namespace {

constexpr std::string_view kGivenNames[] = {
    "james",   "mary",     "robert",   "patricia", "john",    "jennifer", "michael",  "linda",   "david",   "elizabeth",
    "william", "barbara",  "richard",  "susan",    "joseph",  "jessica",  "thomas",   "sarah",   "charles", "karen",
    "daniel",  "lisa",     "matthew",  "nancy",    "anthony", "betty",    "mark",     "sandra",  "donald",  "margaret",
    "steven",  "ashley",   "paul",     "kimberly", "andrew",  "emily",    "joshua",   "donna",   "kenneth", "michelle",
    "kevin",   "carol",    "brian",    "amanda",   "george",  "melissa",  "edward",   "deborah", "ronald",  "stephanie",
    "timothy", "rebecca",  "jason",    "laura",    "jeffrey", "helen",    "ryan",     "sharon",  "jacob",   "cynthia",
    "gary",    "kathleen", "nicholas", "amy",      "eric",    "shirley",  "jonathan", "angela",  "stephen", "anna"};
constexpr std::string_view kFamilyNames[] = {
    "smith",    "johnson",   "williams", "brown",    "jones",    "garcia",   "miller",   "davis",   "rodriguez",
    "martinez", "hernandez", "lopez",    "gonzalez", "wilson",   "anderson", "thomas",   "taylor",  "moore",
    "jackson",  "martin",    "lee",      "perez",    "thompson", "white",    "harris",   "sanchez", "clark",
    "ramirez",  "lewis",     "robinson", "walker",   "young",    "allen",    "king",     "wright",  "scott",
    "torres",   "nguyen",    "hill",     "flores",   "green",    "adams",    "nelson",   "baker",   "hall",
    "rivera",   "campbell",  "mitchell", "carter",   "roberts",  "gomez",    "phillips", "evans",   "turner",
    "diaz",     "parker",    "cruz",     "edwards",  "collins",  "reyes",    "stewart",  "morris",  "morales",
    "murphy",   "cook",      "rogers",   "ortiz",    "morgan",   "cooper",   "peterson"};
constexpr std::string_view kWebmail[] = {"gmail.com",   "yahoo.com", "hotmail.com",
                                         "outlook.com", "aol.com",   "icloud.com"};
constexpr std::string_view kTopLevel[] = {"com", "net", "org", "us", "info", "biz"};
constexpr std::string_view kCompanyStart[] = {"auto", "bit",  "book",  "click", "code",  "cyber",
                                              "data", "free", "home",  "info",  "link",  "micro",
                                              "mind", "nano", "power", "smart", "solar", "tech"};
constexpr std::string_view kCompanyEnd[] = {"base",  "box",    "card",    "cast",   "city",  "direct",
                                            "forge", "mart",   "net",     "point",  "scape", "shop",
                                            "space", "sphere", "station", "vision", "works", "world"};

std::string lower_ascii(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return text;
}

// Skewed towards the front, as the frequency of names is: the lesser of two uniform picks.
template <std::size_t N>
std::string_view pick_skewed(const std::string_view (&names)[N], std::uint64_t draw) {
  const std::uint64_t a = bounded(draw << 32U, N);
  const std::uint64_t b = bounded(draw & 0xFFFFFFFF00000000U, N);
  return names[std::min(a, b)];
}

template <std::size_t N>
std::string_view pick(const std::string_view (&names)[N], std::uint64_t draw) {
  return names[bounded(draw, N)];
}

class EmailAddress final : public Generator {
 public:
  EmailAddress(std::string given, std::string family) : given_(std::move(given)), family_(std::move(family)) {}

  void generate(const Rows& rows, const Stream& stream, Column& out) const override {
    out.reset(Type::String, rows.count);
    std::array<std::vector<std::uint64_t>, 6> draws;
    for (std::uint32_t i = 0; i < draws.size(); i += 2) {
      draws[i].resize(rows.count);
      draws[i + 1].resize(rows.count);
      stream.fill_block(rows, i / 2, draws[i].data(), draws[i + 1].data());
    }
    std::string all;
    std::vector<std::size_t> ends(rows.count);
    for (std::size_t k = 0; k < rows.count; ++k) {
      append_local(draws[0][k], draws[1][k], draws[2][k], all);
      all += '@';
      append_domain(draws[3][k], draws[4][k], draws[5][k], all);
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
  void append_local(std::uint64_t given_draw, std::uint64_t family_draw, std::uint64_t form, std::string& out) const {
    const std::string_view given = given_.empty() ? pick_skewed(kGivenNames, given_draw) : given_;
    const std::string_view family = family_.empty() ? pick_skewed(kFamilyNames, family_draw) : family_;
    switch (bounded(form, 4)) {
      case 0:
        out.append(given).append("_").append(family);
        return;
      case 1:
        out.append(given).append(".").append(family);
        return;
      case 2:
        out.append(given).append(family);
        return;
      default: {
        std::size_t i = 0;
        (void)next_code_point(given, i);
        out.append(given.substr(0, i)).append(family);
      }
    }
  }

  static void append_domain(std::uint64_t form, std::uint64_t name, std::uint64_t top, std::string& out) {
    switch (bounded(form, 3)) {
      case 0:
        out += pick_skewed(kWebmail, name);
        return;
      case 1: {
        const std::uint64_t length = 4 + name % 9;
        for (std::uint64_t i = 0, bits = name / 9; i < length; ++i, bits /= 26)
          out += static_cast<char>('a' + bits % 26);
        break;
      }
      default:
        out.append(pick(kCompanyStart, name)).append(pick(kCompanyEnd, name << 20U));
    }
    out += '.';
    out += pick_skewed(kTopLevel, top);
  }

  std::string given_, family_;
};

constexpr ParameterDeclaration kParameters[] = {
    {"dataset", ParameterType::String, "", "", "country of the names", true},
    {"given_name", ParameterType::String, "", "", "given name of the person", true},
    {"family_name", ParameterType::String, "", "", "family name of the person", true},
};
constexpr std::string_view kExamples[] = {"EmailAddressGenerator",
                                          "EmailAddressGenerator(given_name='Ada', family_name='Lovelace')"};

}  // namespace

extern const GeneratorDeclaration kEmailAddressGenerator{
    .name = "EmailAddressGenerator",
    .summary = "an e-mail address of a made-up person",
    .result = Type::String,
    .parameters = kParameters,
    .examples = kExamples,
    .make = [](const Arguments& arguments, const GeneratorEnvironment&) -> Result<std::unique_ptr<Generator>> {
      const auto text = [&](std::string_view name) {
        return arguments.has(name) ? lower_ascii(arguments.text(name)) : std::string();
      };
      return std::make_unique<EmailAddress>(text("given_name"), text("family_name"));
    },
};

}  // namespace mimus
