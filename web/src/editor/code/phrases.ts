// What CodeMirror's own panels say, in German. English is theirs.
import type { Language } from "../../i18n/texts";

const kGerman: Record<string, string> = {
  // @codemirror/search
  Find: "Suchen",
  Replace: "Ersetzen",
  next: "weiter",
  previous: "zurück",
  all: "alle",
  "match case": "Groß/klein",
  "by word": "ganze Wörter",
  regexp: "regulärer Ausdruck",
  replace: "ersetzen",
  "replace all": "alle ersetzen",
  close: "schließen",
  "current match": "dieser Treffer",
  "replaced $ matches": "$ Treffer ersetzt",
  "replaced match on line $": "Treffer in Zeile $ ersetzt",
  "on line": "in Zeile",
  "Go to line": "Zu Zeile",
  go: "los",
  // @codemirror/autocomplete, lint, language, view
  Completions: "Vorschläge",
  Diagnostics: "Befunde",
  "No diagnostics": "Keine Befunde",
  "Fold line": "Zeile einklappen",
  "Unfold line": "Zeile ausklappen",
  "Folded lines": "Eingeklappte Zeilen",
  "Unfolded lines": "Ausgeklappte Zeilen",
  "folded code": "eingeklappter Text",
  unfold: "ausklappen",
  to: "bis",
  "Control character": "Steuerzeichen",
  "Selection deleted": "Auswahl gelöscht",
  // @codemirror/merge
  "$ unchanged lines": "$ gleiche Zeilen",
  "Deleted line": "Gelöschte Zeile",
};

export function phrasesOf(language: Language): Record<string, string> {
  return language === "de" ? kGerman : {};
}
