// Two texts and what differs: side by side where there is room, else one below the other.
import { MergeView, unifiedMergeView } from "@codemirror/merge";
import { EditorState, type Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { useMediaQuery } from "@mantine/hooks";
import { useLayoutEffect, useRef } from "react";
import { language as pageLanguage } from "../../i18n/texts";
import classes from "./code.module.css";
import { baseExtensions } from "./extensions";
import { languageOf } from "./file_language";

interface Props {
  name: string; // of the file
  before: string;
  after: string;
  labels: [string, string];
}

const look = EditorView.theme({
  ".cm-changedLine": { backgroundColor: "var(--code-added) !important" },
  ".cm-deletedChunk": { backgroundColor: "var(--code-removed)" },
  "&.cm-merge-a .cm-changedLine": { backgroundColor: "var(--code-removed) !important" },
  "&.cm-merge-a .cm-changedText, .cm-deletedText, .cm-deletedChunk .cm-deletedText": {
    background: "var(--code-removed-text)",
  },
  "&.cm-merge-b .cm-changedText, .cm-changedText": { background: "var(--code-added-text)" },
  ".cm-collapsedLines": { background: "var(--code-match)", color: "var(--mantine-color-text)", padding: "4px 8px" },
});

function shown(name: string, label: string): Extension {
  return [
    baseExtensions(pageLanguage()),
    languageOf(name),
    EditorState.readOnly.of(true),
    EditorView.contentAttributes.of({ "aria-label": label, "aria-readonly": "true" }),
    look,
  ];
}

const kCollapse = { margin: 3, minSize: 6 };
const kDiff = { scanLimit: 2000, timeout: 500 };

function sideBySide(parent: HTMLElement, { name, before, after, labels }: Props): () => void {
  const view = new MergeView({
    parent,
    a: { doc: before, extensions: shown(name, labels[0]) },
    b: { doc: after, extensions: shown(name, labels[1]) },
    collapseUnchanged: kCollapse,
    diffConfig: kDiff,
  });
  return () => view.destroy();
}

function unified(parent: HTMLElement, { name, before, after, labels }: Props): () => void {
  const merged = unifiedMergeView({
    original: before,
    mergeControls: false,
    collapseUnchanged: kCollapse,
    diffConfig: kDiff,
  });
  const view = new EditorView({
    parent,
    state: EditorState.create({ doc: after, extensions: [shown(name, labels.join(" – ")), merged] }),
  });
  return () => view.destroy();
}

export default function Difference(props: Props) {
  const parent = useRef<HTMLDivElement>(null);
  const isWide = useMediaQuery("(min-width: 900px)", true, { getInitialValueInEffect: false });
  const { name, before, after } = props;
  const [left, right] = props.labels;
  useLayoutEffect(() => {
    const shownProps: Props = { name, before, after, labels: [left, right] };
    return isWide ? sideBySide(parent.current!, shownProps) : unified(parent.current!, shownProps);
  }, [name, before, after, left, right, isWide]);
  return <div ref={parent} className={classes.difference} data-testid="difference" />;
}
