import { type MantineColorScheme, SegmentedControl, useMantineColorScheme } from "@mantine/core";
import { useTranslation } from "react-i18next";

/** Appearance: light, dark, or as the system (BX-62). */
export function Appearance() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <div className="settings-rows">
      <fieldset className="settings-row">
        <legend>{t("appearance.theme")}</legend>
        <SegmentedControl
          aria-label={t("appearance.theme")}
          value={colorScheme}
          onChange={(next) => setColorScheme(next as MantineColorScheme)}
          data={[
            { value: "light", label: t("appearance.light") },
            { value: "dark", label: t("appearance.dark") },
            { value: "auto", label: t("appearance.system") },
          ]}
        />
      </fieldset>
    </div>
  );
}
