// Numbers of payment cards: the prefixes of the networks (ISO/IEC 7812) and Luhn's check digit.
#include <algorithm>

#include "base/check_digit.h"
#include "generator/identifiers.h"
#include "generator/text.h"

namespace mimus {
namespace {

constexpr ParameterDeclaration kParameters[] = {
    {"network", ParameterType::String, "",
     "amex, diners, discover, jcb, jcb15, maestro, mastercard, visa, visa13, visa19",
     "whose; otherwise that of any network", true},
};
constexpr std::string_view kExamples[] = {"CreditCardNumberGenerator", "CreditCardNumberGenerator(network='amex')"};

}  // namespace

const std::vector<CardNetwork>& card_networks() {
  static const std::vector<CardNetwork> networks{
      {"amex", "American Express", {"34", "37"}, 15, 4},
      {"diners", "Diners Club / Carte Blanche", {"300", "301", "302", "303", "304", "305", "36", "38"}, 14, 3},
      {"discover", "Discover", {"6011", "65"}, 16, 3},
      {"jcb", "JCB 16 digit", {"3528", "3535", "3566", "3589"}, 16, 3},
      {"jcb15", "JCB 15 digit", {"2131", "1800"}, 15, 3},
      {"maestro", "Maestro", {"5018", "5020", "5038", "5893", "6304", "6759", "6761", "6762", "6763"}, 12, 3},
      {"mastercard", "Mastercard", {"51", "52", "53", "54", "55", "2221", "2300", "2720"}, 16, 3},
      {"visa", "VISA 16 digit", {"4"}, 16, 3},
      {"visa13", "VISA 13 digit", {"4"}, 13, 3},
      {"visa19", "VISA 19 digit", {"4"}, 19, 3},
  };
  return networks;
}

const CardNetwork* find_card_network(std::string_view name) {
  const std::string lower = name == "visa16" ? "visa" : lower_ascii(name);
  const auto& networks = card_networks();
  const auto known = std::ranges::find(networks, lower, &CardNetwork::name);
  return known == networks.end() ? nullptr : &*known;
}

namespace {

void append_after(std::string& out, Draws& draws, std::string_view prefix, const CardNetwork& network) {
  std::string digits(prefix);
  append_digits(digits, draws, network.length - 1 - digits.size());
  out += digits + luhn_digit(digits);
}

// Prefixes are of different lengths: a form for each.
std::vector<NumberedForm> card_forms(const CardNetwork* only) {
  std::vector<NumberedForm> out;
  for (const CardNetwork& network : card_networks()) {
    if (only != nullptr && only != &network) continue;
    for (const std::string_view prefix : network.prefixes) {
      out.push_back(
          {[prefix, &network](Draws& draws, std::string& text) { append_after(text, draws, prefix, network); }});
    }
  }
  return out;
}

}  // namespace

void append_card_number(std::string& out, Draws& draws, const CardNetwork& network) {
  append_after(out, draws, network.prefixes[draws.below(network.prefixes.size())], network);
}

extern const GeneratorDeclaration kCreditCardNumberGenerator{
    .name = "CreditCardNumberGenerator",
    .summary = "the number of a payment card, with its check digit",
    .result = Type::String,
    .parameters = kParameters,
    .examples = kExamples,
    .make = [](const Arguments& arguments, const GeneratorEnvironment&) -> Result<std::unique_ptr<Generator>> {
      const std::string name = arguments.text_or("network", "");
      const CardNetwork* network = name.empty() ? nullptr : find_card_network(name);
      if (!name.empty() && network == nullptr) {
        return fail("generator.argument", "unknown network '" + name.substr(0, 40) + "'",
                    "allowed: " + std::string(kParameters[0].range));
      }
      return make_text_of_forms(
          [network](Draws& draws, std::string& out) {
            const auto& all = card_networks();
            append_card_number(out, draws, network == nullptr ? all[draws.below(all.size())] : *network);
          },
          [network] { return card_forms(network); }, true);
    },
};

}  // namespace mimus
