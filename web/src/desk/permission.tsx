import { Button, TextInput } from "@mantine/core";
import { IconAlertTriangle, IconCheck, IconClock, IconUrgent } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { requestOverride } from "../api/commands.ts";
import { words } from "../api/problem.ts";
import { dialCheckQuery } from "../api/queries.ts";
import type { Override } from "../live/picture.ts";
import { useLive, useSeconds } from "../phone/context.ts";
import { dialable } from "../phone/number.ts";
import { short } from "../ui/format.ts";

/** The fewest digits about which the server is asked. */
const fewest = 3;

function useCheck(number: string) {
  const to = dialable(number);
  const { data } = useQuery({ ...dialCheckQuery(to), enabled: to.length >= fewest });
  return to.length >= fewest ? data : undefined;
}

/** useOverride is one's latest request for a call to a number in its full form. */
function useOverride(number: string | undefined): Override | undefined {
  const own = useLive((live) => live.me.agent);
  const all = useLive((live) => live.overrides) ?? [];
  return all.findLast((override) => override.agent === own && override.number === number);
}

/** useBlocked says whether the class of service keeps this number from being dialled (SP-7). */
export function useBlocked(number: string): boolean {
  const check = useCheck(number);
  const override = useOverride(check?.number);
  return check?.rule !== undefined && override?.state !== "approved";
}

/** Permission tells under the number why it may not be called, and lets a supervisor be asked (CS-5). */
export function Permission({ number }: { number: string }) {
  const { t } = useTranslation();
  const check = useCheck(number);
  const override = useOverride(check?.number);
  if (!check) return null;
  if (check.emergency) {
    return (
      <Say tone="red" icon={<IconUrgent size={16} aria-hidden="true" />}>
        {t("permission.emergency")}
      </Say>
    );
  }
  if (check.rule === undefined) return null;
  if (override?.state === "approved" || override?.state === "requested") return <Standing override={override} />;
  return (
    <div className="permission">
      <Say tone="red" icon={<IconAlertTriangle size={16} aria-hidden="true" />}>
        {check.why}
      </Say>
      {override && <Standing override={override} />}
      <Ask to={check.number ?? number} key={check.number} />
    </div>
  );
}

/** Standing is how one's request stands. */
function Standing({ override }: { override: Override }) {
  const { t } = useTranslation();
  const left = short(useSeconds(override.until, "until"));
  const name = override.by_name ?? t("permission.someone");
  switch (override.state) {
    case "requested":
      return (
        <Say tone="plain" icon={<IconClock size={16} aria-hidden="true" />}>
          {t("permission.waiting", { left })}
        </Say>
      );
    case "approved":
      return (
        <Say tone="green" icon={<IconCheck size={16} aria-hidden="true" />}>
          {t("permission.approved", { name, left })}
        </Say>
      );
    case "denied":
      return <Say tone="red">{t("permission.denied", { name })}</Say>;
    case "timeout":
      return <Say tone="red">{t("permission.timeout")}</Say>;
    default:
      return null;
  }
}

function Say({ tone, icon, children }: { tone: "red" | "green" | "plain"; icon?: ReactNode; children: ReactNode }) {
  return (
    <p className="permission-say" data-tone={tone} role="status">
      {icon}
      {children}
    </p>
  );
}

function Ask({ to }: { to: string }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [note, setNote] = useState("");
  const ask = useMutation({
    mutationFn: () => requestOverride(note === "" ? { to } : { to, note }),
    onSuccess: () => setOpen(false),
  });
  if (!open) {
    return (
      <Button variant="default" size="compact-md" onClick={() => setOpen(true)}>
        {t("permission.ask")}
      </Button>
    );
  }
  return (
    <div className="permission">
      <TextInput
        label={t("permission.note")}
        value={note}
        maxLength={500}
        data-autofocus
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      {ask.error && <Say tone="red">{words(ask.error)}</Say>}
      <Button size="compact-md" loading={ask.isPending} onClick={() => ask.mutate()}>
        {t("permission.send")}
      </Button>
    </div>
  );
}
