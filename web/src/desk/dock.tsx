import { ActionIcon, Tooltip } from "@mantine/core";
import {
  IconChevronDown,
  IconLayoutSidebarRightCollapse,
  IconLayoutSidebarRightExpand,
  IconPhone,
} from "@tabler/icons-react";
import { lazy, Suspense, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { linesOf, stageOf } from "../live/in-call.ts";
import { byTelephone, ringing, talking } from "../live/picture.ts";
import { useStore } from "../live/use-store.ts";
import { useDesk, useLines, useLive, useLost } from "../phone/context.ts";
import { Note } from "../ui/parts.tsx";
import { Lights } from "./lights.tsx";
import { PathCard } from "./path-card.tsx";
import { RingCard } from "./ring-card.tsx";
import { StartCard } from "./start-card.tsx";
import { Status } from "./status.tsx";
import { view } from "./view.ts";

/** Only who has started needs these: they come after the first paint, so that they are there when a call is. */
const dialPad = () => import("./dial-pad.tsx");
const lineCard = () => import("./line-card.tsx");
const consult = () => import("./in-call/consult.tsx");
const DialPad = lazy(dialPad);
const LineCard = lazy(lineCard);
const Consult = lazy(consult);

/** Dock is the phone at the right of every page; on a narrow screen a sheet from the bottom. */
export function Dock() {
  const { t } = useTranslation();
  const { folded, sheet } = useStore(view);
  const lost = useLost();
  const ring = useLive((live) => ringing(live.me)?.call);
  const shut = folded && ring === undefined;
  useEffect(() => {
    for (const part of [lineCard, dialPad, consult]) part().catch(() => undefined); // asked for again when it is shown
  }, []);
  return (
    <aside
      className="dock"
      data-shut={shut || undefined}
      data-up={sheet || ring !== undefined || undefined}
      aria-label={t("phone.label")}
    >
      <header className="dock-head">
        <button type="button" className="sheet-down" onClick={() => view.raise(false)} aria-label={t("phone.lower")}>
          <IconChevronDown size={20} />
        </button>
        <div className="still" inert={lost}>
          <Status compact={shut} />
        </div>
        <Tooltip label={t(shut ? "phone.unfold" : "phone.fold")} position="left">
          <ActionIcon
            className="dock-fold"
            variant="subtle"
            color="gray"
            aria-label={t(shut ? "phone.unfold" : "phone.fold")}
            aria-expanded={!shut}
            onClick={() => view.fold(!folded)}
          >
            {shut ? <IconLayoutSidebarRightExpand size={18} /> : <IconLayoutSidebarRightCollapse size={18} />}
          </ActionIcon>
        </Tooltip>
      </header>
      {shut ? <Strip /> : <Inside />}
      <Lights compact={shut} />
    </aside>
  );
}

function Strip() {
  const { t } = useTranslation();
  const busy = useLive((live) => talking(live.me) !== undefined) ?? false;
  return (
    <div className="strip">
      <Tooltip label={t("phone.unfold")} position="left">
        <ActionIcon
          size={40}
          variant={busy ? "filled" : "light"}
          onClick={() => view.fold(false)}
          aria-label={t("phone.unfold")}
        >
          <IconPhone size={20} />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}

/** Inside is what the phone shows: the ringing call first, then the lines, else Start or the pad. */
function Inside() {
  const { t } = useTranslation();
  const { voice, session } = useDesk();
  const stage = useStore(voice.phone, (phone) => phone.stage);
  const desk = useLive((live) => live.me.desk.working) ?? false;
  const chosen = useLive((live) => live.me.voice);
  const telephone = useLive((live) => byTelephone(live.me)) ?? false;
  const known = useLive(() => true) ?? false;
  const lost = useLost();
  const lines = useLines();
  const incoming = lines.filter((line) => line.state === "incoming");
  const others = lines.filter((line) => line.state !== "incoming");
  const on = stage === "ready" || stage === "repairing" || desk || telephone;
  const idle = lines.every((line) => line.state === "ended");
  if (!session.agent) {
    return (
      <div className="dock-body">
        <Note>{t("start.noAgent")}</Note>
      </div>
    );
  }
  return (
    <div className="dock-body">
      <div className="still" inert={lost}>
        {incoming.map((line) => (
          <RingCard key={line.offer ?? line.call} line={line} />
        ))}
      </div>
      <Suspense>
        {others.map((line) =>
          stageOf(others, line.call) !== "consulting" ? (
            <LineCard key={line.call} line={line} several={others.length > 1} />
          ) : (
            line === linesOf(others, line.call)[0] && <Consult key={line.call} call={line.call} lines={others} />
          ),
        )}
      </Suspense>
      <div className="still" inert={lost}>
        {chosen && idle && (telephone || (chosen.persistent && stage === "ready")) && <PathCard voice={chosen} />}
        {known && !on && idle && <StartCard />}
        {on && idle && (
          <Suspense>
            <DialPad />
          </Suspense>
        )}
      </div>
    </div>
  );
}
