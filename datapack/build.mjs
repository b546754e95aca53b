// Makes the data pack: node datapack/build.mjs FILE
//
// The same packages (package-lock.json) and tables give the same bytes. Nothing is downloaded.
import { writeFileSync } from 'node:fs';

import { addBanks } from './banks.mjs';
import { addCountries } from './countries.mjs';
import { addNames } from './names.mjs';
import { encodePack } from './pack_file.mjs';
import { addPlaces } from './places.mjs';
import { readOwnTables, readRows } from './tables.mjs';

// What the modules read themselves.
const kInputs = ['countries.tsv', 'states.tsv', 'city_names.tsv', 'area_codes.tsv', 'street_names.tsv', 'top_names.tsv',
  'bank_names.tsv'];

const output = process.argv[2];
if (output === undefined) {
  console.error('usage: node datapack/build.mjs FILE');
  process.exit(2);
}
// Faker tells of lists that are short in a locale.
console.warn = () => {};
const countries = readRows('countries.tsv');
const tables = readOwnTables(kInputs);
addCountries(tables, countries);
addBanks(tables, countries);
addNames(tables, countries);
addPlaces(tables, countries);
writeFileSync(output, encodePack(tables));
