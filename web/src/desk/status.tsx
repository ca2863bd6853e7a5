import { Menu, UnstyledButton } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import type { Me } from "../live/picture.ts";
import { StatusMark } from "../live/status-mark.tsx";
import { useLive, usePending, useSeconds } from "../phone/context.ts";
import { Elapsed } from "../phone/parts.tsx";
import { short } from "../ui/format.ts";
import { Countdown } from "../ui/parts.tsx";
import { nextWords } from "./choices.ts";

/** What is in the menu is loaded when it is opened first. */
const StatusMenu = lazy(() => import("./status-menu.tsx"));

/** Status is the selector on top of the phone (SP-18 to SP-20, SP-37). */
export function Status({ compact }: { compact: boolean }) {
  const { t } = useTranslation();
  const me = useLive((live) => live.me);
  const pending = usePending("status");
  if (!me) return <div className="status-button" aria-busy="true" />;
  return (
    <Menu
      position={compact ? "left-start" : "bottom-start"}
      width={292}
      shadow="md"
      withinPortal={false}
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        <UnstyledButton className="status-button" aria-busy={pending}>
          <span className="sr">{t("status.label")} </span>
          {compact && <span className="sr">{t(`status.${me.status}`)}</span>}
          {me.status === "wrap_up" && me.wrap ? (
            <WrapFace me={me} compact={compact} />
          ) : (
            <Face me={me} compact={compact} />
          )}
          {!compact && <IconChevronDown size={16} className="status-arrow" aria-hidden="true" />}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown className="status-menu">
        <Suspense>
          <StatusMenu me={me} />
        </Suspense>
      </Menu.Dropdown>
    </Menu>
  );
}

function Face({ me, compact }: { me: Me; compact: boolean }) {
  const { t } = useTranslation();
  return (
    <>
      <span className="status-shape" data-status={me.status}>
        <StatusMark status={me.status} size={compact ? 22 : 20} colour={me.custom?.colour} />
      </span>
      {!compact && (
        <span className="status-words">
          <strong data-status={me.status}>{me.custom?.name ?? t(`status.${me.status}`)}</strong>
          <span>
            {me.reason && `${me.reason} · `}
            <Elapsed since={me.since} />
            {me.next && ` · ${t("status.next", { status: nextWords(me.next, t) })}`}
          </span>
        </span>
      )}
    </>
  );
}

function WrapFace({ me, compact }: { me: Me; compact: boolean }) {
  const { t } = useTranslation();
  const until = me.wrap?.until ?? me.since;
  const left = useSeconds(until, "until");
  const total = (Date.parse(until) - Date.parse(me.wrap?.started_at ?? me.since)) / 1000;
  return (
    <>
      <Countdown part={total > 0 ? left / total : 0} size={compact ? 26 : 30} />
      {!compact && (
        <span className="status-words">
          <strong data-status="wrap_up" className="num">
            {me.wrap?.held ? t("status.wrap_up") : t("status.wrapUpLeft", { left: short(left) })}
          </strong>
          <span>{me.wrap?.held ? t("wrap.held") : (me.wrap?.queue_name ?? t("status.wrapUpHint"))}</span>
        </span>
      )}
    </>
  );
}
