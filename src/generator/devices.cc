// Numbers of things and networks: VIN, IMEI, MAC, IP addresses.
#include <arpa/inet.h>

#include <algorithm>
#include <array>

#include "base/check_digit.h"
#include "base/text.h"
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
constexpr ParameterDeclaration kIpv6Parameters[] = {
    {"network", ParameterType::String, "::/0", "as 2001:db8::/32", "the network whose addresses they are"},
    {"compressed", ParameterType::Bool, "False", "", "in the shortest form, with ::"},
};
constexpr ParameterDeclaration kVinParameters[] = {
    {"wmi", ParameterType::String, "", "three letters and digits without I, O and Q, as WBA",
     "the maker; otherwise any", true},
    {"year", ParameterType::Int, "", "1980 to 2039", "the model's year, as the tenth character has it; otherwise any",
     true},
};
constexpr ParameterDeclaration kImeiParameters[] = {
    {"tac", ParameterType::String, "35", "one to eight digits", "what it begins with: the type of the device"},
};
constexpr std::string_view kVinExamples[] = {"VINGenerator", "VINGenerator(wmi='WBA', year=2024)"};
constexpr std::string_view kImeiExamples[] = {"IMEIGenerator", "IMEIGenerator(tac='35693803')"};
constexpr std::string_view kMacExamples[] = {"MACAddressGenerator", "MACAddressGenerator(separator='-')"};
constexpr std::string_view kIpv4Examples[] = {"IPv4Generator", "IPv4Generator(network='10.1.0.0/16')"};
constexpr std::string_view kIpv6Examples[] = {"IPv6Generator",
                                              "IPv6Generator(network='2001:db8::/32', compressed=True)"};

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

// A VIN with the maker and the code of the year, where they are given.
void append_vin(std::string& out, Draws& draws, std::string_view maker, char year) {
  constexpr std::array<int, 17> kWeights{8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2};
  std::string vin;
  for (std::size_t k = 0; k < 17; ++k) {
    const char given = k < maker.size() ? maker[k] : k == 9 ? year : k == 8 ? '0' : '\0';
    // What is given takes the place of what is drawn; by number, it is not drawn.
    if (given == '\0' || !draws.is_numbered()) append_from(vin, draws, 1, kVinCharacters);
    if (given == '\0') continue;
    vin.resize(k);
    vin += given;
  }
  int sum = 0;
  for (std::size_t k = 0; k < 17; ++k) sum += vin_value(vin[k]) * kWeights[k];
  vin[8] = "0123456789X"[sum % 11];
  out += vin;
}

// The groups of an address, and how many bits of them are the network's.
struct Network6 {
  std::array<std::uint32_t, 8> groups{};
  std::uint64_t bits = 0;
};

std::array<std::uint32_t, 8> drawn_groups(Draws& draws, const Network6& network) {
  std::array<std::uint32_t, 8> out{};
  for (std::uint64_t k = 0; k < 8; ++k) {
    const std::uint64_t fixed = network.bits <= 16 * k ? 0 : std::min<std::uint64_t>(16, network.bits - 16 * k);
    const std::uint64_t free = std::uint64_t{1} << (16 - fixed);
    // By number, only what the network leaves open is drawn.
    const std::uint64_t drawn = !draws.is_numbered() ? draws.below(0x10000) : free > 1 ? draws.below(free) : 0;
    out[k] = static_cast<std::uint32_t>((network.groups[k] & ~(free - 1)) | (drawn & (free - 1)));
  }
  return out;
}

void append_groups(std::string& out, const std::array<std::uint32_t, 8>& groups) {
  for (std::size_t k = 0; k < 8; ++k) {
    if (k > 0) out += ':';
    bool started = false;
    for (int shift = 12; shift >= 0; shift -= 4) {
      const std::uint32_t digit = groups[k] >> shift & 15U;
      started = started || digit != 0 || shift == 0;
      if (started) out += "0123456789abcdef"[digit];
    }
  }
}

