import { ActionIcon, Menu } from "@mantine/core";
import { IconEar } from "@tabler/icons-react";
import { say } from "../i18n/watch.ts";
import type { AgentLive } from "./picture.ts";
import { WatchItems } from "./watch-items.tsx";

/** WatchMenu is a supervisor's way into a colleague's call, beside the name. */
export default function WatchMenu({ agent }: { agent: AgentLive }) {
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <ActionIcon
          className="watch-menu"
          variant="subtle"
          color="gray"
          size="sm"
          aria-label={say("menu", { name: agent.name })}
        >
          <IconEar size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <WatchItems agent={agent} />
      </Menu.Dropdown>
    </Menu>
  );
}
