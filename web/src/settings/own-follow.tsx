import { ActionIcon, Button, NativeSelect, NumberInput, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { OwnFields } from "../api/types.ts";

type Followed = OwnFields["follow_numbers"][number];

const ways = ["off", "at_once", "in_order"] as const;
const most = 10;
const fresh: Followed = { follow_to: "", follow_delay_seconds: 0, follow_ring_seconds: 20 };

interface FollowProps {
  way: OwnFields["follow_me"];
  numbers: readonly Followed[];
  outside: boolean;
  set(way: OwnFields["follow_me"], numbers: Followed[]): void;
}

/** OwnFollow is where the own direct calls ring besides the devices (BX-29). */
export function OwnFollow({ way, numbers, outside, set }: FollowProps) {
  const { t } = useTranslation();
  const change = (at: number, part: Partial<Followed>) =>
    set(
      way,
      numbers.map((one, i) => (i === at ? { ...one, ...part } : one)),
    );
  return (
    <fieldset className="own-follow">
      <legend>{t("own.follow.title")}</legend>
      <NativeSelect
        label={t("own.follow.way")}
        description={t(outside ? "own.follow.text" : "own.follow.inside")}
        value={way}
        data={ways.map((value) => ({ value, label: t(`own.follow.${value}`) }))}
        onChange={(event) => {
          const next = ways[event.currentTarget.selectedIndex] ?? "off";
          set(next, next !== "off" && numbers.length === 0 ? [fresh] : [...numbers]);
        }}
      />
      {way !== "off" && (
        <>
          <ol className="own-follow-list">
            {numbers.map((one, at) => (
              // The order is the identity of a row: nothing else tells two empty ones apart.
              // biome-ignore lint/suspicious/noArrayIndexKey: rows are controlled and hold no state
              <li key={at} className="own-follow-row">
                <TextInput
                  label={t("own.follow.number", { place: at + 1 })}
                  value={one.follow_to}
                  required
                  maxLength={50}
                  onChange={(event) => change(at, { follow_to: event.currentTarget.value })}
                />
                <NumberInput
                  label={t("own.follow.delay")}
                  value={one.follow_delay_seconds}
                  min={0}
                  max={120}
                  onChange={(value) => change(at, { follow_delay_seconds: Number(value) || 0 })}
                />
                <NumberInput
                  label={t("own.follow.ring")}
                  value={one.follow_ring_seconds}
                  min={5}
                  max={120}
                  onChange={(value) => change(at, { follow_ring_seconds: Number(value) || 20 })}
                />
                <ActionIcon
                  variant="subtle"
                  aria-label={t("own.follow.remove", { place: at + 1 })}
                  onClick={() =>
                    set(
                      way,
                      numbers.filter((_, i) => i !== at),
                    )
                  }
                >
                  <IconX size={16} />
                </ActionIcon>
              </li>
            ))}
          </ol>
          <Button variant="default" disabled={numbers.length >= most} onClick={() => set(way, [...numbers, fresh])}>
            {t("own.follow.add")}
          </Button>
        </>
      )}
    </fieldset>
  );
}
