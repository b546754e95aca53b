// Names that hold the letters that were typed, in their order; the best first: whole parts, in the file's own name.
import { labelOf } from "./file_tree";

function scoreOf(name: string, wanted: string): number {
  const folded = name.toLowerCase();
  const label = labelOf(folded);
  if (label.startsWith(wanted)) return 4;
  if (label.includes(wanted)) return 3;
  if (folded.includes(wanted)) return 2;
  let at = -1;
  for (const letter of wanted) {
    at = folded.indexOf(letter, at + 1);
    if (at < 0) return 0;
  }
  return 1;
}

export function matchNames(names: readonly string[], typed: string): string[] {
  const wanted = typed.trim().toLowerCase();
  if (wanted === "") return [...names];
  const scored = names.map((name) => ({ name, score: scoreOf(name, wanted) })).filter((one) => one.score > 0);
  scored.sort((a, b) => b.score - a.score || a.name.length - b.name.length || (a.name < b.name ? -1 : 1));
  return scored.map((one) => one.name);
}
