// What values of attributes must be, by their names: rules that do not come from the pack.
import { createRequire } from 'node:module';

const { parsePhoneNumberFromString } = createRequire(import.meta.url)('libphonenumber-js/max');

// Attributes that may be empty, of all entities or of one.
export const kOptional = new Set(['nobility_title', 'academic_title', 'name_extension', 'salutation', 'demographic_sample',
  'transaction_profile', 'routing_number', 'Country.phone_code',
  'Order.coupon_code', 'Order.notes', 'Patient.allergies', 'Patient.medications', 'Patient.conditions']);

// Forms of postal codes: of the Universal Postal Union's sheets of the countries.
const kPostal = {
  AT: /^[1-9]\d{3}$/, AU: /^\d{4}$/, BE: /^[1-9]\d{3}$/, BR: /^\d{5}-\d{3}$/,
  CA: /^[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z] \d[ABCEGHJ-NPRSTV-Z]\d$/, CH: /^[1-9]\d{3}$/, CN: /^\d{6}$/, CZ: /^[1-7]\d{2} \d{2}$/,
  DE: /^(?!00)\d{5}$/, DK: /^\d{4}$/, ES: /^(0[1-9]|[1-4]\d|5[0-2])\d{3}$/, FI: /^\d{5}$/, FR: /^(0[1-9]|[1-8]\d|9[0-8])\d{3}$/,
  GB: /^[A-Z]{1,2}\d[A-Z\d]? \d[ABD-HJLNP-UW-Z]{2}$/, GE: /^\d{4}$/, GH: /^[A-Z][A-Z0-9]-\d{3,4}-\d{4}$/, GR: /^\d{3} \d{2}$/, HR: /^\d{5}$/,
  HU: /^[1-9]\d{3}$/, ID: /^[1-9]\d{4}$/, IE: /^[AC-FHKNPRTV-Y]\d[0-9W] [0-9AC-FHKNPRTV-Y]{4}$/, IL: /^\d{7}$/, IN: /^[1-9]\d{5}$/,
  IR: /^\d{5}-\d{5}$/, IT: /^\d{5}$/, JP: /^\d{3}-\d{4}$/, KR: /^\d{5}$/, LV: /^LV-\d{4}$/, MD: /^MD-\d{4}$/, MK: /^\d{4}$/, MX: /^\d{5}$/,
  NL: /^[1-9]\d{3} (?!SA|SD|SS)[A-Z]{2}$/, NO: /^\d{4}$/, NP: /^\d{5}$/, NZ: /^\d{4}$/, PL: /^\d{2}-\d{3}$/, PT: /^[1-9]\d{3}-\d{3}$/,
  RO: /^\d{6}$/, RS: /^\d{5}$/, RU: /^\d{6}$/, SE: /^[1-9]\d{2} \d{2}$/, SI: /^[1-9]\d{3}$/, SK: /^\d{3} \d{2}$/, SN: /^\d{5}$/, TH: /^[1-9]\d{4}$/,
  TR: /^\d{5}$/, TW: /^[1-9]\d{2}(\d{2,3})?$/, UA: /^\d{5}$/, US: /^\d{5}$/, UZ: /^\d{6}$/, VN: /^\d{5,6}$/, ZA: /^\d{4}$/,
};

// Lengths of IBANs, of SWIFT's register, of the countries whose banks use them.
const kIban = {
  AT: 20, BE: 16, BR: 29, CH: 21, CZ: 24, DE: 22, DK: 18, ES: 24, FI: 18, FR: 27, GB: 22, GE: 22, GR: 27, HR: 21, HU: 28, IE: 22, IL: 23,
  IT: 27, LV: 21, MD: 24, MK: 19, NL: 18, NO: 15, PL: 28, PT: 25, RO: 24, RS: 22, SE: 24, SI: 19, SK: 24, TR: 26, UA: 29,
};

const kCards = { VISA: /^4\d{15}$/, MASTER: /^(5[1-5]|2[2-7])\d{14}$/, AMERICAN: /^3[47]\d{13}$/ };

function digitsOf(text) {
  return [...text].map((character) => parseInt(character, 36)).join('');
}

