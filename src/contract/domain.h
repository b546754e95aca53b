// A domain of generate_domain: what can be asked of it, and how one of its items is made.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "contract/python_random.h"
#include "data/value.h"
#include "pack/pack.h"

namespace mimus::contract {

// Why a request has no answer. The codes are listed in docs/reference/domain.md.
struct DomainError {
  std::string code;
  std::string message;
  std::string path = "/";  // JSON pointer into the request
  std::string hint = {};
  Value details = {};
};

// MIMUS_ASSIGN and MIMUS_TRY (base/result.h) pass its error on.
template <class T>
using Answer = std::expected<T, DomainError>;

// A request that follows its schema.
struct DomainRequest {
  std::string seed;  // decimal; of the identifiers
  std::string root;  // decimal; of everything else: the seed, or the profile's
  std::uint64_t count = 0;
  std::string locale;
  Dataset dataset;
  int clock_year = 0;
  ValueMap constraints;  // with those of the component
};

// The item of that number. Borrows nothing but the pack; the same for the same random numbers.
using ItemMaker = std::function<ValueMap(std::uint64_t item, PythonRandom& random)>;

struct DomainDeclaration {
  std::string_view name;
  bool has_profiles = false;  // takes profile_id and component_id
  std::string constraints;    // JSON Schema: the properties of `constraints`
  std::string item;           // JSON Schema: the properties of an item, all of which it has
  // Looks at the constraints, of which the schema is sure.
  Answer<ItemMaker> (*make)(const DomainRequest& request) = nullptr;
};

inline constexpr std::string_view kDomainVersion = "v1";
inline constexpr std::int64_t kMostItems = 10'000;

// One file each.
[[nodiscard]] const DomainDeclaration& address_domain();
[[nodiscard]] const DomainDeclaration& doctor_domain();
[[nodiscard]] const DomainDeclaration& patient_domain();
[[nodiscard]] const DomainDeclaration& person_domain();

// All of them, by name.
[[nodiscard]] std::span<const DomainDeclaration* const> domains();
[[nodiscard]] const DomainDeclaration* find_domain(std::string_view name, std::string_view version);

// JSON Schema, draft-07, of what is asked and of what is answered.
[[nodiscard]] Value request_schema(const DomainDeclaration& domain);
[[nodiscard]] Value response_schema(const DomainDeclaration& domain);

}  // namespace mimus::contract
