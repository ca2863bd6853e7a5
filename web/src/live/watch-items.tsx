import { Menu } from "@mantine/core";
import { IconEar, IconMessageCircle, IconUsersPlus } from "@tabler/icons-react";
import { beginWatch, modes } from "../api/watch.ts";
import { say } from "../i18n/watch.ts";
import { act } from "./act.ts";
import type { AgentLive } from "./picture.ts";

const icons = { listen: IconEar, coach: IconMessageCircle, barge: IconUsersPlus };

/** WatchItems offers to listen, coach and barge in where an agent is in a call; who is there already is said instead. */
export function WatchItems({ agent }: { agent: AgentLive }) {
  if (!agent.call) return null;
  const there = agent.call.watched_by;
  return (
    <>
      {agent.call.help && (
        <Menu.Label>
          {say("asks", { name: agent.name })}
          {agent.call.help.note && `: ${agent.call.help.note}`}
        </Menu.Label>
      )}
      <Menu.Label>{there ? say(`there_${there.mode}`, { name: there.name }) : say("call")}</Menu.Label>
      {!there &&
        modes.map((mode) => {
          const Icon = icons[mode];
          return (
            <Menu.Item
              key={mode}
              leftSection={<Icon size={16} aria-hidden="true" />}
              onClick={() => act(beginWatch(agent.id, mode))}
            >
              {say(mode)}
            </Menu.Item>
          );
        })}
    </>
  );
}
