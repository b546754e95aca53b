// Numbers that states give to people and companies, with their check digits, by country.
#pragma once

#include <string>
#include <string_view>

#include "generator/generator.h"
#include "random/draws.h"

namespace mimus {

// Brazil (Receita Federal): nine different digits and two check digits; with "." and "-" when `formatted`.
void append_cpf(std::string& out, Draws& draws, bool formatted);
// Brazil: eight different digits, "0001" and two check digits; with ".", "/" and "-" when `formatted`.
void append_cnpj(std::string& out, Draws& draws, bool formatted);
// United States: area, group and serial number: 123-45-6789.
void append_us_ssn(std::string& out, Draws& draws);

// Writes a number of a person.
using WriteId = void (*)(std::string& out, Draws& draws);
struct PersonId {
  WriteId write;
  unsigned kept = 10;  // as NumberedForm::kept
};
// That of a locale ("de_DE"); of one without a form of its own: nine digits, 123-45-6789.
[[nodiscard]] PersonId person_id_of(std::string_view locale);

}  // namespace mimus
