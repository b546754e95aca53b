// Upper, lower and title case of texts, with Unicode's full mappings. Pure, thread-safe.
#pragma once

#include <string>
#include <string_view>

namespace mimus::script {

[[nodiscard]] std::string upper_case(std::string_view text);
[[nodiscard]] std::string lower_case(std::string_view text);
[[nodiscard]] std::string title_case(std::string_view text);
[[nodiscard]] std::string swap_case(std::string_view text);
[[nodiscard]] std::string capitalized(std::string_view text);
[[nodiscard]] std::string folded(std::string_view text);

// Unicode's normal form NFKC; what is no Unicode stays as it is.
[[nodiscard]] std::string compatible_form(std::string_view text);

// Properties of single characters, as str.isalpha() and the like ask.
[[nodiscard]] bool is_letter(char32_t c);
[[nodiscard]] bool is_decimal(char32_t c);
[[nodiscard]] bool is_digit(char32_t c);
[[nodiscard]] bool is_numeric(char32_t c);
[[nodiscard]] bool is_blank(char32_t c);
[[nodiscard]] bool is_upper(char32_t c);
[[nodiscard]] bool is_lower(char32_t c);
[[nodiscard]] bool is_title(char32_t c);

}  // namespace mimus::script