export function luhn(digits) {
  const sum = [...digits].reverse().reduce((total, digit, place) => {
    const twice = Number(digit) * (place % 2 === 0 ? 1 : 2);
    return total + (twice > 9 ? twice - 9 : twice);
  }, 0);
  return sum % 10 === 0;
}

function postal(value, country) {
  return kPostal[country].test(value) ? undefined : 'not of the form of the country';
}

// A sequence of numbers of one attribute differs in digits alone; the library is slow, so that a part of them does.
let phones = 0;
function phone(value, country) {
  phones += 1;
  if (phones % 5 !== 0) return undefined;
  const number = parsePhoneNumberFromString(value);
  if (!number?.isValid()) return 'no valid telephone number';
  // Several countries have one calling code in common.
  return number.country === country || number.getPossibleCountries().includes(country) ? undefined : `of ${number.country}`;
}

function mobile(value) {
  if (phones % 5 !== 0) return undefined;
  const type = parsePhoneNumberFromString(value)?.getType();
  return ['MOBILE', 'FIXED_LINE_OR_MOBILE'].includes(type) ? undefined : `the number of a ${type}`;
}

function email(value) {
  return /^[a-z0-9]+([._-][a-z0-9]+)*@([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/.test(value) ? undefined : 'no e-mail address';
}

function iban(value, country) {
  if (!value.startsWith(country)) return 'of another country';
  if (kIban[country] !== undefined && value.length !== kIban[country]) return `${value.length} characters long`;
  return BigInt(digitsOf(value.slice(4) + value.slice(0, 4))) % 97n === 1n ? undefined : 'its check digits are wrong';
}

function bic(value, country) {
  return new RegExp(`^[A-Z0-9]{4}${country}[A-Z0-9]{2}([A-Z0-9]{3})?$`).test(value) ? undefined : 'no BIC of the country';
}

function card(value, country, record) {
  const digits = String(value).replaceAll(/[ -]/g, '');
  const known = Object.keys(kCards).find((name) => record.card_type?.toUpperCase().startsWith(name));
  if (known !== undefined && !kCards[known].test(digits)) return `not of ${record.card_type}`;
  return /^\d{12,19}$/.test(digits) && luhn(digits) ? undefined : 'its check digit is wrong';
}

function npi(value) {
  return /^[12]\d{9}$/.test(value) && luhn(`80840${value}`) ? undefined : 'no NPI';
}

function site(value) {
  return URL.canParse(value) && /^https?:\/\/[a-z0-9.-]+\.[a-z]{2,}\/?$/.test(value) ? undefined : 'no address of a web site';
}

function age(value, country, record) {
  const birth = /^(\d{4})-(\d\d)-(\d\d)/.exec(record.birthdate);
  // The clock of the run is a first of January.
  const expected = 2026 - Number(birth[1]) - (birth[2] === '01' && birth[3] === '01' ? 0 : 1);
  return value === expected ? undefined : `born on ${record.birthdate}`;
}

function within(least, most) {
  return (value) => (value >= least && value <= most ? undefined : `not between ${least} and ${most}`);
}

function form(expression) {
  return (value) => (expression.test(value) ? undefined : `not of the form ${expression}`);
}

function countryCode(value, country) {
  return value === country ? undefined : 'another country';
}

const kRules = {
  postal_code: [postal], zip_code: [postal], email: [email], iban: [iban], bic: [bic], swift_code: [bic], card_number: [card],
  npi_number: [npi], website: [site], url: [site], age: [age], latitude: [within(-90, 90)], longitude: [within(-180, 180)],
  population: [within(0, 2e9)], iso_code: [form(/^[A-Z]{2}$/)], currency: [form(/^[A-Z]{3}$/)], country_code: [countryCode],
  default_language_locale: [form(/^[a-z]{2,3}_[A-Z]{2}$/)], blood_type: [form(/^(A|B|AB|O)[+-]$/)], bmi: [within(10, 60)],
  mobile_phone: [phone, mobile], gender: [form(/^(female|male|other)$/)], cvv: [form(/^\d{3,4}$/)],
};
for (const name of ['phone', 'fax', 'office_phone', 'private_phone', 'phone_number', 'customer_service_phone']) kRules[name] = [phone];

export function rulesOf(attribute) {
  return kRules[attribute] ?? [];
}
