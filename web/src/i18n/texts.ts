// What the page says, in English and German. Each area of the page keeps its texts beside its code (texts.ts) and gets a
// typed hook for them: a key that is missing in one language, or unknown, does not compile.
//
//   export const useTexts = area("demos", { en: { title: "Demo Store" }, de: { title: "Demo Store" } });
//   const t = useTexts();  t("title")  t("rows", { count: 3 })     keys rows_one and rows_other, {{count}} in their texts
import i18next from "i18next";
import { initReactI18next, useTranslation } from "react-i18next";

export const kLanguages = { en: "English", de: "Deutsch" } as const;
export type Language = keyof typeof kLanguages;

const kStored = "mimus-language";

function firstLanguage(): Language {
  const stored = localStorage.getItem(kStored);
  if (stored && stored in kLanguages) return stored as Language;
  return navigator.language.toLowerCase().startsWith("de") ? "de" : "en";
}

void i18next.use(initReactI18next).init({
  lng: firstLanguage(),
  fallbackLng: "en",
  resources: {},
  interpolation: { escapeValue: false }, // React escapes
  initAsync: false,
  showSupportNotice: false,
} as Parameters<typeof i18next.init>[0]);
document.documentElement.lang = i18next.language;

export function language(): Language {
  return i18next.language as Language;
}

export function setLanguage(wanted: Language): void {
  localStorage.setItem(kStored, wanted);
  document.documentElement.lang = wanted;
  void i18next.changeLanguage(wanted);
}

type KeyOf<T> = { [K in keyof T & string]: K extends `${infer Base}_one` | `${infer Base}_other` ? Base : K }[keyof T &
  string];
export type Translate<T> = (key: KeyOf<T>, values?: Record<string, string | number>) => string;

export function area<const T extends Record<string, string>>(
  name: string,
  texts: { en: T; de: { [K in keyof T]: string } },
): () => Translate<T> {
  for (const [code, resources] of Object.entries(texts)) i18next.addResourceBundle(code, name, resources);
  return () => {
    const { t } = useTranslation(name);
    return t as unknown as Translate<T>;
  };
}
