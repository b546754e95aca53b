// The look of the page. Contrast of texts is 4.5 : 1 or more in both schemes (WCAG 2.2, 1.4.3).
import { createTheme, type CSSVariablesResolver } from "@mantine/core";

export const theme = createTheme({
  primaryColor: "indigo",
  primaryShade: { light: 8, dark: 8 },
  defaultRadius: "md",
  cursorType: "pointer",
  respectReducedMotion: true,
  fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace",
  headings: { fontWeight: "650" },
  components: {
    Tooltip: { defaultProps: { openDelay: 300, events: { hover: true, focus: true, touch: false } } },
    // The header of a dialog is no landmark of the page.
    Modal: {
      defaultProps: {
        closeButtonProps: { "aria-label": "Close / Schließen" },
        attributes: { header: { role: "presentation" } },
      },
    },
    // Long words wrap inside of it instead of widening it.
    Alert: { styles: { body: { minWidth: 0 } } },
    Anchor: { defaultProps: { underline: "always" } },
  },
});

const kColors = ["indigo", "blue", "teal", "green", "orange", "yellow", "red", "gray", "grape", "cyan"];

// Texts on tinted grounds: of badges, alerts, chosen buttons.
function tintedTexts(shade: number, mixed: string): Record<string, string> {
  return Object.fromEntries(
    kColors.map((color) => [
      `--mantine-color-${color}-light-color`,
      `color-mix(in srgb, var(--mantine-color-${color}-${shade}) 60%, ${mixed})`,
    ]),
  );
}

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    ...tintedTexts(9, "black"),
    "--mantine-color-dimmed": "var(--mantine-color-gray-7)",
    "--mantine-color-placeholder": "var(--mantine-color-gray-7)",
    "--mantine-color-error": "var(--mantine-color-red-9)",
    "--mantine-color-anchor": "var(--mantine-color-indigo-8)",
  },
  dark: {
    ...tintedTexts(2, "white"),
    "--mantine-color-dimmed": "var(--mantine-color-dark-1)",
    "--mantine-color-placeholder": "var(--mantine-color-dark-2)",
    "--mantine-color-error": "var(--mantine-color-red-4)",
    "--mantine-color-anchor": "var(--mantine-color-indigo-2)",
  },
});
