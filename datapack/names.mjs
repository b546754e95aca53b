// Given and family names of people, from Faker's lists; the frequent ones of a country stand first in a list of our own
// and have weights by their rank (Zipf's law with an offset: 1 / (rank + 2.7)), all others the weight of the last rank.
import { allLocales } from '@faker-js/faker';

import { latinOf } from './latin.mjs';
import { float, readRows, text } from './tables.mjs';

const kOffset = 2.7;

function nameTable(names, top) {
  const own = top.filter((name, place) => top.indexOf(name) === place);
  const known = new Set(own);
  const rest = [...new Set(names.map((name) => name.normalize('NFC').trim()))].filter((name) => !known.has(name) && name !== '');
  const all = [...own, ...rest];
  const last = own.length === 0 ? 1 : 1 / (own.length + 1 + kOffset) / Math.max(1, rest.length / 60);
  const weights = all.map((_, rank) => (rank < own.length ? 1 / (rank + 1 + kOffset) : last));
  return { columns: [text('name', all), text('latin', all.map(latinOf)), float('weight', weights)] };
}

// The lists of the first locale that has some, or of all of them where people of a country speak several languages.
function listsOf(locales, kind, sex) {
  const lists = locales.map((key) => allLocales[key]?.person?.[kind] ?? {})
    .map((names) => [...(names[sex] ?? []), ...(names.generic ?? [])]).filter((names) => names.length > 0);
  return lists;
}

const kSeveral = ['BE', 'CH', 'ZA'];

export function addNames(tables, countries) {
  const tops = readRows('top_names.tsv');
  const topOf = (code, kind) =>
    (tops.find((row) => row.country === code && row.kind === kind)?.names ?? '').split(' ').filter((name) => name !== '')
      .map((name) => name.replaceAll('_', ' '));
  for (const { code, locales } of countries) {
    const chain = locales.split(',');
    const pick = (lists) => (kSeveral.includes(code) ? lists.flat() : (lists[0] ?? []));
    for (const sex of ['female', 'male']) {
      const top = topOf(code, sex);
      tables.set(`given_${sex}/${code}`, nameTable(pick(listsOf(chain, 'first_name', sex)), top));
      const family = topOf(code, 'family').map((name) => (sex === 'female' ? feminine(name, code) : name));
      const names = pick(listsOf(chain, 'last_name', sex)).map((name) => (sex === 'female' ? feminine(name, code) : name));
      tables.set(`family_${sex}/${code}`, nameTable(names, family));
    }
  }
}

// Polish adjectives and Greek names take the gender of their bearer; the lists hold the masculine form.
function feminine(name, code) {
  if (code === 'GR') {
    return name.replace(/όπουλος$/u, 'οπούλου').replace(/ος$/u, 'ου').replace(/([ηα])ς$/u, '$1').replace(/ής$/u, 'ή').replace(/άς$/u, 'ά');
  }
  if (code !== 'PL') return name;
  return name.replace(/(s|c|dz)ki$/u, '$1ka').replace(/ny$/u, 'na');
}
