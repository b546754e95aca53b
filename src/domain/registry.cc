#include <algorithm>
#include <array>

#include "domain/entity.h"

namespace mimus {

const EntityDeclaration& address_entity();
const EntityDeclaration& administration_office_entity();
const EntityDeclaration& bank_entity();
const EntityDeclaration& bank_account_entity();
const EntityDeclaration& bank_statement_entity();
const EntityDeclaration& city_entity();
const EntityDeclaration& company_entity();
const EntityDeclaration& country_entity();
const EntityDeclaration& credit_card_entity();
const EntityDeclaration& doctor_entity();
const EntityDeclaration& educational_institution_entity();
const EntityDeclaration& employee_entity();
const EntityDeclaration& holiday_entity();
const EntityDeclaration& hospital_entity();
const EntityDeclaration& household_entity();
const EntityDeclaration& insurance_claim_entity();
const EntityDeclaration& insurance_company_entity();
const EntityDeclaration& insurance_coverage_entity();
const EntityDeclaration& insurance_policy_entity();
const EntityDeclaration& insurance_product_entity();
const EntityDeclaration& medical_device_entity();
const EntityDeclaration& medical_procedure_entity();
const EntityDeclaration& order_entity();
const EntityDeclaration& patient_entity();
const EntityDeclaration& patient_history_entity();
const EntityDeclaration& person_entity();
const EntityDeclaration& police_officer_entity();
const EntityDeclaration& product_entity();
const EntityDeclaration& transaction_entity();

std::span<const EntityDeclaration* const> entities() {
  static const std::array kEntities{
      &address_entity(),
      &administration_office_entity(),
      &bank_entity(),
      &bank_account_entity(),
      &bank_statement_entity(),
      &city_entity(),
      &company_entity(),
      &country_entity(),
      &credit_card_entity(),
      &doctor_entity(),
      &educational_institution_entity(),
      &employee_entity(),
      &holiday_entity(),
      &hospital_entity(),
      &household_entity(),
      &insurance_claim_entity(),
      &insurance_company_entity(),
      &insurance_coverage_entity(),
      &insurance_policy_entity(),
      &insurance_product_entity(),
      &medical_device_entity(),
      &medical_procedure_entity(),
      &order_entity(),
      &patient_entity(),
      &patient_history_entity(),
      &person_entity(),
      &police_officer_entity(),
      &product_entity(),
      &transaction_entity(),
  };
  return kEntities;
}

const EntityDeclaration* find_entity(std::string_view name) {
  const auto all = entities();
  const auto known = std::ranges::find(all, name, [](const EntityDeclaration* declared) { return declared->name; });
  return known == all.end() ? nullptr : *known;
}

}  // namespace mimus
