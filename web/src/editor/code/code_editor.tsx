// The text of one file in CodeMirror. Loaded when the first text is opened.
import { historyField } from "@codemirror/commands";
import { foldState } from "@codemirror/language";
import { setDiagnostics, type Diagnostic } from "@codemirror/lint";
import { closeSearchPanel, openSearchPanel, searchPanelOpen } from "@codemirror/search";
import { Annotation, Compartment, EditorState, type EditorStateConfig, type Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { useEffect, useLayoutEffect, useRef, type Ref, useImperativeHandle } from "react";
import { language as pageLanguage } from "../../i18n/texts";
import type { Finding } from "../../api/types";
import type { OpenDocument, Workbench } from "../workbench";
import classes from "./code.module.css";
import { baseExtensions, editingExtensions } from "./extensions";
import type { DescriptorHelp } from "./language";
import { placeOf, rangeAt } from "./places";

export interface CodeEditorHandle {
  focus(): void;
  toggleSearch(): void;
}

// A place to go to: a new object each time, so that the same place can be gone to again. Line 0: only the text.
export interface Target {
  file: string;
  line: number;
  column: number;
}

interface Props {
  workbench: Workbench;
  document: OpenDocument;
  isReadOnly: boolean;
  label: string;
  hint: string; // id of the element that tells how the Tab key works
  findings: readonly Finding[];
  help: DescriptorHelp | null;
  target: Target | null;
  onEdit: (name: string, text: string) => void;
  handle: Ref<CodeEditorHandle>;
}

interface KeptState {
  state: unknown; // as JSON: what an editor does with it is not the next one's
  top: number;
}

const reached = new WeakSet<Target>();
const kKeptFields = { history: historyField, folds: foldState };

// A change that comes from the page, not from somebody who types.
const fromPage = Annotation.define<boolean>();
const kSeverities = { error: "error", warning: "warning", note: "info" } as const;

export default function CodeEditor(props: Props) {
  const parent = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const settings = useRef(new Compartment());
  const latest = useRef(props);
  const { workbench, document, isReadOnly, label, hint, findings, target, handle } = props;
  const language = pageLanguage();
  useLayoutEffect(() => {
    latest.current = props;
  });

  // A file that was open before is as it was left: selection, undo, folds, place.
  useLayoutEffect(() => {
    const kept = workbench.editorStates.get(document.name) as KeptState | undefined;
    const state = stateOf(kept, configOf(latest, settings.current));
    // One view; what it shows changes.
    const shown = view.current ?? new EditorView({ parent: parent.current!, state });
    if (view.current) shown.setState(state);
    view.current = shown;
    if (kept) requestAnimationFrame(() => (shown.scrollDOM.scrollTop = kept.top));
    return () => {
      // Not when the tab has been closed, or the file read anew.
      if (!workbench.get(document.name)) return;
      const state: unknown = shown.state.toJSON(kKeptFields);
      workbench.editorStates.set(document.name, { state, top: shown.scrollDOM.scrollTop });
    };
  }, [workbench, document.name, language]);

  useLayoutEffect(
    () => () => {
      view.current?.destroy();
      view.current = null;
    },
    [],
  );

  useLayoutEffect(() => {
    view.current!.dispatch({ effects: settings.current.reconfigure(settingsOf(isReadOnly, label, hint)) });
  }, [document.name, isReadOnly, label, hint, language]);

  // Only what was not typed: what is typed is here before it is anywhere else.
  useLayoutEffect(() => {
    replaceText(view.current!, workbench.get(document.name)?.text ?? "");
  }, [workbench, document.name, document.revision, language]);

  useEffect(() => {
    const shown = view.current!;
    shown.dispatch(
      setDiagnostics(
        shown.state,
        findings.map((one) => diagnosticOf(shown, one)),
      ),
    );
  }, [findings, document.name, language]);

  useEffect(() => {
    // Once, even when the editor is made anew in a window of another size.
    if (target?.file !== document.name || reached.has(target)) return;
    reached.add(target);
    goTo(view.current!, target);
  }, [target, document.name]);

  useImperativeHandle(handle, () => handleOf(view));
  return <div ref={parent} className={classes.code} data-testid="code" />;
}

function stateOf(kept: KeptState | undefined, config: EditorStateConfig): EditorState {
  if (!kept) return EditorState.create(config);
  return EditorState.fromJSON(kept.state, { extensions: config.extensions! }, kKeptFields);
}

function configOf(latest: { current: Props }, settings: Compartment): EditorStateConfig {
  const { document, isReadOnly, label, hint } = latest.current;
  const changes = EditorView.updateListener.of((update) => {
    if (!update.docChanged || update.transactions.some((one) => one.annotation(fromPage))) return;
    const { document: shown, onEdit } = latest.current;
    onEdit(shown.name, update.state.doc.toString());
  });
  return {
    doc: document.text,
    extensions: [
      baseExtensions(pageLanguage()),
      editingExtensions(document.name, () => latest.current.help),
      settings.of(settingsOf(isReadOnly, label, hint)),
      changes,
    ],
  };
}

function settingsOf(isReadOnly: boolean, label: string, hint: string): Extension {
  return [
    EditorState.readOnly.of(isReadOnly),
    EditorView.contentAttributes.of({
      tabindex: "0",
      "aria-label": label,
      "aria-describedby": hint,
      "aria-readonly": String(isReadOnly),
    }),
  ];
}

// The smallest change that makes the text be `text`, so that the place and the undo history stay.
function replaceText(view: EditorView, text: string): void {
  const before = view.state.doc.toString();
  if (before === text) return;
  let from = 0;
  const shorter = Math.min(before.length, text.length);
  while (from < shorter && before[from] === text[from]) from += 1;
  let same = 0;
  while (same < shorter - from && before[before.length - 1 - same] === text[text.length - 1 - same]) same += 1;
  view.dispatch({
    changes: { from, to: before.length - same, insert: text.slice(from, text.length - same) },
    annotations: fromPage.of(true),
  });
}

function diagnosticOf(view: EditorView, finding: Finding): Diagnostic {
  return {
    ...rangeAt(view.state.doc, finding.line, finding.column),
    severity: kSeverities[finding.severity],
    source: finding.code,
    message: finding.hint ? finding.message + "\n" + finding.hint : finding.message,
  };
}

function goTo(view: EditorView, { line, column }: Target): void {
  if (line > 0) {
    const at = placeOf(view.state.doc, line, column);
    view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: "center" }) });
  }
  view.focus();
}

function handleOf(view: { current: EditorView | null }): CodeEditorHandle {
  return {
    focus: () => view.current?.focus(),
    toggleSearch() {
      const shown = view.current;
      if (!shown) return;
      if (searchPanelOpen(shown.state)) closeSearchPanel(shown);
      else openSearchPanel(shown);
    },
  };
}
