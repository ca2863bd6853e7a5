import { ActionIcon, Button, Popover } from "@mantine/core";
import { IconBell, IconPhone } from "@tabler/icons-react";
import { useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { Link, type LinkProps } from "@tanstack/react-router";
import { useState } from "react";
import { noticesQuery, readNotice, readNotices } from "../api/notices.ts";
import { words } from "../api/problem.ts";
import type { Notice } from "../api/types.ts";
import { say } from "../i18n/bell.ts";
import { useDesk, useLive } from "../phone/context.ts";
import { longTime } from "../ui/moment.ts";
import { sentence, who } from "./notice.ts";
import "./bell.css";

/** Bell holds what happened while the user looked elsewhere (NT-5). It comes after the first page, with its words. */
export default function Bell() {
  const [opened, open] = useState(false);
  const unread = useLive((live) => live.bell.unread) ?? 0;
  const narrow = window.matchMedia("(max-width: 999px)").matches;
  const label = say("open", { count: unread });
  return (
    <Popover
      opened={opened}
      onChange={open}
      position={narrow ? "top-end" : "right-end"}
      shadow="md"
      withinPortal={false}
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <button type="button" className="rail-bell" aria-label={label} title={label} onClick={() => open(!opened)}>
          <IconBell size={22} stroke={1.7} />
          {unread > 0 && (
            <span className="rail-badge num" aria-hidden="true">
              {unread > 99 ? "99+" : unread}
            </span>
          )}
        </button>
      </Popover.Target>
      <Popover.Dropdown className="bell" aria-label={say("title")}>
        <Notices unread={unread} close={() => open(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}

function Notices({ unread, close }: { unread: number; close(): void }) {
  const last = useLive((live) => live.bell);
  const list = useInfiniteQuery({ ...noticesQuery(last), refetchOnMount: "always" });
  const all = useMutation({ mutationFn: readNotices });
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? [];
  const error = list.error ?? all.error;
  return (
    <>
      <header className="bell-head">
        <h2>{say("title")}</h2>
        <Button
          size="compact-sm"
          variant="subtle"
          disabled={unread === 0}
          loading={all.isPending}
          onClick={() => all.mutate()}
        >
          {say("readAll")}
        </Button>
      </header>
      {error && <p role="alert">{words(error)}</p>}
      {list.data && rows.length === 0 && <p className="bell-empty">{say("empty")}</p>}
      <ul className="bell-list">
        {rows.map((notice) => (
          <Row key={notice.id} notice={notice} close={close} />
        ))}
      </ul>
      {list.hasNextPage && (
        <Button
          size="compact-sm"
          variant="subtle"
          fullWidth
          loading={list.isFetchingNextPage}
          onClick={() => list.fetchNextPage()}
        >
          {say("older")}
        </Button>
      )}
    </>
  );
}

function Row({ notice, close }: { notice: Notice; close(): void }) {
  const { calls, session } = useDesk();
  const read = useMutation({ mutationFn: readNotice });
  const { title, detail } = sentence(notice);
  const unread = notice.read_at === undefined;
  const number = notice.data.number;
  const follow = () => {
    if (unread) read.mutate(notice.id);
    close();
  };
  return (
    <li className="bell-row" data-unread={unread || undefined}>
      <Link {...target(notice)} className="bell-link" onClick={follow}>
        <span className="bell-title">
          {unread && <span className="sr">{say("unread")}: </span>}
          {title}
        </span>
        <span className="bell-detail">{detail}</span>
        <time
          className="bell-time num"
          dateTime={notice.created_at}
          title={new Date(notice.created_at).toLocaleString()}
        >
          {longTime(notice.created_at)}
        </time>
      </Link>
      {notice.kind === "missed_call" && number && session.agent && (
        <ActionIcon
          variant="subtle"
          aria-label={say("callBack", { who: who(notice) })}
          onClick={() => {
            follow();
            calls.dial(number);
          }}
        >
          <IconPhone size={17} />
        </ActionIcon>
      )}
    </li>
  );
}

/** target is where a notice leads. */
function target({ link_kind, link_id = "" }: Notice): Pick<LinkProps, "to" | "search"> {
  switch (link_kind) {
    case "mailbox":
      return { to: "/voicemail", search: { box: link_id } };
    case "queue":
      return { to: "/queues" };
    case "blocked":
      return { to: "/queues/blocked" };
    default:
      return { to: "/history", search: { call: link_id } };
  }
}
