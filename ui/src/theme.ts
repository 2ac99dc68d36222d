import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from "@mantine/core";

/** Herald's own colour. White text on 6 and darker keeps a contrast above 4.5. */
const marine: MantineColorsTuple = [
  "#e5f7fa",
  "#cdebf1",
  "#9fd7e2",
  "#6dc2d3",
  "#45afc4",
  "#2a98af",
  "#157f96",
  "#0b6b7d",
  "#075767",
  "#034250",
];

export const theme = createTheme({
  colors: { marine },
  primaryColor: "marine",
  primaryShade: { light: 7, dark: 6 },
  defaultRadius: "md",
  cursorType: "pointer",
  respectReducedMotion: true,
  fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Mono', 'Liberation Mono', Menlo, monospace",
  headings: { fontWeight: "650", textWrap: "balance" },
  components: {
    // A coloured title on a tint of the same colour is hard to read; the icon and the tint say enough.
    Alert: { styles: { title: { color: "var(--mantine-color-text)" } } },
    Anchor: { defaultProps: { inherit: true } },
    Tooltip: { defaultProps: { openDelay: 250, withArrow: true, multiline: true } },
    Select: { defaultProps: { checkIconPosition: "right" } },
    Modal: { defaultProps: { centered: true } },
  },
});

/** The library's greys for secondary text are too pale for small print; these keep a contrast of 4.5 on every background that we use. */
export const cssVariables: CSSVariablesResolver = (theme) => ({
  variables: {},
  light: {
    "--mantine-color-body": "#ffffff",
    "--mantine-color-dimmed": theme.colors.gray[7],
    "--mantine-color-placeholder": "#6b737b",
    "--mantine-color-error": theme.colors.red[9],
    "--herald-ground": "#f6f8f9",
    "--herald-line": theme.colors.gray[3],
  },
  dark: {
    "--mantine-color-body": "#16191d",
    "--mantine-color-dimmed": "#a9b1ba",
    "--mantine-color-placeholder": "#949ca5",
    "--mantine-color-error": theme.colors.red[4],
    "--herald-ground": "#101316",
    "--herald-line": "#2c3238",
  },
});
