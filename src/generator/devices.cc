// Numbers of things and networks: VIN, IMEI, MAC, IP addresses.
#include <array>

#include "base/check_digit.h"
#include "generator/identifiers.h"
#include "generator/text.h"

namespace mimus {
namespace {

constexpr std::string_view kVinCharacters = "0123456789ABCDEFGHJKLMNPRSTUVWXYZ";

int vin_value(char c) {
  constexpr std::string_view kValues = "12345678012345070923456789";  // of A … Z; I, O and Q do not occur
  return c <= '9' ? c - '0' : kValues[static_cast<std::size_t>(c - 'A')] - '0';
}

constexpr ParameterDeclaration kMacParameters[] = {
    {"separator", ParameterType::String, ":", "", "what stands between the bytes"},
};
constexpr ParameterDeclaration kIpv4Parameters[] = {
    {"network", ParameterType::String, "0.0.0.0/0", "as 10.0.0.0/8", "the network whose addresses they are"},
};
constexpr std::string_view kVinExamples[] = {"VINGenerator"};
constexpr std::string_view kImeiExamples[] = {"IMEIGenerator"};
constexpr std::string_view kMacExamples[] = {"MACAddressGenerator", "MACAddressGenerator(separator='-')"};
constexpr std::string_view kIpv4Examples[] = {"IPv4Generator", "IPv4Generator(network='10.1.0.0/16')"};
constexpr std::string_view kIpv6Examples[] = {"IPv6Generator"};

struct Network {
  std::uint32_t first = 0;
  std::uint64_t size = 0;
};

std::optional<Network> network_of(std::string_view text) {
  std::array<std::uint64_t, 5> parts{};
  std::size_t count = 0;
  std::size_t digits = 0;
  constexpr std::string_view kBetween = ".../";
  for (const char c : text) {
    if (c >= '0' && c <= '9' && digits < 3) {
      parts[count] = parts[count] * 10 + static_cast<std::uint64_t>(c - '0');
      ++digits;
    } else if (digits > 0 && count < 4 && c == kBetween[count]) {
      ++count;
      digits = 0;
    } else {
      return std::nullopt;
    }
  }
  if (count != 4 || digits == 0 || parts[4] > 32) return std::nullopt;
  std::uint64_t address = 0;
  for (std::size_t k = 0; k < 4; ++k) {
    if (parts[k] > 255) return std::nullopt;
    address = address << 8U | parts[k];
  }
  const std::uint64_t size = std::uint64_t{1} << (32 - parts[4]);
  return Network{static_cast<std::uint32_t>(address & ~(size - 1)), size};
}

}  // namespace

void append_vin(std::string& out, Draws& draws) {
  constexpr std::array<int, 17> kWeights{8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2};
  std::string vin;
  append_from(vin, draws, 8, kVinCharacters);
  if (!draws.is_numbered()) (void)draws.next();  // of the check digit's place
  vin += '0';
  append_from(vin, draws, 8, kVinCharacters);
  int sum = 0;
  for (std::size_t k = 0; k < 17; ++k) sum += vin_value(vin[k]) * kWeights[k];
  vin[8] = "0123456789X"[sum % 11];
  out += vin;
}

void append_license_plate(std::string& out, Draws& draws, std::string_view country) {
  if (country == "DE") {
    append_letters(out, draws, 1 + draws.below(3));
    out += ' ';
    append_letters(out, draws, 1 + draws.below(2));
    out += ' ';
    append_padded(out, 1 + draws.below(9999), 1);
    return;
  }
  constexpr std::array<std::string_view, 4> kMasks{"###-^^^", "^^^-####", "^^^ ###", "#^^ ###"};
  append_mask(out, draws, kMasks[draws.below(kMasks.size())]);
}

void append_ipv4(std::string& out, std::uint32_t address) {
  for (int shift = 24; shift >= 0; shift -= 8) {
    append_padded(out, (address >> shift) & 0xFFU, 1);
    if (shift > 0) out += '.';
  }
}

void append_ipv6(std::string& out, Draws& draws) {
  for (int k = 0; k < 8; ++k) {
    if (k > 0) out += ':';
    const std::uint64_t group = draws.below(0x10000);
    bool started = false;
    for (int shift = 12; shift >= 0; shift -= 4) {
      const std::uint64_t digit = group >> shift & 15U;
      started = started || digit != 0 || shift == 0;
      if (started) out += "0123456789abcdef"[digit];
    }
  }
}

void append_mac(std::string& out, Draws& draws, std::string_view separator) {
  std::uint64_t bits = draws.is_numbered() ? draws.below(std::uint64_t{1} << 46U) << 2U : draws.next();
  for (int k = 0; k < 6; ++k, bits >>= 8U) {
    // The first byte: of one station, and given out by a maker.
    const std::uint64_t byte = k == 0 ? bits & 0xFCU : bits & 0xFFU;
    if (k > 0) out += separator;
    out += "0123456789abcdef"[byte >> 4U];
    out += "0123456789abcdef"[byte & 15U];
  }
}

void append_uuid4(std::string& out, Draws& draws) {
  std::string hex;
  append_hex(hex, draws, 32);
  hex[12] = '4';
  hex[16] = "89ab"[draws.below(4)];
  out += hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-" + hex.substr(12, 4) + "-" + hex.substr(16, 4) + "-" +
         hex.substr(20);
}

extern const GeneratorDeclaration kVinGenerator{
    .name = "VINGenerator",
    .summary = "the number of a vehicle, with its check digit (ISO 3779)",
    .result = Type::String,
    .parameters = {},
    .examples = kVinExamples,
    .make = [](const Arguments&, const GeneratorEnvironment&) -> Result<std::unique_ptr<Generator>> {
      return make_text_of_form([](Draws& draws, std::string& out) { append_vin(out, draws); }, true);
    },
};

extern const GeneratorDeclaration kImeiGenerator{
    .name = "IMEIGenerator",
    .summary = "the number of a mobile telephone: 14 digits and a check digit (Luhn)",
    .result = Type::String,
    .parameters = {},
    .examples = kImeiExamples,
    .make = [](const Arguments&, const GeneratorEnvironment&) -> Result<std::unique_ptr<Generator>> {
      return make_numbered_text(
          [](Draws& draws, std::string& out) {
            std::string digits = "35";
            append_digits(digits, draws, 12);
            out += digits + luhn_digit(digits);
          },
          power_of_ten(12),
          [](std::uint64_t number, std::string& out) {
            std::string digits = "35";
            append_padded(digits, number, 12);
            out += digits + luhn_digit(digits);
          });
    },
};

extern const GeneratorDeclaration kMacAddressGenerator{
    .name = "MACAddressGenerator",
    .summary = "the address of a network card",
    .result = Type::String,
    .parameters = kMacParameters,
    .examples = kMacExamples,
    .make = [](const Arguments& arguments, const GeneratorEnvironment&) -> Result<std::unique_ptr<Generator>> {
      return make_text_of_form([separator = arguments.text("separator")](Draws& draws, std::string& out) {
        append_mac(out, draws, separator);
      });
    },
};

extern const GeneratorDeclaration kIpv4Generator{
    .name = "IPv4Generator",
    .summary = "an address of the internet, version 4",
    .result = Type::String,
    .parameters = kIpv4Parameters,
    .examples = kIpv4Examples,
    .make = [](const Arguments& arguments, const GeneratorEnvironment&) -> Result<std::unique_ptr<Generator>> {
      const std::string text = arguments.text("network");
      const auto network = network_of(text);
      if (!network) {
        return fail("generator.argument", "network must be as 10.0.0.0/8, but is '" + text.substr(0, 40) + "'");
      }
      return make_numbered_text(
          [network](Draws& draws, std::string& out) {
            append_ipv4(out, network->first + static_cast<std::uint32_t>(draws.below(network->size)));
          },
          network->size,
          [network](std::uint64_t number, std::string& out) {
            append_ipv4(out, network->first + static_cast<std::uint32_t>(number));
          });
    },
};

extern const GeneratorDeclaration kIpv6Generator{
    .name = "IPv6Generator",
    .summary = "an address of the internet, version 6",
    .result = Type::String,
    .parameters = {},
    .examples = kIpv6Examples,
    .make = [](const Arguments&, const GeneratorEnvironment&) -> Result<std::unique_ptr<Generator>> {
      return make_text_of_form([](Draws& draws, std::string& out) { append_ipv6(out, draws); }, true);
    },
};

}  // namespace mimus
