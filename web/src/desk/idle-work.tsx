import { Button } from "@mantine/core";
import { IconPhoneIncoming } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { callsQuery } from "../api/queries.ts";
import type { CallRow } from "../api/types.ts";
import { atWork, type Me } from "../live/picture.ts";
import { useTick } from "../live/use-store.ts";
import { useDesk, useLive } from "../phone/context.ts";
import { CallTable } from "../record/call-table.tsx";
import { dayKey, longDay, short } from "../ui/format.ts";
import { Empty, Note, Section } from "../ui/parts.tsx";

/** Only the demo has it, so only the demo loads it. */
const DemoCard = lazy(() => import("./demo-card.tsx"));

/** IdleWork is the page between calls: how things stand, the day so far, and in the demo a way to be called. */
export function IdleWork() {
  const { t, i18n } = useTranslation();
  const { session } = useDesk();
  const me = useLive((live) => live.me);
  const now = new Date(useTick());
  const hour = now.getHours();
  const part = hour < 5 ? "evening" : hour < 12 ? "morning" : hour < 18 ? "afternoon" : "evening";
  const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate()).toISOString();
  const { data } = useQuery(callsQuery({ from: midnight, limit: 100 }));
  const first = session.user.name.split(" ")[0] ?? session.user.name;
  return (
    <div className="idle">
      <header className="idle-head">
        <p className="idle-date">{longDay(now, i18n.language)}</p>
        <h2>{t(`idle.${part}`, { name: first })}</h2>
        <p className="idle-say">{me && t(`idle.${situation(me)}`)}</p>
      </header>
      {me?.status === "unavailable" && me.reason === autoPause && <Paused />}
      {session.demo && (
        <Suspense>
          <DemoCard ready={me?.status === "available"} />
        </Suspense>
      )}
      <Today rows={data?.items} key={dayKey(now)} />
    </div>
  );
}

const autoPause = "Auto pause"; // the system's own reason (QU-16)

/** Paused says why no more calls come, and that the person ends it (VC-8). */
function Paused() {
  const { t } = useTranslation();
  const { calls } = useDesk();
  return (
    <Note tone="orange" title={t("idle.pausedTitle")}>
      {t("idle.pausedText")}{" "}
      <Button size="compact-sm" variant="light" onClick={() => calls.setStatus({ status: "available" })}>
        {t("idle.pausedBack")}
      </Button>
    </Note>
  );
}

function situation(me: Me) {
  if (!atWork(me)) return "notStarted" as const;
  if (me.status === "available") return "available" as const;
  if (me.status === "unavailable") return "unavailable" as const;
  return "other" as const;
}

function Today({ rows }: { rows: readonly CallRow[] | undefined }) {
  const { t } = useTranslation();
  if (!rows) return null;
  const answered = rows.filter((row) => row.disposition === "answered");
  const talk = answered.reduce((sum, row) => sum + row.talk_time_seconds, 0);
  const missed = rows.filter((row) => row.disposition !== undefined && row.disposition !== "answered").length;
  const figures = [
    { word: t("idle.calls"), value: String(rows.length) },
    { word: t("idle.answered"), value: String(answered.length) },
    { word: t("idle.unanswered"), value: String(missed) },
    { word: t("idle.talk"), value: short(talk) },
    { word: t("idle.averageTalk"), value: answered.length === 0 ? "–" : short(talk / answered.length) },
  ];
  return (
    <Section title={t("idle.today")}>
      <dl className="figures">
        {figures.map((figure) => (
          <div key={figure.word}>
            <dt>{figure.word}</dt>
            <dd className="num">{figure.value}</dd>
          </div>
        ))}
      </dl>
      {rows.length === 0 ? (
        <Empty icon={<IconPhoneIncoming size={26} stroke={1.4} />} title={t("idle.noneTitle")}>
          <p>{t("idle.noneText")}</p>
        </Empty>
      ) : (
        <div className="idle-table">
          <CallTable label={t("idle.today")} rows={rows} days={false} />
        </div>
      )}
    </Section>
  );
}
