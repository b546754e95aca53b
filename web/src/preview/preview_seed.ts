// Seed and clock of a descriptor's preview, kept while the browser's tab is open: so rows change only by what is typed,
// and a run can take them over.
export interface PreviewSeed {
  seed: number;
  now: string;
}

const keyOf = (project: string, entry: string) => `mimus-preview:${project}:${entry}`;

// Short enough to be read out.
export function drawSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0]! % 1_000_000_000;
}

export function keptSeed(project: string, entry: string): PreviewSeed | undefined {
  try {
    const kept = JSON.parse(sessionStorage.getItem(keyOf(project, entry)) ?? "{}") as Partial<PreviewSeed>;
    if (Number.isSafeInteger(kept.seed) && typeof kept.now === "string") return kept as PreviewSeed;
  } catch {
    // Not ours.
  }
  return undefined;
}

export function keepSeed(project: string, entry: string, kept: PreviewSeed): void {
  sessionStorage.setItem(keyOf(project, entry), JSON.stringify(kept));
}
