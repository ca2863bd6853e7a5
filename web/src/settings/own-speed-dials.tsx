import { ActionIcon, Button, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { OwnFields } from "../api/types.ts";

type SpeedDial = OwnFields["speed_dials"][number];

const most = 100;

/** free is the lowest two digits from 01 that no entry has; 00 comes last. */
const free = (entries: readonly SpeedDial[]): string =>
  Array.from({ length: most }, (_, n) => String(n).padStart(2, "0")).find(
    (code) => code !== "00" && !entries.some((one) => one.speed_code === code),
  ) ?? "00";

interface Props {
  entries: readonly SpeedDial[];
  set(entries: SpeedDial[]): void;
}

/** OwnSpeedDials are the numbers that are dialled by two digits (BX-32). */
export function OwnSpeedDials({ entries, set }: Props) {
  const { t } = useTranslation();
  const change = (at: number, part: Partial<SpeedDial>) =>
    set(entries.map((one, i) => (i === at ? { ...one, ...part } : one)));
  return (
    <fieldset className="own-follow" aria-label={t("own.speed.title")}>
      <p>{t("own.speed.text")}</p>
      <ol className="own-follow-list">
        {entries.map((one, at) => (
          // The order is the identity of a row: nothing else tells two empty ones apart.
          // biome-ignore lint/suspicious/noArrayIndexKey: rows are controlled and hold no state
          <li key={at} className="own-speed-row">
            <TextInput
              aria-label={t("own.speed.code", { place: at + 1 })}
              placeholder={t("own.speed.codeHead")}
              value={one.speed_code}
              required
              maxLength={2}
              pattern="[0-9]{2}"
              inputMode="numeric"
              onChange={(event) => change(at, { speed_code: event.currentTarget.value })}
            />
            <TextInput
              aria-label={t("own.speed.label", { place: at + 1 })}
              placeholder={t("own.speed.labelHead")}
              value={one.speed_label ?? ""}
              maxLength={50}
              onChange={(event) => change(at, { speed_label: event.currentTarget.value })}
            />
            <TextInput
              aria-label={t("own.speed.to", { place: at + 1 })}
              placeholder={t("own.speed.toHead")}
              value={one.speed_to}
              required
              maxLength={50}
              onChange={(event) => change(at, { speed_to: event.currentTarget.value })}
            />
            <ActionIcon
              variant="subtle"
              aria-label={t("own.speed.remove", { place: at + 1 })}
              onClick={() => set(entries.filter((_, i) => i !== at))}
            >
              <IconX size={16} />
            </ActionIcon>
          </li>
        ))}
      </ol>
      <div>
        <Button
          variant="default"
          disabled={entries.length >= most}
          onClick={() => set([...entries, { speed_code: free(entries), speed_label: "", speed_to: "" }])}
        >
          {t("own.speed.add")}
        </Button>
      </div>
    </fieldset>
  );
}
