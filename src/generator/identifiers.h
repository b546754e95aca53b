// Pieces of identifiers that more than one generator writes. Each appends a valid one, check digits included.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "random/draws.h"

namespace mimus {

// ---- banks (bank_ids.cc)

// The form of a country's account numbers in an IBAN (ISO 13616): "18n"; empty when there is none.
[[nodiscard]] std::string_view iban_form(std::string_view country);
[[nodiscard]] std::vector<std::string_view> iban_countries();
// The account number of a country (BBAN), with its national check digits where we know them; `bank`: what it begins
// with, the bank's own number.
void append_bban(std::string& out, Draws& draws, std::string_view country, std::string_view bank = {});
void append_iban(std::string& out, Draws& draws, std::string_view country);
// ISO 9362: eight or eleven characters.
void append_bic(std::string& out, Draws& draws, std::string_view country, std::size_t length);

// ---- cards (cards.cc)

struct CardNetwork {
  std::string_view name;  // "visa"
  std::string_view title;
  std::vector<std::string_view> prefixes;
  std::size_t length;
  std::size_t code_length;  // of the security code
};
[[nodiscard]] const std::vector<CardNetwork>& card_networks();
[[nodiscard]] const CardNetwork* find_card_network(std::string_view name);
void append_card_number(std::string& out, Draws& draws, const CardNetwork& network);

// ---- things and networks (devices.cc)

void append_vin(std::string& out, Draws& draws);  // ISO 3779, with the check digit of 49 CFR 565
void append_license_plate(std::string& out, Draws& draws, std::string_view country);
void append_ipv4(std::string& out, std::uint32_t address);
void append_ipv6(std::string& out, Draws& draws);
void append_mac(std::string& out, Draws& draws, std::string_view separator);
void append_uuid4(std::string& out, Draws& draws);

}  // namespace mimus
