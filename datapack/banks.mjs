// Banks with invented names. Their numbers have the country's form: the routing number is what account numbers of the
// country begin with (or, in the United States, nine digits with their check digit), the SWIFT code four letters of the
// name, the country and two more characters.
import { float, readRows, text } from './tables.mjs';
import { makeChooser } from './phones.mjs';

const kWords = ['Alvoria', 'Bramwell', 'Cedrano', 'Dunmarra', 'Elverin', 'Fairholt', 'Galdera', 'Harrowmere', 'Istrelle', 'Jorvania',
  'Kestrin', 'Lumaris', 'Merovane', 'Norvalis', 'Orlanthe', 'Pellworth', 'Quillon', 'Rowanfield', 'Selmora', 'Tarnbrook',
  'Umberlin', 'Valdoria', 'Wexmere', 'Yarrowby', 'Zephyrine'];
const kBanks = 12;

// How many digits (or letters, '@') of an account number are the bank's (the IBAN registry; national formats elsewhere).
const kForms = { AT: '#####', BE: '###', BR: '########', CH: '#####', CZ: '####', DE: '########', DK: '####', ES: '####', FI: '###',
  FR: '#####', GB: '@@@@######', GE: '@@', GR: '###', HR: '######', HU: '###', IE: '@@@@######', IL: '###', IT: '#####', LV: '@@@@',
  MD: '@@', MK: '###', NL: '@@@@', NO: '####', PL: '########', PT: '####', RO: '@@@@', RS: '###', SE: '###', SI: '#####',
  SK: '####', TR: '#####', UA: '######', AU: '######', CA: '#########', CN: '############', GH: '######', ID: '#######',
  IN: '@@@@0######', IR: '###', JP: '#######', KR: '###', MX: '###', NP: '####', NZ: '######', RU: '#########', SN: '#####', TH: '#######',
  TW: '#######', UZ: '#####', VN: '########', ZA: '######' };

function routingNumber(code, letters, choose) {
  if (code === 'US') {
    // The first two digits are a Federal Reserve district; weights 3, 7, 1 make a multiple of ten.
    const digits = [0, 1 + choose(9), ...Array.from({ length: 6 }, () => choose(10))];
    const weights = [3, 7, 1, 3, 7, 1, 3, 7];
    const sum = digits.reduce((total, digit, place) => total + digit * weights[place], 0);
    return digits.join('') + String((10 - (sum % 10)) % 10);
  }
  let letter = 0;
  return [...(kForms[code] ?? '######')].map((mark, place) =>
    mark === '@' ? letters[letter++ % 4] : mark === '0' ? '0' : String(place === 0 ? 1 + choose(9) : choose(10))).join('');
}

export function addBanks(tables, countries) {
  const patterns = new Map(readRows('bank_names.tsv').map((row) => [row.language, row.patterns.split(', ')]));
  countries.forEach(({ code, language }, number) => {
    const choose = makeChooser(code.charCodeAt(0) * 31 + code.charCodeAt(1) * 7 + 11);
    const own = patterns.get(language) ?? patterns.get('');
    const names = [];
    const codes = [];
    const routing = [];
    const weights = [];
    for (let bank = 0; bank < kBanks; bank += 1) {
      const word = kWords[(number * 7 + bank * 2) % kWords.length];
      const letters = word.toUpperCase().replace(/[^A-Z]/g, '').slice(0, 4);
      names.push(own[bank % own.length].replace('{}', word));
      codes.push(`${letters}${code}${'ABCDEFGHKLMNPRSTVWXZ2345678'[choose(27)]}${'ABCDEFGHKLMNPRSTVWXZ'[choose(20)]}`);
      routing.push(routingNumber(code, letters, choose));
      weights.push(1 / (bank + 2));
    }
    tables.set(`bank/${code}`, { columns: [text('name', names), text('swift_code', codes), text('routing_number', routing), float('weight', weights)] });
  });
}