// The shortest form (RFC 5952), by the C library.
void append_short(std::string& out, const std::array<std::uint32_t, 8>& groups) {
  std::array<unsigned char, 16> bytes{};
  for (std::size_t k = 0; k < 8; ++k) {
    bytes[2 * k] = static_cast<unsigned char>(groups[k] >> 8U);
    bytes[2 * k + 1] = static_cast<unsigned char>(groups[k] & 0xFFU);
  }
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (inet_ntop(AF_INET6, bytes.data(), text.data(), text.size()) != nullptr) out += text.data();
}

std::optional<Network6> network6_of(const std::string& text) {
  const auto slash = text.find('/');
  std::array<unsigned char, 16> bytes{};
  if (slash == std::string::npos || inet_pton(AF_INET6, text.substr(0, slash).c_str(), bytes.data()) != 1) {
    return std::nullopt;
  }
  const auto bits = parse_uint(std::string_view(text).substr(slash + 1));
  if (!bits || *bits > 128) return std::nullopt;
  Network6 out{.bits = *bits};
  for (std::size_t k = 0; k < 8; ++k) out.groups[k] = static_cast<std::uint32_t>(bytes[2 * k] << 8 | bytes[2 * k + 1]);
  return out;
}

// The code of a model's year (ISO 3779): it comes again after thirty years.
char year_code(std::int64_t year) { return "ABCDEFGHJKLMNPRSTVWXY123456789"[(year - 1980) % 30]; }

}  // namespace

void append_vin(std::string& out, Draws& draws) { append_vin(out, draws, "", '\0'); }

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

void append_ipv6(std::string& out, Draws& draws) { append_groups(out, drawn_groups(draws, {})); }

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
    .parameters = kVinParameters,
    .examples = kVinExamples,
    .make = [](const Arguments& arguments, const GeneratorEnvironment&) -> Result<std::unique_ptr<Generator>> {
      const std::string maker = upper_ascii(arguments.text_or("wmi", ""));
      if (!maker.empty() && (maker.size() != 3 || maker.find_first_not_of(kVinCharacters) != std::string::npos)) {
        return fail("generator.argument",
                    "wmi must be three letters and digits without I, O and Q, but is '" + maker.substr(0, 40) + "'");
      }
      const std::int64_t year = arguments.has("year") ? arguments.integer("year") : 1980;
      if (year < 1980 || year > 2039) {
        return fail("generator.argument", "year must be from 1980 to 2039, but is " + std::to_string(year));
      }
      const char code = arguments.has("year") ? year_code(year) : '\0';
      return make_text_of_form([maker, code](Draws& draws, std::string& out) { append_vin(out, draws, maker, code); },
                               true);
    },
};

extern const GeneratorDeclaration kImeiGenerator{
    .name = "IMEIGenerator",
    .summary = "the number of a mobile telephone: 14 digits and a check digit (Luhn)",
    .result = Type::String,
    .parameters = kImeiParameters,
    .examples = kImeiExamples,
    .make = [](const Arguments& arguments, const GeneratorEnvironment&) -> Result<std::unique_ptr<Generator>> {
      const std::string type = arguments.text("tac");
      if (type.empty() || type.size() > 8 || type.find_first_not_of("0123456789") != std::string::npos) {
        return fail("generator.argument", "tac must be one to eight digits, but is '" + type.substr(0, 40) + "'");
      }
      return make_text_of_form(
          [type](Draws& draws, std::string& out) {
            std::string digits = type;
            append_digits(digits, draws, 14 - type.size());
            out += digits + luhn_digit(digits);
          },
          true);
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
    .parameters = kIpv6Parameters,
    .examples = kIpv6Examples,
    .make = [](const Arguments& arguments, const GeneratorEnvironment&) -> Result<std::unique_ptr<Generator>> {
      const std::string text = arguments.text("network");
      const auto network = network6_of(text);
      if (!network) {
        return fail("generator.argument", "network must be as 2001:db8::/32, but is '" + text.substr(0, 60) + "'");
      }
      return make_text_of_form(
          [network, shortest = arguments.boolean("compressed")](Draws& draws, std::string& out) {
            const auto groups = drawn_groups(draws, *network);
            shortest ? append_short(out, groups) : append_groups(out, groups);
          },
          true);
    },
};

}  // namespace mimus
