import { IconArrowsExchange } from "@tabler/icons-react";
import { say } from "../../i18n/in-call.ts";
import type { CallLine } from "../../live/transfer.ts";
import { useDesk, useLost } from "../../phone/context.ts";
import { HangUp, Key } from "../call-keys.tsx";
import { switchTo } from "./commands.ts";
import { nameOf } from "./participants.tsx";

/** AsideKeys are those of a call that waits on hold while the person speaks in another one on the other line (SP-25). */
export default function AsideKeys({ line }: { line: CallLine }) {
  const { calls } = useDesk();
  const label = `${say("swap")}: ${say("talkTo", { name: nameOf(line) })}`;
  return (
    <>
      <div className="line-keys">
        <Key
          name="switch"
          icon={<IconArrowsExchange size={22} />}
          word={say("swap")}
          label={label}
          disabled={useLost()}
          press={() => void calls.run("switch", () => switchTo(line.call))}
        />
      </div>
      <HangUp line={line} />
    </>
  );
}
