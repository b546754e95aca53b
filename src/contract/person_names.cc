#include "contract/person_names.h"

#include <unordered_set>

#include "contract/constraints.h"

namespace mimus::contract {

PersonNames::PersonNames(const Dataset& dataset)
    : names_{OfSex{words_of(dataset.table("given_female")), words_of(dataset.table("family_female"))},
             OfSex{words_of(dataset.table("given_male")), words_of(dataset.table("family_male"))}} {
  const OfSex& women = names_[0];
  const OfSex& men = names_[1];
  names_[2] = {women.given, men.family};
  const std::unordered_set<std::string> known(women.given.begin(), women.given.end());
  for (const std::string& name : men.given) {
    if (!known.contains(name)) names_[2].given.push_back(name);
  }
}

}  // namespace mimus::contract
