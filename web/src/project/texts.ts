import { area } from "../i18n/texts";

export const useTexts = area("project", {
  en: {
    files: "Files",
    tasks: "Tasks",
    settings: "Settings",
    parts: "Parts of the project",
    unavailable: "This project cannot be opened",
  },
  de: {
    files: "Dateien",
    tasks: "Aufgaben",
    settings: "Einstellungen",
    parts: "Teile des Projekts",
    unavailable: "Dieses Projekt lässt sich nicht öffnen",
  },
});
