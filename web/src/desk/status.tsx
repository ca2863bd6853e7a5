import { Menu, UnstyledButton } from "@mantine/core";
import {
  IconChevronDown,
  IconDeviceLandlinePhone,
  IconPlayerPlay,
  IconPlayerStop,
  IconRefresh,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { reasonsQuery } from "../api/queries.ts";
import { atWork, byTelephone, type Me, talking } from "../live/picture.ts";
import { StatusMark } from "../live/status-mark.tsx";
import { useStore } from "../live/use-store.ts";
import { useDesk, useLive, usePending, useSeconds } from "../phone/context.ts";
import { working } from "../phone/machine.ts";
import { Elapsed } from "../phone/parts.tsx";
import { short } from "../ui/format.ts";
import { Countdown } from "../ui/parts.tsx";

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
        <Choices me={me} />
        <Work me={me} />
      </Menu.Dropdown>
    </Menu>
  );
}

function Face({ me, compact }: { me: Me; compact: boolean }) {
  const { t } = useTranslation();
  return (
    <>
      <span className="status-shape" data-status={me.status}>
        <StatusMark status={me.status} size={compact ? 22 : 20} />
      </span>
      {!compact && (
        <span className="status-words">
          <strong data-status={me.status}>{t(`status.${me.status}`)}</strong>
          <span>
            {me.reason && `${me.reason} · `}
            <Elapsed since={me.since} />
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
            {t("status.wrapUpLeft", { left: short(left) })}
          </strong>
          <span>{me.wrap?.queue_name ?? t("status.wrapUpHint")}</span>
        </span>
      )}
    </>
  );
}

function Choices({ me }: { me: Me }) {
  const { t } = useTranslation();
  const { calls } = useDesk();
  const { data: reasons = [] } = useQuery(reasonsQuery);
  const wrapping = me.status === "wrap_up";
  if (!atWork(me)) return <Menu.Label>{t("status.startFirst")}</Menu.Label>;
  return (
    <>
      <Menu.Item
        leftSection={<StatusMark status="available" />}
        onClick={() => (wrapping ? calls.endWrapUp() : calls.setStatus("available"))}
        disabled={me.status === "available"}
      >
        {t("status.available")}
      </Menu.Item>
      {wrapping && (
        <Menu.Item
          leftSection={<IconRefresh size={15} />}
          disabled={(me.wrap?.extensions_left ?? 0) < 1}
          onClick={calls.extendWrapUp}
        >
          {t("status.extend", { count: me.wrap?.extensions_left ?? 0 })}
        </Menu.Item>
      )}
      <Menu.Divider />
      <Menu.Label>{t("status.unavailable")}</Menu.Label>
      <Menu.Item leftSection={<StatusMark status="unavailable" />} onClick={() => calls.setStatus("unavailable")}>
        {t("status.noReason")}
      </Menu.Item>
      {reasons.map((reason) => (
        <Menu.Item
          key={reason.name}
          leftSection={<StatusMark status="unavailable" />}
          onClick={() => calls.setStatus("unavailable", reason.name)}
        >
          {reason.name}
        </Menu.Item>
      ))}
    </>
  );
}

/** Work starts and stops this browser's phone, and work on the desk phone. */
function Work({ me }: { me: Me }) {
  const { t } = useTranslation();
  const { voice, calls, session } = useDesk();
  const phone = useStore(voice.phone);
  const on = working(phone);
  const inCall = talking(me) !== undefined;
  return (
    <>
      <Menu.Divider />
      {byTelephone(me) ? (
        <Menu.Item leftSection={<IconPlayerStop size={15} />} disabled={inCall} onClick={calls.disconnectVoice}>
          {t(inCall ? "status.stopInCall" : "status.stop")}
        </Menu.Item>
      ) : on ? (
        <Menu.Item
          leftSection={<IconPlayerStop size={15} />}
          disabled={inCall}
          onClick={() => voice.signal({ kind: "stop" })}
        >
          {t(inCall ? "status.stopInCall" : "status.stop")}
        </Menu.Item>
      ) : (
        <Menu.Item
          leftSection={<IconPlayerPlay size={15} />}
          onClick={() => voice.signal({ kind: "start", takeover: Boolean(me.station_tab) })}
        >
          {t("status.start")}
        </Menu.Item>
      )}
      {session.desk_phone && (
        <Menu.Item
          leftSection={<IconDeviceLandlinePhone size={15} />}
          disabled={!me.desk.registered && !me.desk.working}
          onClick={() => calls.workOnDeskPhone(!me.desk.working)}
        >
          {t(me.desk.working ? "status.deskStop" : me.desk.registered ? "status.deskStart" : "status.deskMissing")}
        </Menu.Item>
      )}
    </>
  );
}
