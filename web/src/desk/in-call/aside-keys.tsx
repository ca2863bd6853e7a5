import { IconArrowMerge, IconArrowsExchange } from "@tabler/icons-react";
import { say } from "../../i18n/in-call.ts";
import type { CallLine } from "../../live/transfer.ts";
import { useDesk, useLive, useLost } from "../../phone/context.ts";
import { Note } from "../../ui/parts.tsx";
import { HangUp, Key } from "../call-keys.tsx";
import { mergeCalls, switchTo } from "./commands.ts";
import { nameOf } from "./participants.tsx";

/** AsideKeys are those of a call that waits on hold while the person speaks in another one on the other line (SP-25). */
export default function AsideKeys({ line }: { line: CallLine }) {
  const { calls } = useDesk();
  const lost = useLost();
  const merge = useLive((live) => live.me.lines)?.find((one) => one.merge)?.merge;
  const byPhone = line.device === "desk_phone"; // which has both calls, and changes lines by its keys
  const label = `${say("swap")}: ${say("talkTo", { name: nameOf(line) })}`;
  return (
    <>
      <div className="line-keys">
        {!byPhone && (
          <Key
            name="switch"
            icon={<IconArrowsExchange size={22} />}
            word={say("swap")}
            label={label}
            disabled={lost}
            press={() => void calls.run("switch", () => switchTo(line.call))}
          />
        )}
        {line.two_calls && (
          <Key
            name="merge"
            icon={<IconArrowMerge size={22} />}
            word={say("merge")}
            label={say("long_mergeCalls")}
            disabled={lost || merge?.state === "merging"}
            press={() => void calls.run("merge", () => mergeCalls(line.call))}
          />
        )}
      </div>
      {byPhone && <p className="line-reason">{say("phoneHolds")}</p>}
      {merge?.state === "failed" && (
        <Note tone="red" title={say("notMerged")}>
          {merge.why}
        </Note>
      )}
      <HangUp line={line} />
    </>
  );
}
