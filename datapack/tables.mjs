// Tables of our own: tables/*.tsv, the first line the names of the columns. A name that ends in ":int" or ":float" says
// the column's type; all others are texts. A file kind.KEY.tsv is the table kind/KEY, kind.tsv the table kind.
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

const kFolder = fileURLToPath(new URL('tables', import.meta.url));

// The rows of a file as objects of texts.
export function readRows(file) {
  const lines = readFileSync(join(kFolder, file), 'utf8').split('\n').filter((line) => line !== '');
  const names = lines[0].split('\t');
  return lines.slice(1).map((line, number) => {
    const cells = line.split('\t');
    if (cells.length > names.length) throw new Error(`${file}:${number + 2}: more cells than columns`);
    return Object.fromEntries(names.map((name, column) => [name.split(':')[0], (cells[column] ?? '').trim()]));
  });
}

export function text(name, values) {
  return { name, type: 'text', values };
}
export function int(name, values) {
  return { name, type: 'int', values };
}
export function float(name, values) {
  return { name, type: 'float', values };
}

// Files that become tables as they are.
export function readOwnTables(inputs) {
  const tables = new Map();
  for (const file of readdirSync(kFolder).sort()) {
    if (!file.endsWith('.tsv') || inputs.includes(file)) continue;
    const head = readFileSync(join(kFolder, file), 'utf8').split('\n', 1)[0].split('\t');
    const rows = readRows(file);
    const [kind, key] = file.slice(0, -4).split('.');
    const columns = head.map((column) => {
      const [name, type = 'text'] = column.split(':');
      const values = rows.map((row) => (type === 'text' ? row[name] : Number(row[name] === '' ? 1 : row[name])));
      return { name, type, values };
    });
    tables.set(key === undefined ? kind : `${kind}/${key}`, { columns });
  }
  return tables;
}
