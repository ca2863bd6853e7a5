import { Menu } from "@mantine/core";
import { IconCheck, IconDeviceLandlinePhone, IconPlayerPlay, IconPlayerStop, IconRefresh } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { reasonsQuery, statusesQuery } from "../api/queries.ts";
import { atWork, byTelephone, type Me, type Next, talking } from "../live/picture.ts";
import { StatusMark } from "../live/status-mark.tsx";
import { useStore } from "../live/use-store.ts";
import { useDesk, useLive } from "../phone/context.ts";
import { working } from "../phone/machine.ts";
import "./status-menu.css";

/** StatusMenu is what a click on the status opens: the choices, the queues with their toggles, and work (SP-37). */
export default function StatusMenu({ me }: { me: Me }) {
  return (
    <>
      <Choices me={me} />
      {atWork(me) && <Queues me={me} />}
      <Work me={me} />
    </>
  );
}

function Choices({ me }: { me: Me }) {
  const { t } = useTranslation();
  const { calls } = useDesk();
  const wrapping = me.status === "wrap_up";
  const later = me.status === "on_call";
  if (!atWork(me)) return <Menu.Label>{t("status.startFirst")}</Menu.Label>;
  return (
    <>
      {later && <Menu.Label>{t("status.afterCall")}</Menu.Label>}
      <Menu.Item
        leftSection={<StatusMark status="available" />}
        rightSection={later && <Picked on={me.next?.status === "available" && !me.next.custom} />}
        onClick={() => (wrapping ? calls.endWrapUp() : calls.setStatus({ status: "available" }))}
        disabled={me.status === "available" && !me.custom}
      >
        {t("status.available")}
      </Menu.Item>
      {wrapping && !me.wrap?.held && (
        <Menu.Item
          leftSection={<IconRefresh size={15} />}
          disabled={(me.wrap?.extensions_left ?? 0) < 1}
          onClick={calls.extendWrapUp}
        >
          {t("status.extend", { count: me.wrap?.extensions_left ?? 0 })}
        </Menu.Item>
      )}
      <Custom next={me.next} />
      <Menu.Divider />
      <Unavailable next={me.next} />
    </>
  );
}

function Custom({ next }: { next: Next | undefined }) {
  const { calls } = useDesk();
  const { data: statuses = [] } = useQuery(statusesQuery);
  return statuses.map((status) => (
    <Menu.Item
      key={status.id}
      leftSection={
        <StatusMark status={status.effect === "available" ? "available" : "unavailable"} colour={status.colour} />
      }
      rightSection={<Picked on={next?.custom?.id === status.id} />}
      onClick={() => calls.setStatus({ custom: status.id })}
    >
      {pictured(status.icon)}
      {status.name}
    </Menu.Item>
  ));
}

function Unavailable({ next }: { next: Next | undefined }) {
  const { t } = useTranslation();
  const { calls } = useDesk();
  const { data: reasons = [] } = useQuery(reasonsQuery);
  const plain = next?.status === "unavailable" && !next.custom;
  return (
    <>
      <Menu.Label>{t("status.unavailable")}</Menu.Label>
      <Menu.Item
        leftSection={<StatusMark status="unavailable" />}
        rightSection={<Picked on={plain && !next.reason} />}
        onClick={() => calls.setStatus({ status: "unavailable" })}
      >
        {t("status.noReason")}
      </Menu.Item>
      {reasons.map(({ name }) => (
        <Menu.Item
          key={name}
          leftSection={<StatusMark status="unavailable" />}
          rightSection={<Picked on={plain && next.reason === name} />}
          onClick={() => calls.setStatus({ status: "unavailable", reason: name })}
        >
          {name}
        </Menu.Item>
      ))}
    </>
  );
}

/** pictured is an icon that is a sign, such as an emoji; a word beside the name would only confuse. */
const pictured = (icon: string | undefined) => (icon && !/^[\w -]+$/.test(icon) ? `${icon} ` : "");

function Picked({ on }: { on: boolean }) {
  return on ? <IconCheck size={15} aria-hidden="true" /> : null;
}

/** Queues are the agent's own, each with whether it delivers now (QU-13). */
function Queues({ me }: { me: Me }) {
  const { t } = useTranslation();
  const { calls } = useDesk();
  const all = useLive((live) => live.queues) ?? [];
  const mine = all.filter(({ id }) => me.queues.includes(id));
  if (mine.length === 0) return null;
  return (
    <>
      <Menu.Divider />
      <Menu.Label>{t("status.queues")}</Menu.Label>
      {mine.map(({ id, name }) => (
        <Menu.CheckboxItem key={id} checked={!me.off?.includes(id)} onChange={(on) => calls.toggleQueue(id, on)}>
          {name}
        </Menu.CheckboxItem>
      ))}
    </>
  );
}

/** Work starts and stops this browser's phone, and work on the desk phone. In a call Stop asks first. */
function Work({ me }: { me: Me }) {
  const { t } = useTranslation();
  const { voice, calls, session } = useDesk();
  const phone = useStore(voice.phone);
  const [asked, ask] = useState(false);
  const inCall = talking(me) !== undefined;
  const stop = () => (byTelephone(me) ? calls.disconnectVoice(inCall) : voice.signal({ kind: "stop" }));
  return (
    <>
      <Menu.Divider />
      {!byTelephone(me) && !working(phone) ? (
        <Menu.Item
          leftSection={<IconPlayerPlay size={15} />}
          onClick={() => voice.signal({ kind: "start", takeover: Boolean(me.station_tab) })}
        >
          {t("status.start")}
        </Menu.Item>
      ) : inCall && !asked ? (
        <Menu.Item leftSection={<IconPlayerStop size={15} />} closeMenuOnClick={false} onClick={() => ask(true)}>
          {t("status.stop")}
        </Menu.Item>
      ) : (
        <Menu.Item leftSection={<IconPlayerStop size={15} />} {...(inCall && { color: "red" })} onClick={stop}>
          {t(inCall ? "status.stopInCall" : "status.stop")}
        </Menu.Item>
      )}
      {(session.desk_phone || me.desk.registered) && (
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
