import { type CSSVariablesResolver, createTheme, type MantineColorsTuple, Notification } from "@mantine/core";
import i18n from "../i18n/i18n.ts";

const iris: MantineColorsTuple = [
  "#eef1fd",
  "#dde3fb",
  "#b9c4f6",
  "#93a3f0",
  "#7487eb",
  "#5f75e8",
  "#4860dc",
  "#3b53d4",
  "#3247c5",
  "#293ba6",
];

const slate: MantineColorsTuple = [
  "#e9ebef",
  "#b3bac6",
  "#929bab",
  "#6b7483",
  "#3a414b",
  "#2f353d",
  "#1b1f24",
  "#15181c",
  "#111317",
  "#0e1013",
];

export const theme = createTheme({
  primaryColor: "iris",
  primaryShade: { light: 7, dark: 6 },
  colors: { iris, dark: slate },
  fontFamily: '"Inter Variable", system-ui, sans-serif',
  defaultRadius: 6,
  cursorType: "pointer",
  focusRing: "auto",
  respectReducedMotion: true,
  headings: { fontWeight: "640" },
  components: {
    Notification: Notification.extend({
      defaultProps: { closeButtonProps: { "aria-label": i18n.t("notice.close") } },
    }),
  },
});

const shared = {
  "--mantine-color-body": "var(--surface)",
  "--mantine-color-text": "var(--text)",
  "--mantine-color-dimmed": "var(--text-faint)",
  "--mantine-color-placeholder": "var(--text-faint)",
  "--mantine-color-default-border": "var(--line-strong)",
  "--mantine-color-default": "var(--raised)",
  "--mantine-color-default-hover": "var(--hover)",
  "--mantine-color-default-color": "var(--text)",
  "--mantine-color-error": "var(--red)",
  "--mantine-color-anchor": "var(--accent)",
  "--mantine-color-gray-light-hover": "var(--hover)",
};

/** variables lead Mantine's own colours back to ours, so that there is one palette. */
export const variables: CSSVariablesResolver = () => ({ variables: {}, light: shared, dark: shared });
