import { Menu } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconMailForward } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { leaveVoicemail } from "../api/commands.ts";
import { words } from "../api/problem.ts";
import { dropGreetingsQuery } from "../api/queries.ts";
import type { Line } from "../live/picture.ts";
import { useLost } from "../phone/context.ts";
import { say } from "../recorder/words.ts";

/** DropMenu leaves one of the agent's prepared voicemails to an answering machine, and frees the agent (VM-13). */
export default function DropMenu({ line }: { line: Line }) {
  const { data: greetings = [] } = useQuery(dropGreetingsQuery);
  const leave = (greeting: string) =>
    leaveVoicemail(line.call, greeting).catch((error: unknown) =>
      notifications.show({ color: "red", message: words(error) }),
    );
  return (
    <Menu position="top" withinPortal>
      <Menu.Target>
        <button type="button" className="key-quiet" disabled={useLost()}>
          <IconMailForward size={16} aria-hidden="true" />
          {say("drop.leave")}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {greetings.map((one) => (
          <Menu.Item key={one.id} onClick={() => void leave(one.id)}>
            {one.name}
          </Menu.Item>
        ))}
        {greetings.length === 0 && (
          <Menu.Item component={Link} to="/voicemail">
            {say("drop.none")}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
