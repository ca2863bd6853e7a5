import { Button, NativeSelect } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { outcomesQuery, reasonsQuery, statusesQuery } from "../api/queries.ts";
import type { Line, Me, WrapUp } from "../live/picture.ts";
import { useDesk, usePending, useSeconds } from "../phone/context.ts";
import { short } from "../ui/format.ts";
import { choiceOf, fieldOf } from "./choices.ts";

/** WrapPanel is what an agent says of a queue's call, during it and after it: the next status, the outcome, then Wrap (SP-36). */
export default function WrapPanel({ me, line }: { me: Me; line: Line | undefined }) {
  const { t } = useTranslation();
  const { wrap } = me;
  const call = wrap?.call ?? line?.call;
  const queue = wrap?.queue ?? line?.queue;
  if (call === undefined || queue === undefined) return null;
  return (
    <section
      className="wrap-bar"
      aria-label={t(wrap ? "status.wrap_up" : "wrap.label")}
      data-quiet={!wrap || undefined}
    >
      {wrap && <Left wrap={wrap} chosen={me.outcome?.call === call} />}
      <NextField me={me} />
      <OutcomeField call={call} queue={queue} chosen={me.outcome?.call === call ? me.outcome.outcome : ""} />
      {wrap && <Keys wrap={wrap} />}
    </section>
  );
}

/** Left says how long the wrap-up lasts, or for what it holds the agent (CF-2). */
function Left({ wrap, chosen }: { wrap: WrapUp; chosen: boolean }) {
  const { t } = useTranslation();
  const left = useSeconds(wrap.until, "until");
  return (
    <div role={wrap.held ? "status" : undefined}>
      <strong className="num">{wrap.held ? t("status.wrap_up") : t("status.wrapUpLeft", { left: short(left) })}</strong>
      <span>{t(wrap.held ? "wrap.heldText" : wrap.required && !chosen ? "wrap.requiredText" : "wrap.text")}</span>
    </div>
  );
}

function NextField({ me }: { me: Me }) {
  const { t } = useTranslation();
  const { calls } = useDesk();
  const { data: reasons = [] } = useQuery(reasonsQuery);
  const { data: statuses = [] } = useQuery(statusesQuery);
  const options = [
    { value: "", label: t("wrap.nextSame"), disabled: me.next !== undefined },
    { value: "available", label: t("status.available") },
    ...statuses.map(({ id, name }) => ({ value: `custom:${id}`, label: name })),
    { value: "unavailable:", label: t("status.unavailable") },
    ...reasons.map(({ name }) => ({ value: `unavailable:${name}`, label: name })),
  ];
  return (
    <NativeSelect
      size="xs"
      label={t("wrap.next")}
      data={options}
      value={fieldOf(me.next)}
      onChange={(event) => {
        const choice = choiceOf(event.currentTarget.value);
        if (choice) calls.setStatus(choice);
      }}
    />
  );
}

function OutcomeField({ call, queue, chosen }: { call: string; queue: string; chosen: string }) {
  const { t } = useTranslation();
  const { calls } = useDesk();
  const { data: outcomes = [] } = useQuery(outcomesQuery(queue));
  if (outcomes.length === 0) return null;
  return (
    <NativeSelect
      size="xs"
      label={t("wrap.outcome")}
      data={[
        { value: "", label: t("wrap.outcomeNone"), disabled: true },
        ...outcomes.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      value={chosen}
      onChange={(event) => calls.chooseOutcome(call, event.currentTarget.value)}
    />
  );
}

function Keys({ wrap }: { wrap: WrapUp }) {
  const { t } = useTranslation();
  const { calls } = useDesk();
  const ending = usePending("status");
  const extending = usePending("extend");
  return (
    <>
      {!wrap.held && (
        <Button
          variant="default"
          size="sm"
          leftSection={<IconRefresh size={16} />}
          disabled={wrap.extensions_left < 1}
          loading={extending}
          onClick={calls.extendWrapUp}
        >
          {t("wrap.extend", { count: wrap.extensions_left })}
        </Button>
      )}
      <Button size="sm" loading={ending} onClick={calls.endWrapUp}>
        {t("wrap.end")}
      </Button>
    </>
  );
}
