// Countries and territories of the world, their names in the language of each dataset, languages and currencies (CLDR,
// libphonenumber, ISO 4217).
import { createRequire } from 'node:module';

import { allLocales } from '@faker-js/faker';

import { callingCode } from './phones.mjs';
import { float, int, text } from './tables.mjs';

const require = createRequire(import.meta.url);

const kSymbols = { USD: '$', EUR: '€', GBP: '£', JPY: '¥', CNY: '¥', VND: '₫', INR: '₹', KRW: '₩', RUB: '₽', TRY: '₺', UAH: '₴',
  ILS: '₪', THB: '฿', PLN: 'zł', CZK: 'Kč', BRL: 'R$', CHF: 'CHF', SEK: 'kr', NOK: 'kr', DKK: 'kr', HUF: 'Ft', RON: 'lei',
  CAD: 'CA$', AUD: 'A$', NZD: 'NZ$', MXN: 'MX$', TWD: 'NT$', ZAR: 'R', GHS: 'GH₵', GEL: '₾', IDR: 'Rp', IRR: '﷼', NPR: 'रु',
  XOF: 'CFA', RSD: 'дин.', MKD: 'ден', MDL: 'L', UZS: 'soʻm', BGN: 'лв' };

function mainLanguage(territory) {
  const languages = Object.entries(territory.languagePopulation ?? {});
  const official = languages.filter(([, use]) => (use._officialStatus ?? '').includes('official') && use._officialStatus !== 'official_regional');
  const share = ([, use]) => Number(use._populationPercent ?? 0);
  const all = (official.length > 0 ? official : languages).sort((a, b) => share(b) - share(a) || (a[0] < b[0] ? -1 : 1));
  return all.length === 0 ? 'en' : all[0][0].split('_')[0];
}

function currentCurrency(code) {
  const region = require('cldr-core/supplemental/currencyData.json').supplemental.currencyData.region[code] ?? [];
  const current = region.map((entry) => Object.entries(entry)[0]).filter(([, use]) => use._to === undefined && use._tender !== 'false');
  current.sort((a, b) => (a[1]._from < b[1]._from ? 1 : -1));
  return current.length === 0 ? 'USD' : current[0][0];
}

function currencyTable(code) {
  const own = currentCurrency(code);
  const others = ['EUR', 'USD', 'GBP', 'CHF', 'JPY'].filter((other) => other !== own);
  const codes = [own, ...others.slice(0, 4)];
  const names = codes.map((one) => require('currency-codes').code(one).currency);
  return { columns: [text('code', codes), text('name', names), text('symbol', codes.map((one) => kSymbols[one] ?? one)),
    float('weight', [0.85, 0.06, 0.05, 0.02, 0.02])] };
}

// The countries' own data, and the list of all of them in the language of each.
export function addCountries(tables, countries) {
  const territories = require('cldr-core/supplemental/territoryInfo.json').supplemental.territoryInfo;
  const codes = Object.keys(territories).filter((code) => /^[A-Z]{2}$/.test(code) && !['EA', 'IC', 'DG', 'CP', 'AN', 'CQ'].includes(code)).sort();
  const locales = codes.map((code) => `${mainLanguage(territories[code])}_${code}`);
  const phones = codes.map(callingCode);
  const populations = codes.map((code) => Number(territories[code]._population ?? 0));
  for (const { code, language } of countries) {
    const names = require(`cldr-localenames-full/main/${language}/territories.json`).main[language].localeDisplayNames.territories;
    tables.set(`country/${code}`, { columns: [text('iso', codes), text('name', codes.map((one) => names[one] ?? one)),
      text('locale', locales), text('phone', phones), int('population', populations)] });
    tables.set(`currency/${code}`, currencyTable(code));
    tables.set(`top_level/${code}`, { columns: [text('name', [code === 'GB' ? 'co.uk' : code === 'US' ? 'com' : code.toLowerCase(), 'com', 'net', 'org', 'info']),
      float('weight', [60, 25, 6, 6, 3])] });
    if (!tables.has(`legal_form/${code}`)) tables.set(`legal_form/${code}`, legalForms(code, countries));
  }
  tables.set('dataset', { columns: [text('code', countries.map((row) => row.code)), text('language', countries.map((row) => row.language.split('-')[0])),
    text('postal', countries.map((row) => row.postal))] });
}

const kMarks = ['Gruppe', 'Group', 'and Sons', 'e Associados', 'Brothers', 'Partners', 'Gruppen', 'Investment', 'Groep', 'en Zonen',
  'Combinatie', 'Bedrijf', 'og Sønner', 'Corp'];

// Those of Faker that are forms of law; the first ones are the most frequent.
function legalForms(code, countries) {
  const chain = countries.find((row) => row.code === code).locales.split(',');
  const found = chain.map((key) => allLocales[key]?.company?.legal_entity_type ?? []).find((list) => list.length > 0) ?? [];
  const names = found.filter((name) => !kMarks.includes(name));
  const all = names.length > 0 ? names : ['Ltd'];
  return { columns: [text('name', all), float('weight', all.map(() => 1))] };
}
