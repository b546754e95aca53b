// The look of the page. Contrast of texts is 4.5 : 1 or more in both schemes (WCAG 2.2, 1.4.3).
import { createTheme, type CSSVariablesResolver } from "@mantine/core";

export const theme = createTheme({
  primaryColor: "indigo",
  primaryShade: { light: 8, dark: 8 },
  defaultRadius: "md",
  cursorType: "pointer",
  fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace",
  headings: { fontWeight: "650" },
  components: {
    Tooltip: { defaultProps: { openDelay: 300, events: { hover: true, focus: true, touch: false } } },
    Modal: { defaultProps: { closeButtonProps: { "aria-label": "Close / Schließen" } } },
    Anchor: { defaultProps: { underline: "always" } },
  },
});

const kColors = ["indigo", "blue", "teal", "green", "orange", "yellow", "red", "gray", "grape", "cyan"];

function lightTexts(shade: number): Record<string, string> {
  return Object.fromEntries(
    kColors.map((color) => [`--mantine-color-${color}-light-color`, `var(--mantine-color-${color}-${shade})`]),
  );
}

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    ...lightTexts(9),
    "--mantine-color-yellow-light-color": "#8a4b00",
    "--mantine-color-orange-light-color": "#a33a00",
    "--mantine-color-dimmed": "var(--mantine-color-gray-7)",
    "--mantine-color-placeholder": "var(--mantine-color-gray-7)",
    "--mantine-color-error": "var(--mantine-color-red-9)",
    "--mantine-color-anchor": "var(--mantine-color-indigo-8)",
  },
  dark: {
    ...lightTexts(2),
    "--mantine-color-dimmed": "var(--mantine-color-dark-1)",
    "--mantine-color-placeholder": "var(--mantine-color-dark-2)",
    "--mantine-color-error": "var(--mantine-color-red-4)",
    "--mantine-color-anchor": "var(--mantine-color-indigo-2)",
  },
});
