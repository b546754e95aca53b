// What is open in the editor: tabs, and the texts being edited. It outlives the page's parts, so that going to a task and
// back loses nothing, and keeps unsaved texts in the browser's session storage, so that a reload or an ended session
// loses nothing either. One for each person and project.
import { useSyncExternalStore } from "react";
import type { FileContent, LineEnd } from "./content";

export interface OpenDocument {
  name: string;
  content: FileContent;
  etag: string; // of what was read or saved last
  saved: string; // that text
  text: string; // as it is now
  revision: number; // of changes that were not typed: then the code editor shows this text
  lineEnd: LineEnd;
}

interface Draft {
  etag: string;
  saved: string;
  text: string;
  lineEnd: LineEnd;
}

interface Stored {
  tabs: string[];
  drafts: Record<string, Draft>;
}

function documentOf(name: string, draft: Draft): OpenDocument {
  const { saved, lineEnd } = draft;
  return { name, content: { kind: "text", text: saved, lineEnd }, revision: 0, ...draft };
}

export const isDirty = (document: OpenDocument) => document.text !== document.saved;

function readStored(key: string): Stored {
  try {
    const stored = JSON.parse(sessionStorage.getItem(key) ?? "{}") as Partial<Stored>;
    return { tabs: stored.tabs ?? [], drafts: stored.drafts ?? {} };
  } catch {
    return { tabs: [], drafts: {} };
  }
}

export class Workbench {
  tabs: string[];
  // Of the code editor: selection, undo and place of each text.
  readonly editorStates = new Map<string, unknown>();
  private readonly documents = new Map<string, OpenDocument>();
  private readonly listeners = new Set<() => void>();
  private version = 0;
  private revisions = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly key: string) {
    const stored = readStored(key);
    this.tabs = stored.tabs;
    for (const [name, draft] of Object.entries(stored.drafts)) this.documents.set(name, documentOf(name, draft));
    window.addEventListener("pagehide", () => this.store());
  }

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };
  readonly snapshot = () => this.version;

  get(name: string): OpenDocument | undefined {
    return this.documents.get(name);
  }

  isDirty(name: string): boolean {
    const document = this.documents.get(name);
    return document !== undefined && isDirty(document);
  }

  dirtyNames(): string[] {
    return [...this.documents.values()].filter(isDirty).map((document) => document.name);
  }

  // A tab of that name, at the end when there is none.
  open(name: string): void {
    if (this.tabs.includes(name)) return;
    this.tabs = [...this.tabs, name];
    this.changed();
  }

  close(name: string): void {
    this.tabs = this.tabs.filter((tab) => tab !== name);
    this.documents.delete(name);
    this.editorStates.delete(name);
    this.changed();
  }

  // What the server has. An unsaved text from before, or of now, stays, on the version it was made of.
  loaded(name: string, content: FileContent, etag: string): void {
    const present = this.documents.get(name);
    if (present && isDirty(present)) return;
    const revision = this.nextRevision();
    const text = content.kind === "text" || content.kind === "excerpt" ? content.text : "";
    const lineEnd = content.kind === "text" ? content.lineEnd : "\n";
    this.documents.set(name, { name, content, etag, saved: text, text, revision, lineEnd });
    this.changed();
  }

  edit(name: string, text: string): void {
    this.replace(name, { text });
  }

  // A change by the page, not by typing.
  rewrite(name: string, text: string): void {
    this.replace(name, { text, revision: this.nextRevision() });
  }

  // `text` is now on the server under `etag`; what has been typed since stays unsaved.
  saved(name: string, text: string, etag: string): void {
    this.replace(name, { saved: text, etag });
  }

  // Takes what the server has, and drops one's own text.
  takeTheirs(name: string, content: FileContent, etag: string): void {
    this.documents.delete(name);
    this.loaded(name, content, etag);
  }

  // Drops one's own text; that of the server is read again.
  discard(name: string): void {
    this.documents.delete(name);
    this.changed();
  }

  renamed(from: string, to: string): void {
    this.tabs = this.tabs.map((tab) => (tab === from ? to : tab));
    const document = this.documents.get(from);
    this.documents.delete(from);
    this.editorStates.delete(from); // of another language, perhaps
    if (document) this.documents.set(to, { ...document, name: to });
    this.changed();
  }

  private nextRevision(): number {
    this.revisions += 1;
    return this.revisions;
  }

  private replace(name: string, change: Partial<OpenDocument>): void {
    const document = this.documents.get(name);
    if (!document) return;
    this.documents.set(name, { ...document, ...change });
    this.changed();
  }

  private changed(): void {
    this.version += 1;
    for (const listener of this.listeners) listener();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.store(), 300);
  }

  private store(): void {
    clearTimeout(this.timer);
    const drafts = new Map<string, Draft>();
    for (const document of this.documents.values()) {
      const { name, etag, saved, text, lineEnd } = document;
      if (isDirty(document)) drafts.set(name, { etag, saved, text, lineEnd });
    }
    try {
      sessionStorage.setItem(this.key, JSON.stringify({ tabs: this.tabs, drafts: Object.fromEntries(drafts) }));
    } catch {
      // Full: the texts stay here, and the browser asks before the page is left.
    }
  }
}

const workbenches = new Map<string, Workbench>();

export function workbenchOf(user: string, project: string): Workbench {
  const key = `mimus-editor:${user}:${project}`;
  const known = workbenches.get(key);
  if (known) return known;
  const made = new Workbench(key);
  workbenches.set(key, made);
  return made;
}

export function useWorkbench(workbench: Workbench): Workbench {
  useSyncExternalStore(workbench.subscribe, workbench.snapshot);
  return workbench;
}
