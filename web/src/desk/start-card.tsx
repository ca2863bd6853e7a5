import { Button } from "@mantine/core";
import { IconAlertTriangle, IconCheck, IconCircleDashed, IconHeadset, IconLoader2 } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { voiceQuery } from "../api/queries.ts";
import { useStore } from "../live/use-store.ts";
import { type Check, checks } from "../phone/checks.ts";
import { useDesk, useLive, usePending } from "../phone/context.ts";
import type { Failure, Phone } from "../phone/machine.ts";
import { MicrophoneMeter } from "../phone/microphone-meter.tsx";
import { Note } from "../ui/parts.tsx";
import { view } from "./view.ts";

/** StartCard is what the phone shows before it works: Start, the check it runs, and why it did not (SP-2, SP-22). */
export function StartCard() {
  const { t } = useTranslation();
  const { voice, feed, calls } = useDesk();
  const { data: options } = useQuery(voiceQuery);
  const saved = options?.default;
  const pending = usePending("voice");
  const phone = useStore(voice.phone);
  const link = useStore(feed.link);
  const microphone = useStore(voice.microphone);
  const me = useLive((live) => live.me);
  const elsewhere = phone.stage === "elsewhere" || (phone.stage === "stopped" && Boolean(me?.station_tab));
  const busy = phone.stage === "opening" || phone.stage === "connecting";
  const begun = busy || phone.stage === "failed";
  const takeover = elsewhere || refusedElsewhere(phone);
  const byPhone = saved !== undefined && saved.mode !== "web" && !takeover ? saved.mode : undefined;
  const begin = () => {
    if (byPhone === "call_in") return view.chooseVoice(true);
    if (saved && byPhone) return calls.connectVoice(saved);
    voice.stay(saved?.persistent === true);
    voice.signal({ kind: "start", takeover });
  };
  return (
    <section className="start" aria-label={t("start.label")}>
      {!begun && (
        <div className="start-hero">
          <IconHeadset size={30} stroke={1.5} aria-hidden="true" />
          <h2>{t(elsewhere ? "start.elsewhereTitle" : "start.title")}</h2>
          <p>{t(elsewhere ? "start.elsewhereText" : "start.text")}</p>
        </div>
      )}
      {phone.failure && <Failed failure={phone.failure} />}
      {begun && (
        <ol className="checks" aria-label={t("start.checks")}>
          {checks({ phone, link, me }).map((check) => (
            <CheckRow key={check.name} check={check} />
          ))}
        </ol>
      )}
      {microphone && <MicrophoneMeter stream={microphone} label={t("audio.level")} />}
      <Button size="md" fullWidth loading={busy || pending} onClick={begin}>
        {t(takeover ? "start.useHere" : phone.stage === "failed" ? "start.again" : "start.start")}
      </Button>
      {!begun && !elsewhere && <p className="start-hint">{t(byPhone ? `voice.saved.${byPhone}` : "start.hint")}</p>}
      {!busy && (
        <Button variant="subtle" size="xs" onClick={() => view.chooseVoice(true)}>
          {t("voice.another")}
        </Button>
      )}
    </section>
  );
}

const refusedElsewhere = (phone: Phone) => phone.failure?.kind === "refused" && phone.failure.elsewhere;

function CheckRow({ check }: { check: Check }) {
  const { t } = useTranslation();
  const icons = { waiting: IconCircleDashed, running: IconLoader2, good: IconCheck, bad: IconAlertTriangle };
  const Icon = icons[check.state];
  return (
    <li className="check" data-state={check.state}>
      <Icon size={17} stroke={2} aria-hidden="true" />
      <span>{t(`check.${check.name}`)}</span>
      <span className="num check-says">
        {check.milliseconds === undefined
          ? t(`check.${check.state}`)
          : t("check.milliseconds", { count: check.milliseconds })}
      </span>
    </li>
  );
}

function Failed({ failure }: { failure: Failure }) {
  const { t } = useTranslation();
  if (failure.kind === "refused") return <Note tone="red">{failure.sentence}</Note>;
  const key = failure.kind === "voice" ? "voice" : failure.fault;
  return (
    <Note tone="red" title={t(`failure.${key}.title`)}>
      {t(`failure.${key}.text`)}
    </Note>
  );
}
