import { lazy, type ReactNode, Suspense } from "react";
import { useStore } from "../live/use-store.ts";
import { useDesk, useLive, useLost } from "../phone/context.ts";
import { CallBar } from "./call-bar.tsx";
import { Dock } from "./dock.tsx";
import { Lost } from "./lost.tsx";
import { VoiceLost } from "./path-card.tsx";
import { Rail } from "./rail.tsx";
import { SoundBanner } from "./sound-banner.tsx";
import { view } from "./view.ts";
import "./frame.css";
import "./rail.css";
import "./bar.css";
import "./frame-narrow.css";
import "./requests.css";
import "./phone.css";

const Requests = lazy(() => import("./requests.tsx").then((part) => ({ default: part.Requests })));
const Where = lazy(() => import("./where.tsx"));
const VoiceDialog = lazy(() => import("./voice-dialog.tsx"));
const Picker = lazy(() => import("./in-call/picker.tsx"));
const Leave = lazy(() => import("./in-call/leave.tsx"));

/** Frame is the one frame of every screen: rail, call bar, the screen, and the phone that never unmounts. While the
 * server is lost, what needs it stands still; a call's Mute and keypad do not. */
export function Frame({ children, signOut }: { children: ReactNode; signOut(sure: boolean): void }) {
  const lost = useLost();
  const started = useLive((live) => live.me.started);
  const { folded, sheet, voiceDialog } = useStore(view);
  const asking = useStore(useDesk().calls.asking);
  return (
    <div
      className="frame"
      data-lost={lost || undefined}
      data-folded={folded || undefined}
      data-sheet={sheet || undefined}
    >
      {lost && <Lost />}
      <VoiceLost />
      {voiceDialog && (
        <Suspense>
          <VoiceDialog />
        </Suspense>
      )}
      {asking && (
        <Suspense>
          {asking.what === "leave" ? (
            <Leave call={asking.call} />
          ) : (
            <Picker
              way={asking.what}
              call={asking.call}
              {...(asking.kind && { first: asking.kind })}
              key={asking.what}
            />
          )}
        </Suspense>
      )}
      <div className="frame-body">
        <div className="still" inert={lost}>
          <Rail signOut={signOut} />
        </div>
        <main className="stage">
          <SoundBanner />
          <CallBar />
          <Suspense>
            <Requests />
            {started && <Where />}
          </Suspense>
          <div className="screen" inert={lost}>
            {children}
          </div>
        </main>
        <Dock />
      </div>
    </div>
  );
}
