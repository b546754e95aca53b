// Which demos are shown. The store is small: it is searched here, at once.
import type { Demo } from "../api/types";

// All words of `search` occur in the title, the description or the tags; `tag` is one of the tags, or empty.
export function matches(demo: Demo, search: string, tag: string): boolean {
  if (tag && !demo.tags.includes(tag)) return false;
  const text = [demo.title, demo.description, ...demo.tags].join(" ").toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

// Tags that more than one demo has, the most frequent first: the others find what a search finds.
export function tagsOf(demos: Demo[]): string[] {
  const counts = new Map<string, number>();
  for (const tag of demos.flatMap((demo) => demo.tags)) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return [...counts]
    .filter(([, count]) => count > 1)
    .sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]))
    .map(([tag]) => tag);
}
