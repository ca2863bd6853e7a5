import type { ReactNode } from "react";
import { useStore } from "../live/use-store.ts";
import { useDesk } from "../phone/context.ts";
import { CallBar } from "./call-bar.tsx";
import { Dock } from "./dock.tsx";
import { Lost } from "./lost.tsx";
import { Rail } from "./rail.tsx";
import { view } from "./view.ts";
import "./frame.css";
import "./phone.css";

/** Frame is the one frame of every screen: rail, call bar, the screen, and the phone that never unmounts. */
export function Frame({ children, signOut }: { children: ReactNode; signOut(): void }) {
  const { feed } = useDesk();
  const lost = useStore(feed.link, (link) => link.state === "lost");
  const { folded, sheet } = useStore(view);
  return (
    <div
      className="frame"
      data-lost={lost || undefined}
      data-folded={folded || undefined}
      data-sheet={sheet || undefined}
    >
      {lost && <Lost />}
      <div className="frame-body" inert={lost}>
        <Rail signOut={signOut} />
        <main className="stage">
          <CallBar />
          <div className="screen">{children}</div>
        </main>
        <Dock />
      </div>
    </div>
  );
}
