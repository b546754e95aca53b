// Telephone numbers that generators and entities make, held against libphonenumber: each must be valid, with its
// country's calling code.
//
//   node check.mjs PROGRAM [COUNT]
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const require = createRequire(import.meta.url);
const { getCountryCallingCode, parsePhoneNumberFromString } = require('libphonenumber-js/max');

const kCountries = ['AT', 'AU', 'BE', 'BR', 'CA', 'CH', 'CN', 'CZ', 'DE', 'DK', 'ES', 'FI', 'FR', 'GB', 'GR', 'HR', 'HU', 'IE',
  'IL', 'IN', 'IT', 'JP', 'KR', 'MX', 'NL', 'NO', 'PL', 'PT', 'RO', 'RU', 'SE', 'SK', 'TR', 'TW', 'UA', 'US', 'VN', 'ZA'];

const [program, given] = process.argv.slice(2);
const count = Number(given ?? 300);
const folder = mkdtempSync(join(tmpdir(), 'phones-'));
const keys = kCountries.flatMap((country) => [
  [`${country}_fixed`, `generator="PhoneNumberGenerator('${country}')"`],
  [`${country}_mobile`, `generator="PhoneNumberGenerator('${country}', is_mobile=True)"`],
  [`${country}_unique`, `generator="PhoneNumberGenerator('${country}')" unique="true"`],
]);
keys.push(['DE_area', 'generator="PhoneNumberGenerator(\'DE\', \'30\')"'], ['US_area', 'generator="PhoneNumberGenerator(\'US\', \'212\')"'],
  ['DE_faker', 'generator="DataFakerGenerator(\'phone_number\', locale=\'de_DE\')"'],
  ['US_faker', 'generator="DataFakerGenerator(\'phone_number\', locale=\'en_US\')"'],
  ['FR_faker', 'generator="DataFakerGenerator(\'phone_number\', locale=\'fr_FR\')"']);
const people = ['DE', 'US', 'FR', 'JP'].map((country) =>
  `<variable name="${country}_p" entity="Person(dataset='${country}')"/><key name="${country}_home" script="${country}_p.phone"/>` +
  `<key name="${country}_cell" script="${country}_p.mobile_phone"/>`);
let failed = 0;
try {
  writeFileSync(join(folder, 'd.xml'), `<setup><generate name="g" count="${count}" target="JSON">${
    keys.map(([name, way]) => `<key name="${name}" ${way}/>`).join('')}${people.join('')}</generate></setup>`);
  execFileSync(program, ['run', join(folder, 'd.xml'), '--seed', '7', '--out', join(folder, 'out'), '--quiet']);
  const records = JSON.parse(readFileSync(join(folder, 'out', 'g.json'), 'utf8'));
  const columns = Object.keys(records[0]).filter((name) => !name.endsWith('_p'));
  for (const name of columns) {
    const country = name.slice(0, 2);
    const wrong = records.map((record) => record[name]).filter((text) => {
      const number = parsePhoneNumberFromString(text.replace('(0)', ''), country);
      return !number?.isValid() || number.countryCallingCode !== getCountryCallingCode(country);
    });
    const repeats = name.endsWith('_unique') && new Set(records.map((record) => record[name])).size !== records.length;
    if (wrong.length === 0 && !repeats) continue;
    failed += 1;
    console.log(`${name}: ${wrong.length} of ${records.length} are not valid, as ${wrong.slice(0, 3).join(', ')}${repeats ? '; some repeat' : ''}`);
  }
  console.log(`${columns.length - failed}/${columns.length}`);
} finally {
  rmSync(folder, { recursive: true });
}
process.exit(failed === 0 ? 0 : 1);
