// Writes tables as a data pack: the format that src/pack/pack.h describes.

const kMagic = 'mimuspk1';
const kVersion = 1;
const kTypes = { text: 0, int: 1, float: 2 };

class Strings {
  constructor() {
    this.offsets = new Map();
    this.parts = [];
    this.size = 0;
  }

  add(text) {
    const known = this.offsets.get(text);
    if (known !== undefined) return known;
    const bytes = Buffer.from(text, 'utf8');
    if (bytes.length > 65535) throw new Error(`a text of ${bytes.length} bytes is too long: ${text.slice(0, 40)}`);
    const head = Buffer.alloc(2);
    head.writeUInt16LE(bytes.length);
    const offset = this.size;
    this.parts.push(head, bytes);
    this.size += 2 + bytes.length;
    this.offsets.set(text, offset);
    return offset;
  }
}

function encodeColumn(values, type, strings) {
  const width = type === 'text' ? 4 : 8;
  const out = Buffer.alloc(Math.ceil((values.length * width) / 8) * 8);
  values.forEach((value, row) => {
    if (type === 'text') {
      out.writeUInt32LE(strings.add(value), row * 4);
    } else if (type === 'int') {
      if (!Number.isSafeInteger(value)) throw new Error(`no whole number: ${value}`);
      out.writeBigInt64LE(BigInt(value), row * 8);
    } else {
      if (!Number.isFinite(value)) throw new Error(`no number: ${value}`);
      out.writeDoubleLE(value, row * 8);
    }
  });
  return out;
}

// tables: Map of name to {columns: [{name, type: 'text' | 'int' | 'float', values}]}. Returns the file's bytes.
export function encodePack(tables) {
  const strings = new Strings();
  const names = [...tables.keys()].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  const columnCount = names.reduce((sum, name) => sum + tables.get(name).columns.length, 0);
  const directory = Buffer.alloc(names.length * 16);
  const columns = Buffer.alloc(columnCount * 16);
  const start = 40 + directory.length + columns.length;
  const data = [];
  let offset = Math.ceil(start / 8) * 8;
  const padding = Buffer.alloc(offset - start);
  let at = 0;
  names.forEach((name, number) => {
    const table = tables.get(name);
    const rows = table.columns[0].values.length;
    directory.writeUInt32LE(strings.add(name), number * 16);
    directory.writeUInt32LE(rows, number * 16 + 4);
    directory.writeUInt32LE(table.columns.length, number * 16 + 8);
    directory.writeUInt32LE(at, number * 16 + 12);
    for (const column of table.columns) {
      if (column.values.length !== rows) throw new Error(`table ${name}: column ${column.name} has other rows`);
      const bytes = encodeColumn(column.values, column.type, strings);
      columns.writeUInt32LE(strings.add(column.name), at * 16);
      columns.writeUInt32LE(kTypes[column.type], at * 16 + 4);
      columns.writeBigUInt64LE(BigInt(offset), at * 16 + 8);
      data.push(bytes);
      offset += bytes.length;
      at += 1;
    }
  });
  const header = Buffer.alloc(40);
  header.write(kMagic, 0, 'latin1');
  header.writeUInt32LE(kVersion, 8);
  header.writeUInt32LE(names.length, 12);
  header.writeUInt32LE(columnCount, 16);
  header.writeUInt32LE(strings.size, 20);
  header.writeBigUInt64LE(BigInt(offset), 24);
  header.writeBigUInt64LE(BigInt(offset + strings.size), 32);
  return Buffer.concat([header, directory, columns, padding, ...data, ...strings.parts]);
}
