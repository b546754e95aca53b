// Texts of the tour. Its steps are no components: they ask for the texts when it starts.
import { area, language } from "../i18n/texts";

const kTexts = {
  en: {
    next: "Next",
    done: "Done",
    progress: "{{current}} of {{total}}",
    welcome: "Welcome to Mimus",
    welcomeText: "Five minutes: clone a demo, look at it, run it, and fetch what it makes. Escape ends the tour.",
    store: "The Demo Store",
    storeText: "Small projects that work as they are: the fastest way to begin.",
    clone: "Clone “Basic JSON”",
    cloneText: "Next clones it: you get a project of your own that you may change as you like.",
    editor: "The descriptor",
    editorText:
      "It says what data you need. Every generate makes records, its keys are their fields. Type < for what may stand here, and point at a word to read about it.",
    preview: "The preview",
    previewText: "The first records, made anew while you type. The same seed gives the same data, always.",
    run: "Run",
    runText:
      "Makes all records, and writes them to where the descriptor says: files, databases, messages. Next presses it.",
    task: "The task",
    taskText: "Progress and log while it runs, then its artifacts: look at them, download them, or copy the curl line.",
    settings: "Tokens and settings",
    settingsText: "Programs and pipelines do all of this with an access token: make one under Settings, Access tokens.",
    end: "That is it",
    endText: "The help menu has this tour, the keyboard shortcuts and the documentation of the API.",
  },
  de: {
    next: "Weiter",
    done: "Fertig",
    progress: "{{current}} von {{total}}",
    welcome: "Willkommen bei Mimus",
    welcomeText:
      "Fünf Minuten: eine Demo klonen, ansehen, starten, und holen, was entsteht. Escape beendet den Rundgang.",
    store: "Der Demo Store",
    storeText: "Kleine Projekte, die so laufen, wie sie sind: der schnellste Anfang.",
    clone: "„Basic JSON“ klonen",
    cloneText: "Weiter klont sie: Sie bekommen ein eigenes Projekt, das Sie ändern dürfen, wie Sie wollen.",
    editor: "Der Deskriptor",
    editorText:
      "Er sagt, welche Daten Sie brauchen. Jedes generate macht Datensätze, seine keys sind ihre Felder. Tippen Sie < für das, was hier stehen darf, und zeigen Sie auf ein Wort, um darüber zu lesen.",
    preview: "Die Vorschau",
    previewText: "Die ersten Datensätze, neu gemacht, während Sie tippen. Derselbe Seed ergibt immer dieselben Daten.",
    run: "Starten",
    runText:
      "Macht alle Datensätze und schreibt sie dorthin, wohin der Deskriptor sagt: Dateien, Datenbanken, Nachrichten. Weiter drückt ihn.",
    task: "Die Aufgabe",
    taskText:
      "Fortschritt und Protokoll, solange sie läuft, dann ihre Artefakte: ansehen, herunterladen, oder die curl-Zeile kopieren.",
    settings: "Tokens und Einstellungen",
    settingsText:
      "Programme und Pipelines tun all das mit einem Zugriffstoken: legen Sie eines an, unter Einstellungen, Zugriffstokens.",
    end: "Das war es",
    endText: "Im Hilfemenü sind dieser Rundgang, die Tastenkürzel und die Dokumentation der API.",
  },
} as const;

area("tour", kTexts as { en: Record<string, string>; de: Record<string, string> });

export function texts(): Record<keyof typeof kTexts.en, string> {
  return kTexts[language()];
}
