#include "script/other_attributes.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "base/text.h"
#include "script/errors.h"

namespace mimus::script {
namespace {

using TypeNames = std::pair<std::string_view, std::string_view>;

// By dir() of the types of CPython 3.11.
constexpr std::array<TypeNames, 13> kNames{{
    {"str", "maketrans translate"},
    {"bytes",
     "capitalize center count endswith expandtabs find fromhex index isalnum isalpha isascii "
     "isdigit islower isspace istitle isupper join ljust lower lstrip maketrans partition "
     "removeprefix removesuffix replace rfind rindex rjust rpartition rsplit rstrip split "
     "splitlines startswith strip swapcase title translate upper zfill"},
    {"list", "append clear extend insert pop remove reverse sort"},
    {"dict", "clear fromkeys pop popitem setdefault update"},
    {"set",
     "add clear copy difference difference_update discard intersection intersection_update "
     "isdisjoint issubset issuperset pop remove symmetric_difference symmetric_difference_update "
     "union update"},
    {"int", "as_integer_ratio bit_count conjugate denominator from_bytes imag numerator real to_bytes"},
    {"bool",
     "as_integer_ratio bit_count bit_length conjugate denominator from_bytes imag numerator real "
     "to_bytes"},
    {"float", "as_integer_ratio conjugate fromhex hex imag real"},
    {"date",
     "ctime fromisocalendar fromisoformat fromordinal fromtimestamp max min resolution timetuple "
     "today toordinal"},
    {"datetime",
     "astimezone combine ctime dst fold fromisocalendar fromisoformat fromordinal fromtimestamp "
     "max min now resolution strptime timetuple timetz today toordinal tzname utcfromtimestamp "
     "utcnow utcoffset utctimetuple"},
    {"time", "dst fold fromisoformat max min resolution tzname utcoffset"},
    {"timedelta", "max min resolution"},
    {"UUID", "clock_seq clock_seq_hi_variant clock_seq_low is_safe time"},
}};

}  // namespace

std::unexpected<Diagnostic> unknown_attribute(std::string_view type, std::string_view name) {
  const auto known = std::ranges::find(kNames, type, &TypeNames::first);
  const auto names = split(known == kNames.end() ? "" : known->second, ' ');
  if (std::ranges::find(names, name) != names.end()) {
    return not_covered("'." + std::string(name) + "' of " + std::string(type));
  }
  // What every object of Python has: __class__ and the like. A map that is reached by dots is no object of its own.
  if (name.starts_with("__") && name.ends_with("__") && type != "dotable")
    return not_covered("'." + std::string(name) + "' of " + std::string(type));
  return attribute_error("'" + std::string(type) + "' has no attribute '" + std::string(name) + "'");
}

}  // namespace mimus::script
