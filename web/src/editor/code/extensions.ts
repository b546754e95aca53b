// What an editor of a text can do.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, foldGutter, foldKeymap, indentOnInput, indentUnit } from "@codemirror/language";
import { lintGutter, lintKeymap } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { EditorState, type Extension } from "@codemirror/state";
import {
  crosshairCursor,
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  rectangularSelection,
} from "@codemirror/view";
import type { Language } from "../../i18n/texts";
import { nonce } from "../../nonce";
import { descriptorExtension, type GetHelp } from "./descriptor_extension";
import { languageOf } from "./file_language";
import { phrasesOf } from "./phrases";
import { theme } from "./theme";

// What every text on the page has, comparisons too.
export function baseExtensions(language: Language): Extension {
  return [
    EditorView.cspNonce.of(nonce()),
    EditorState.phrases.of(phrasesOf(language)),
    // CRLF never gets here (content.ts); a lone CR is a character.
    EditorState.lineSeparator.of("\n"),
    lineNumbers(),
    highlightSpecialChars(),
    theme,
  ];
}

export function editingExtensions(name: string, help: GetHelp): Extension {
  return [
    lintGutter(),
    foldGutter(),
    highlightActiveLineGutter(),
    history(),
    drawSelection(),
    EditorState.allowMultipleSelections.of(true),
    indentOnInput(),
    indentUnit.of("  "),
    bracketMatching(),
    closeBrackets(),
    autocompletion({ icons: true }),
    rectangularSelection(),
    crosshairCursor(),
    highlightActiveLine(),
    highlightSelectionMatches(),
    search({ top: true }),
    keymap.of([
      ...closeBracketsKeymap,
      ...defaultKeymap,
      ...searchKeymap,
      ...historyKeymap,
      ...foldKeymap,
      ...completionKeymap,
      ...lintKeymap,
      indentWithTab,
    ]),
    languageOf(name),
    descriptorExtension(help),
  ];
}
