// Light, dark, or as the system says: one after the other.
import { ActionIcon, Tooltip, useMantineColorScheme } from "@mantine/core";
import { IconDeviceDesktop, IconMoon, IconSun } from "@tabler/icons-react";
import { useTexts } from "./texts";

const kNext = { auto: "light", light: "dark", dark: "auto" } as const;

export function SchemeButton() {
  const t = useTexts();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const names = { auto: t("schemeAuto"), light: t("schemeLight"), dark: t("schemeDark") };
  const icons = { auto: <IconDeviceDesktop size={18} />, light: <IconSun size={18} />, dark: <IconMoon size={18} /> };
  const label = t("scheme", { now: names[colorScheme] });
  return (
    <Tooltip label={label}>
      <ActionIcon variant="default" size={30} aria-label={label} onClick={() => setColorScheme(kNext[colorScheme])}>
        {icons[colorScheme]}
      </ActionIcon>
    </Tooltip>
  );
}
