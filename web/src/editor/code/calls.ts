// Where in a text of calls, as "CSV(delimiter=';'), JSON", a place is.
export interface CallPlace {
  call: string; // the name of the call around; empty: outside of parentheses
  word: string; // the beginning of a name that stands before the place
  used: string[]; // arguments that the call has by name
  isName: boolean; // a name may stand here: not inside of a text, and not a value
}

interface Level {
  call: string;
  used: string[];
  argument: string; // what has been written of the present argument
}

function nameBefore(text: string): string {
  return /[A-Za-z_]\w*$/.exec(text)?.[0] ?? "";
}

function begin(call: string): Level {
  return { call, used: [], argument: "" };
}

function takeName(level: Level): void {
  const name = /^\s*([A-Za-z_]\w*)\s*=(?!=)/.exec(level.argument)?.[1];
  if (name) level.used.push(name);
}

// `separator`: between calls, at the outermost level.
export function callPlace(before: string, separator: string): CallPlace {
  const levels: Level[] = [begin("")];
  let quote = "";
  for (let at = 0; at < before.length; at += 1) {
    const next = before[at]!;
    const level = levels.at(-1)!;
    if (quote) {
      if (next === "\\") at += 1;
      else if (next === quote) quote = "";
      level.argument += "x";
    } else if (next === "'" || next === '"') {
      quote = next;
      level.argument += "x";
    } else if ("([{".includes(next)) {
      levels.push(begin(next === "(" ? nameBefore(level.argument) : ""));
      level.argument += next;
    } else if (")]}".includes(next)) {
      if (levels.length > 1) levels.pop();
      levels.at(-1)!.argument += next;
    } else if ((levels.length > 1 && next === ",") || (levels.length === 1 && next === separator)) {
      takeName(level);
      level.argument = "";
    } else {
      level.argument += next;
    }
  }
  return placeOf(levels.at(-1)!, quote !== "");
}

function placeOf(level: Level, isQuoted: boolean): CallPlace {
  const word = isQuoted ? "" : nameBefore(level.argument);
  const isAlone = level.argument.trim() === word;
  return { call: level.call, word, used: level.used, isName: !isQuoted && isAlone };
}

// "person.address.ci" before the place; empty when none is there, or the place is in a text.
export function chainBefore(before: string): string {
  const chain = /[A-Za-z_][\w.]*$/.exec(before)?.[0] ?? "";
  const rest = before.slice(0, before.length - chain.length).replace(/\\./g, "");
  const isQuoted = (rest.match(/'/g)?.length ?? 0) % 2 === 1;
  return isQuoted ? "" : chain;
}
