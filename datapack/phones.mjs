// Telephone numbers: masks of digits and '#' (any digit), each of whose numbers the numbering plan allows. They are
// paths through the regular expressions of libphonenumber: a choice is made wherever one has to be made, but for "any
// digit", which stays '#'.
import { createRequire } from 'node:module';

const metadata = createRequire(import.meta.url)('libphonenumber-js/metadata.max.json');

// A reader of the expressions that the metadata has: groups, alternatives, classes, \d, ? and {n,m}.
class Plan {
  constructor(expression) {
    this.text = expression;
    this.at = 0;
    this.tree = this.alternatives();
  }

  alternatives() {
    const out = [this.sequence()];
    while (this.text[this.at] === '|') {
      this.at += 1;
      out.push(this.sequence());
    }
    return { kind: 'any', parts: out };
  }

  sequence() {
    const parts = [];
    while (this.at < this.text.length && !'|)'.includes(this.text[this.at])) parts.push(this.repeated(this.atom()));
    return { kind: 'all', parts };
  }

  atom() {
    const character = this.text[this.at];
    if (character === '(') {
      this.at += this.text.startsWith('(?:', this.at) ? 3 : 1;
      const inner = this.alternatives();
      this.at += 1;
      return inner;
    }
    if (character === '[') {
      const end = this.text.indexOf(']', this.at);
      const digits = this.text.slice(this.at + 1, end).replace(/(\d)-(\d)/g, (_, a, b) => '0123456789'.slice(+a, +b + 1));
      this.at = end + 1;
      return { kind: 'digit', digits: digits.replaceAll('\\d', '0123456789') };
    }
    if (character === '\\') {
      this.at += 2;
      return { kind: 'wild' };
    }
    this.at += 1;
    return { kind: 'digit', digits: character };
  }

  repeated(atom) {
    const match = /^(?:\?|\{(\d+)(?:,(\d+))?\})/.exec(this.text.slice(this.at));
    if (!match) return atom;
    this.at += match[0].length;
    const least = match[0] === '?' ? 0 : Number(match[1]);
    return { kind: 'times', atom, least, most: match[0] === '?' ? 1 : Number(match[2] ?? match[1]) };
  }
}

// choose(n) gives a number below n.
function walk(node, choose) {
  if (node.kind === 'any') return walk(node.parts[choose(node.parts.length)], choose);
  if (node.kind === 'all') return node.parts.map((part) => walk(part, choose)).join('');
  if (node.kind === 'wild') return '#';
  if (node.kind === 'digit') return node.digits[choose(node.digits.length)];
  const times = node.least + choose(node.most - node.least + 1);
  return Array.from({ length: times }, () => walk(node.atom, choose)).join('');
}

// A sequence of choices that is the same every time (the minimal standard generator of Park and Miller, 1988).
export function makeChooser(seed) {
  let state = seed;
  return (n) => {
    state = (state * 48271) % 2147483647;
    return Math.floor((state / 2147483647) * n);
  };
}

// Every number of the mask is one of each of the expressions, as far as its first open digit and equal ones after it tell.
function isAllowed(mask, expressions) {
  const digits = [...'0123456789'];
  return digits.every((digit) => digits.every((other) => {
    const number = mask.replace('#', other).replaceAll('#', digit);
    return expressions.every((expression) => expression.test(number));
  }));
}

function whole(expression) {
  return new RegExp(`^(?:${expression})$`);
}

// `count` masks of one length that leave at least four digits open; the country's plan as a whole must allow them, too.
function masksOf(expression, general, count, length, choose) {
  const plan = new Plan(expression);
  const expressions = [whole(general)];
  const found = new Set();
  const refused = new Set();
  for (let tries = 0; tries < 20000 && found.size < count; tries += 1) {
    const mask = walk(plan.tree, choose);
    if (mask.length !== length || !/####$/.test(mask) || found.has(mask) || refused.has(mask)) continue;
    (isAllowed(mask, expressions) ? found : refused).add(mask);
  }
  return [...found].sort();
}

function usualLength(expression, wanted, choose) {
  const plan = new Plan(expression);
  const lengths = new Map();
  for (let tries = 0; tries < 2000; tries += 1) {
    const mask = walk(plan.tree, choose);
    if (/####$/.test(mask)) lengths.set(mask.length, (lengths.get(mask.length) ?? 0) + 1);
  }
  const known = [...lengths.keys()].sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted) || a - b);
  return known[0];
}

// Of national numbers, where they are not about ten.
const kDigits = { IE: 9, IL: 8, DE: 10 };

export function phonePlan(code) {
  const country = metadata.countries[code];
  const types = country[11];
  const choose = makeChooser(code.charCodeAt(0) * 256 + code.charCodeAt(1));
  // A type without a pattern of its own has the country's.
  const pattern = (type) => types?.[type]?.[0] || types?.[0]?.[0] || country[2];
  const masks = (type, count) => {
    const length = usualLength(pattern(type), kDigits[code] ?? 10, choose);
    return masksOf(pattern(type), country[2], count, length, choose);
  };
  const fixed = masks(0, 400);
  const inPlan = [whole(pattern(0)), whole(country[2])];
  return { callingCode: country[0], fixed, mobile: masks(1, 60), inArea: (area) => maskOfArea(area, inPlan, fixed[0].length) };
}

// A mask of numbers with an area code that is known; undefined when the plan has none.
function maskOfArea(area, expressions, length) {
  return ['', '2', '3', '5', '7', '8', '4', '6', '9'].map((next) => (area + next).padEnd(length, '#'))
    .find((mask) => isAllowed(mask, expressions));
}

export function callingCode(code) {
  return metadata.countries[code]?.[0] ?? '';
}
