import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { client } from "../api/client.ts";
import type { Parked } from "../api/types.ts";
import { useDesk, useLive, useLost, usePending, useSeconds } from "../phone/context.ts";
import { readable } from "../phone/number.ts";
import { short } from "../ui/format.ts";
import { Section } from "../ui/parts.tsx";

/** ParkedList: calls that wait in a slot, for whoever takes them (BX-25). */
export default function ParkedList() {
  const { t } = useTranslation();
  const parked = useLive((live) => live.parked) ?? [];
  return (
    <Section title={t("parked.title")}>
      <ul className="queue-list">
        {parked.map((one) => (
          <Row key={one.slot} one={one} />
        ))}
      </ul>
    </Section>
  );
}

function Row({ one }: { one: Parked }) {
  const { t } = useTranslation();
  const { calls } = useDesk();
  const wait = useSeconds(one.since);
  const lost = useLost();
  const name = `take ${one.slot}`;
  const pending = usePending(name);
  const who = one.name ?? readable(one.number);
  const take = () => client.POST("/parked/{slot}/take", { params: { path: { slot: one.slot } } });
  return (
    <li className="queue-row parked-row" data-waiting>
      <span className="queue-count num">
        <span className="sr">{t("parked.slot")} </span>
        {one.slot}
      </span>
      <span className="queue-name">
        <strong className="num">{who}</strong>
        <span>{t(one.returning ? "parked.returning" : "parked.by", { name: one.by })}</span>
      </span>
      <span className="queue-wait num" title={t("parked.since")}>
        {short(wait)}
      </span>
      <Button
        size="compact-xs"
        variant="light"
        loading={pending}
        disabled={lost}
        aria-label={t("parked.takeWho", { who })}
        onClick={() => void calls.run(name, take)}
      >
        {t("parked.take")}
      </Button>
    </li>
  );
}
