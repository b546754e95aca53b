import { area } from "../i18n/texts";

export const useTexts = area("components", {
  en: {
    copy: "Copy",
    copied: "Copied",
    retry: "Try again",
    network: "The server cannot be reached.",
    networkHint: "Check that it runs and that this machine is online; nothing that you have typed is lost.",
    crash: "The page has made a mistake.",
    crashHint: "Reload it. What was saved is safe.",
    reload: "Reload",
    cancel: "Cancel",
    loading: "Loading",
    place: "{{file}}, line {{line}}",
    more: "Show more",
  },
  de: {
    copy: "Kopieren",
    copied: "Kopiert",
    retry: "Noch einmal",
    network: "Der Server ist nicht erreichbar.",
    networkHint: "Läuft er, und ist dieser Rechner im Netz? Was Sie getippt haben, ist nicht verloren.",
    crash: "Die Seite hat einen Fehler gemacht.",
    crashHint: "Laden Sie sie neu. Gespeichertes ist sicher.",
    reload: "Neu laden",
    cancel: "Abbrechen",
    loading: "Lädt",
    place: "{{file}}, Zeile {{line}}",
    more: "Mehr zeigen",
  },
});
