import { NativeSelect } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { kLanguages, setLanguage, type Language } from "../i18n/texts";
import { useTexts } from "./texts";

export function LanguageSelect() {
  const t = useTexts();
  const { i18n } = useTranslation();
  return (
    <NativeSelect
      size="xs"
      aria-label={t("language")}
      value={i18n.language}
      onChange={(event) => setLanguage(event.currentTarget.value as Language)}
      data={Object.entries(kLanguages).map(([value, label]) => ({ value, label }))}
    />
  );
}
