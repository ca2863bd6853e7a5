import { Switch } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useStore } from "../live/use-store.ts";
import { preferences } from "../phone/preferences.ts";
import { Kbd } from "../ui/parts.tsx";

const keys = [
  ["A", "answer"],
  ["D", "reject"],
  ["M", "mute"],
  ["H", "hold"],
  ["T", "transfer"],
  ["K", "keypad"],
  ["0–9 * #", "digits"],
  ["Esc", "close"],
] as const;

/** Keyboard: the keys of the phone, and their switch (BX-61). */
export function Keyboard() {
  const { t } = useTranslation();
  const { keys: on } = useStore(preferences);
  return (
    <>
      <div className="settings-switches">
        <Switch
          label={t("keyboard.label")}
          description={t("keyboard.help")}
          checked={on}
          onChange={(event) => preferences.change({ keys: event.currentTarget.checked })}
        />
      </div>
      <table className="settings-keys" data-off={!on || undefined}>
        <caption className="sr">{t("settings.keys.title")}</caption>
        <tbody>
          {keys.map(([key, word]) => (
            <tr key={key}>
              <th scope="row">
                <span className="sr">{key}</span>
                <Kbd>{key}</Kbd>
              </th>
              <td>{t(`keyboard.${word}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
