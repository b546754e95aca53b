// The data pack and the entities on it, by rules from elsewhere.
//
//   node check.mjs PROGRAM PACK
//
// Making the pack again, under another language and time zone, gives the same bytes. 300 records (MIMUS_TEST_RECORDS) of every
// entity for every country: nothing empty, postal codes of the country's form, telephone numbers that libphonenumber takes for valid,
// account and card numbers whose check digits are right, and so on.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { kOptional, rulesOf } from './rules.mjs';

const kRecords = Number(process.env.MIMUS_TEST_RECORDS ?? 300);
const kShown = 40;
const kSimple = ['string', 'int', 'float', 'bool', 'date', 'datetime'];
const [program, pack] = process.argv.slice(2).map((path) => resolve(path));
const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'datapack-'));
const findings = new Map(); // what is wrong -> how often

function find(what) {
  findings.set(what, (findings.get(what) ?? 0) + 1);
}

function checkBuild() {
  const again = join(folder, 'again.pack');
  const env = { ...process.env, LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', TZ: 'Pacific/Auckland' };
  execFileSync(process.execPath, [join(root, 'datapack/build.mjs'), again], { env, cwd: folder });
  if (!readFileSync(again).equals(readFileSync(pack))) find('the pack made again has other bytes');
}

// One generate for each entity, with its attributes that are no entities themselves.
function descriptorOf(country, entities) {
  const generates = entities.map(({ name, attributes }) => {
    // Of lists and maps, whether there is something in them.
    const script = (attribute) => (!kSimple.includes(attribute.type) ? `1 if e.${attribute.name} else None` : `e.${attribute.name}`);
    const keys = attributes.map((attribute) => `<key name="${attribute.name}" script="${script(attribute)}"/>`);
    return `<generate name="${name}" count="${kRecords}" target="">
      <variable name="e" entity="${name}" dataset="${country}"/>${keys.join('')}</generate>`;
  });
  return `<setup>${generates.join('\n')}</setup>`;
}

function entitiesWithValues() {
  const all = JSON.parse(execFileSync(program, ['entities', '--json']));
  const names = new Set(all.map((entity) => entity.name));
  return all.map(({ name, attributes }) => ({
    name, attributes: attributes.filter(({ type }) => type !== 'null' && !names.has(type.replace('list of ', ''))) }));
}

function checkText(where, value) {
  // eslint-disable-next-line no-control-regex
  if (/[{}#\u0000-\u001f\ufffd]|undefined|\bNaN\b/.test(value) || value !== value.trim() || value !== value.normalize('NFC')) {
    find(`${where}: a mark, a blank or another form of characters in ${JSON.stringify(value)}`);
  }
}

function checkCountry(country, entities) {
  const file = join(folder, `${country}.xml`);
  writeFileSync(file, descriptorOf(country, entities));
  const output = execFileSync(program, ['run', file, '--capture', '--quiet', '--seed', '7', '--now', '2026-01-01T00:00:00Z'],
    { maxBuffer: 1 << 28, cwd: folder });
  const captured = JSON.parse(output);
  let values = 0;
  for (const { name, attributes } of entities) {
    if (captured[name].length !== kRecords) find(`${country} ${name}: ${captured[name].length} records`);
    for (const attribute of attributes.map((one) => one.name)) {
      const where = `${country} ${name}.${attribute}`;
      const rules = rulesOf(attribute);
      const mayBeEmpty = kOptional.has(attribute) || kOptional.has(`${name}.${attribute}`);
      for (const record of captured[name]) {
        const value = record[attribute];
        values += 1;
        if (value === null || value === '') {
          if (!mayBeEmpty) find(`${where}: nothing`);
          continue;
        }
        if (typeof value === 'string') checkText(where, value);
        for (const rule of rules) {
          const wrong = rule(value, country, record);
          if (wrong !== undefined) find(`${where}: ${wrong}, as ${JSON.stringify(value)}`);
        }
      }
    }
  }
  return values;
}

try {
  checkBuild();
  const entities = entitiesWithValues();
  const countries = readFileSync(join(root, 'datapack/tables/countries.tsv'), 'utf8').split('\n').slice(1)
    .map((line) => line.split('\t')[0]).filter((code) => code !== '');
  const values = countries.reduce((sum, country) => sum + checkCountry(country, entities), 0);
  for (const [what, times] of [...findings].slice(0, kShown)) console.log(`${what} (${times} times)`);
  if (findings.size > kShown) console.log(`… and ${findings.size - kShown} more`);
  console.log(`${entities.length} entities, ${countries.length} countries, ${values} values, ${findings.size} findings`);
} finally {
  rmSync(folder, { recursive: true });
}
process.exitCode = findings.size === 0 ? 0 : 1;
