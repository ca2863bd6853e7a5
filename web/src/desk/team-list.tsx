import { Tooltip } from "@mantine/core";
import { IconPhone } from "@tabler/icons-react";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { type AgentLive, onCallPresence } from "../live/picture.ts";
import { StatusMark } from "../live/status-mark.tsx";
import { useDesk, useLive } from "../phone/context.ts";
import { Elapsed } from "../phone/parts.tsx";
import { Avatar, Section } from "../ui/parts.tsx";

/** Only supervisors are told of colleagues' calls. */
const WatchMenu = lazy(() => import("../live/watch-menu.tsx"));

/** TeamList: colleagues with their status; a click calls the extension (PR-6), or answers what rings there (BX-26). */
export function TeamList() {
  const { t } = useTranslation();
  const { session } = useDesk();
  const agents = useLive((live) => live.agents);
  const others = (agents ?? []).filter((agent) => agent.id !== session.agent?.id);
  if (others.length === 0) return null;
  return (
    <Section title={t("team.title")}>
      <ul className="team-list">
        {others.map((agent) => (
          <Colleague key={agent.id} agent={agent} />
        ))}
      </ul>
    </Section>
  );
}

function Colleague({ agent }: { agent: AgentLive }) {
  const { t } = useTranslation();
  const { calls } = useDesk();
  const status = t(agent.rings ? "team.rings" : `status.${agent.status}`);
  return (
    <li className="team-one">
      <Tooltip
        label={t(agent.rings ? "team.pickUp" : "team.call", { name: agent.name, extension: agent.extension })}
        openDelay={400}
        position="right"
      >
        <button
          type="button"
          className="team-row"
          onClick={() => (agent.rings ? calls.pickUp(agent.id) : calls.dial(agent.extension))}
        >
          {agent.image && <Avatar name="" size={20} image={agent.image} />}
          <StatusMark status={agent.status} />
          <span className="team-name">
            {agent.name}
            <span className="sr">, {status}</span>
          </span>
          <span className="team-status">
            {agent.rings ? status : (agent.reason ?? status)}
            {agent.presence && agent.presence.id !== "available" && agent.presence.id !== onCallPresence && (
              <span data-presence={agent.presence.colour}>
                {" · "}
                {agent.presence.name} {agent.presence.text}
              </span>
            )}
            {agent.presence?.do_not_disturb && <span data-presence="red"> · {t("team.dnd")}</span>}
          </span>
          <span className="team-extension num">{agent.extension}</span>
          <IconPhone className="team-phone" size={15} aria-hidden="true" />
        </button>
      </Tooltip>
      {agent.call?.help && (
        <span className="team-help">
          {t("team.help", { name: agent.name })} <Elapsed since={agent.call.help.since} />
        </span>
      )}
      {agent.call && (
        <Suspense>
          <WatchMenu agent={agent} />
        </Suspense>
      )}
    </li>
  );
}
