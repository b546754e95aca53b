// Completion and help of descriptors in CodeMirror.
import {
  snippet,
  startCompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from "@codemirror/autocomplete";
import type { Extension } from "@codemirror/state";
import { EditorState } from "@codemirror/state";
import { EditorView, hoverTooltip } from "@codemirror/view";
import { suggestionsAt, type Suggestion } from "./completions";
import { explanationAt, factsOf } from "./explanations";
import type { DescriptorHelp } from "./language";

export type GetHelp = () => DescriptorHelp | null; // null: not a descriptor, or not known yet

const kIcons: Record<Suggestion["kind"], string> = {
  element: "class",
  attribute: "property",
  value: "enum",
  call: "function",
  parameter: "variable",
  name: "variable",
  file: "text",
};

// Texts are shown as texts: nothing of what the server tells is taken for markup.
function lines(title: string, summary: string, facts: readonly string[]): HTMLElement {
  const box = document.createElement("div");
  box.className = "mimus-help";
  const add = (name: string, text: string) => {
    if (text === "") return;
    const line = document.createElement(name);
    line.textContent = text;
    box.append(line);
  };
  add("strong", title);
  add("p", summary);
  add("pre", facts.join("\n"));
  return box;
}

// Fills in, and asks on where a value begins.
function applied(suggestion: Suggestion): Completion["apply"] {
  const text = suggestion.snippet;
  if (text === undefined) return suggestion.label;
  const fill = snippet(text.replaceAll("#{", "\\#{"));
  return (view, completion, from, to) => {
    fill(view, completion, from, to);
    setTimeout(() => startCompletion(view), 0);
  };
}

function completionOf(suggestion: Suggestion): Completion {
  const { label, kind, detail, summary, component } = suggestion;
  const facts = component ? factsOf(component) : [];
  const completion: Completion = { label, type: kIcons[kind], detail, apply: applied(suggestion)! };
  if (summary !== "" || facts.length > 0) completion.info = () => lines(label, summary, facts);
  return completion;
}

export function completeDescriptor(help: GetHelp) {
  return (context: CompletionContext): CompletionResult | null => {
    const known = help();
    if (!known) return null;
    const found = suggestionsAt(context.state.doc.toString(), context.pos, known, context.explicit);
    if (!found || found.options.length === 0) return null;
    return {
      from: found.from,
      to: Math.max(found.to, context.pos),
      options: found.options.map(completionOf),
      validFor: /^[\w-]*$/,
    };
  };
}

export function explainDescriptor(help: GetHelp): Extension {
  return hoverTooltip((view, at) => {
    const known = help();
    const found = known && explanationAt(view.state.doc.toString(), at, known);
    if (!found) return null;
    const { from, to, title, summary, facts } = found;
    return { pos: from, end: to, above: true, create: () => ({ dom: lines(title, summary, facts) }) };
  });
}

const look = EditorView.theme({
  ".mimus-help": { padding: "6px 10px", maxHeight: "40vh", overflow: "auto", fontFamily: "var(--mantine-font-family)" },
  ".mimus-help p": { margin: "4px 0 0" },
  ".mimus-help pre": { margin: "6px 0 0", whiteSpace: "pre-wrap", fontSize: "12px" },
});

export function descriptorExtension(help: GetHelp): Extension {
  // Made once: a source is known by its identity.
  const data = [{ autocomplete: completeDescriptor(help) }];
  return [EditorState.languageData.of(() => data), explainDescriptor(help), look];
}
