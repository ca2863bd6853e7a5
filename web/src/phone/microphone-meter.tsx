import { useCallback } from "react";
import { meter } from "./sound.ts";

/** MicrophoneMeter moves with the voice. It writes to the element itself: sixty times a second is not for React. */
export function MicrophoneMeter({ stream, label }: { stream: MediaStream; label: string }) {
  const attach = useCallback(
    (bar: HTMLDivElement | null) => {
      if (!bar) return;
      const playing = meter(stream, (level) => bar.style.setProperty("--level", level.toFixed(3)));
      return () => playing.stop();
    },
    [stream],
  );
  return (
    <div className="meter" ref={attach} role="img" aria-label={label}>
      <span />
    </div>
  );
}
