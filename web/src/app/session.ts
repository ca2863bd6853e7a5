import { notifications } from "@mantine/notifications";
import { QueryClient } from "@tanstack/react-query";
import { client, onSignedOut } from "../api/client.ts";
import { signOut } from "../api/commands.ts";
import { Problem } from "../api/problem.ts";
import { sessionQuery } from "../api/queries.ts";
import type { Session } from "../api/types.ts";
import i18n from "../i18n/i18n.ts";
import { type Desk, openDesk } from "../phone/desk.ts";
import { claimTab } from "../phone/tab.ts";

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (count, error) => count < 2 && !(error instanceof Problem && error.status < 500),
    },
  },
});

let desk: Desk | undefined;
let opening: Promise<Desk> | undefined;

/** deskOf gives the one desk of this tab for the person signed in. */
export async function deskOf(session: Session): Promise<Desk> {
  if (desk && desk.session.user.id === session.user.id) return desk;
  opening ??= open(session).finally(() => {
    opening = undefined;
  });
  return opening;
}

async function open(session: Session): Promise<Desk> {
  closeDesk();
  desk = openDesk({
    tab: await claimTab(),
    session,
    incoming: i18n.t("ring.incoming"),
    recordingWords: (change) => i18n.t(`call.recordingNotice.${change}`),
    notice(level, text) {
      const color = { info: "iris", warning: "orange", error: "red" }[level];
      notifications.show({ message: text, color, autoClose: level === "error" ? 8000 : 4500 });
    },
    changed(call) {
      void queries.invalidateQueries({ queryKey: ["calls"] });
      void queries.invalidateQueries({ queryKey: call === undefined ? ["call"] : ["call", call] });
    },
  });
  watchSession(desk);
  return desk;
}

/** watchSession asks, when the socket is lost, whether it is the session that ended: the socket itself cannot say. */
function watchSession({ feed }: Desk) {
  feed.link.subscribe(() => {
    if (feed.link.get().state !== "lost") return;
    client.GET("/session").catch((error: unknown) => {
      if (error instanceof Problem && error.status === 401) ended();
    });
  });
}

function closeDesk() {
  desk?.close();
  desk = undefined;
}

/** leave signs out and forgets everything that was fetched for this person. */
export async function leave(sure: boolean): Promise<void> {
  await signOut(desk?.tab ?? "", sure);
  forget();
}

function forget() {
  closeDesk();
  queries.clear();
  queries.setQueryData(sessionQuery.queryKey, null);
}

/** whenSignedOut runs after the server ended the session. */
export function whenSignedOut(then: () => void): void {
  atEnd = then;
}

let atEnd: () => void = () => undefined;
onSignedOut(ended);

function ended() {
  if (!desk) return;
  forget();
  atEnd();
}
