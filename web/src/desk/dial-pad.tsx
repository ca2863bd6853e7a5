import { ActionIcon, Select, TextInput } from "@mantine/core";
import { IconAlertTriangle, IconBackspace, IconPhone } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { callerIdsQuery } from "../api/queries.ts";
import { useStore } from "../live/use-store.ts";
import { useDesk, usePending } from "../phone/context.ts";
import { dialable, readable } from "../phone/number.ts";
import { keyTone } from "../phone/sound.ts";
import { Keys } from "./keys.tsx";
import { Permission, useBlocked } from "./permission.tsx";

const SpeedDials = lazy(() => import("./speed-dials.tsx"));

/** DialPad: From, number, twelve keys, Dial (SP-4, SP-5). */
export default function DialPad() {
  const { t } = useTranslation();
  const { calls } = useDesk();
  const { number, refusal } = useStore(calls.pad);
  const dialling = usePending("dial");
  const blocked = useBlocked(number);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    calls.dial(number);
  };
  const key = (digit: string) => {
    keyTone(digit);
    calls.writePad({ number: calls.pad.get().number + digit });
  };
  return (
    <form className="pad" onSubmit={submit} aria-label={t("pad.label")}>
      <From />
      <TextInput
        className="pad-number"
        size="lg"
        variant="unstyled"
        value={number}
        onChange={(event) => calls.writePad({ number: event.currentTarget.value })}
        placeholder={t("pad.placeholder")}
        aria-label={t("pad.number")}
        inputMode="tel"
        autoComplete="off"
        rightSection={
          number !== "" && (
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={t("pad.erase")}
              onClick={() => calls.writePad({ number: number.slice(0, -1) })}
            >
              <IconBackspace size={20} />
            </ActionIcon>
          )
        }
      />
      <Permission number={number} />
      {refusal !== "" && (
        <p className="pad-refusal" role="alert">
          <IconAlertTriangle size={16} aria-hidden="true" />
          {refusal}
        </p>
      )}
      <Keys press={key} />
      <button type="submit" className="key-dial" disabled={dialable(number) === "" || blocked} aria-busy={dialling}>
        <IconPhone size={20} aria-hidden="true" />
        {t("pad.dial")}
      </button>
      <Suspense>
        <SpeedDials />
      </Suspense>
    </form>
  );
}

function From() {
  const { t } = useTranslation();
  const { calls } = useDesk();
  const { from } = useStore(calls.pad);
  const { data: ids = [] } = useQuery(callerIdsQuery);
  if (ids.length === 0) return null;
  const preselected = ids.find((id) => id.is_default)?.number ?? ids[0]?.number ?? "";
  return (
    <div className="pad-from">
      <span aria-hidden="true">{t("pad.from")}</span>
      <Select
        size="sm"
        variant="unstyled"
        aria-label={t("pad.from")}
        allowDeselect={false}
        value={from === "" ? preselected : from}
        onChange={(next) => calls.writePad({ from: next ?? "" })}
        data={ids.map((id) => ({
          value: id.number,
          label: [id.label, readable(id.number)].filter(Boolean).join(" · "),
        }))}
      />
    </div>
  );
}
