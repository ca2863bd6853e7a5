import { Menu } from "@mantine/core";
import { IconAddressBook, IconDots, IconPlayerStop, IconVolume } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { say } from "../../i18n/in-call.ts";
import type { CallLine } from "../../live/transfer.ts";
import { useDesk, useLost, usePending } from "../../phone/context.ts";
import { Note } from "../../ui/parts.tsx";
import { announce, campaignsQuery } from "./commands.ts";

/** Options is what is seldom needed in a call (SP-35); where there is nothing of it, it is not there (AS-2). */
export function Options({ line: { call, state, announcements = [], announcement } }: { line: CallLine }) {
  const { calls } = useDesk();
  const lost = useLost();
  const [refusal, setRefusal] = useState("");
  const asked = usePending("announce");
  const campaigns = useQuery(campaignsQuery);
  const converts = (campaigns.data?.length ?? 0) > 0;
  const plays = announcements.length > 0 && !announcement;
  const run = (audio?: string) => {
    setRefusal("");
    void calls.run("announce", () => announce(call, audio), setRefusal);
  };
  return (
    <>
      {announcement && (
        <div className="announced">
          <p role="status">{say("announcing", { name: announcement })}</p>
          <button type="button" className="key-quiet" aria-busy={asked} disabled={lost || asked} onClick={() => run()}>
            <IconPlayerStop size={16} aria-hidden="true" />
            {say("stopAnnouncement")}
          </button>
        </div>
      )}
      {(plays || converts) && (
        <Menu position="top" withinPortal={false} withInitialFocusPlaceholder={false}>
          <Menu.Target>
            <button type="button" className="key-quiet" disabled={lost || asked || state !== "active"}>
              <IconDots size={16} aria-hidden="true" />
              {say("options")}
            </button>
          </Menu.Target>
          <Menu.Dropdown>
            {plays &&
              announcements.map(({ audio, name }) => (
                <Menu.Item key={audio} leftSection={<IconVolume size={16} />} onClick={() => run(audio)}>
                  {say("playAnnouncement", { name })}
                </Menu.Item>
              ))}
            {converts && (
              <Menu.Item
                leftSection={<IconAddressBook size={16} />}
                onClick={() => calls.ask({ what: "transfer", call, kind: "convert" })}
              >
                {say("kind_convert")}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      )}
      {refusal && <Note tone="red">{refusal}</Note>}
    </>
  );
}
