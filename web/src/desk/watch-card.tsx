import { SegmentedControl } from "@mantine/core";
import { IconPhoneOff } from "@tabler/icons-react";
import { modes, setWatch, stopWatch } from "../api/watch.ts";
import { say } from "../i18n/watch.ts";
import type { Line } from "../live/picture.ts";
import { useDesk, useLost, usePending } from "../phone/context.ts";
import { MuteKey } from "./call-keys.tsx";

type Watch = NonNullable<Line["watches"]>;

/** WatchCard is a supervisor's own part in an agent's call: who hears it, and the way out (MN-4). */
export default function WatchCard({ line, watch }: { line: Line; watch: Watch }) {
  const { calls } = useDesk();
  const lost = useLost();
  const changing = usePending("watch");
  const stopping = usePending("stop-watch");
  return (
    <>
      <p className="line-reason" role="status">
        {say("title", { name: watch.name })} · {say(`about_${watch.mode}`, { name: watch.name })}
      </p>
      <SegmentedControl
        fullWidth
        aria-label={say("modes")}
        value={watch.mode}
        disabled={lost || changing}
        data={modes.map((mode) => ({ value: mode, label: say(`mode_${mode}`) }))}
        onChange={(mode) => void calls.run("watch", () => setWatch(line.call, mode as Watch["mode"]))}
      />
      {watch.mode !== "listen" && (
        <div className="line-keys">
          <MuteKey line={line} />
        </div>
      )}
      <button
        type="button"
        className="key-hangup"
        aria-busy={stopping}
        disabled={lost}
        onClick={() => void calls.run("stop-watch", () => stopWatch(line.call))}
      >
        <IconPhoneOff size={20} aria-hidden="true" />
        {say("stop")}
      </button>
    </>
  );
}
