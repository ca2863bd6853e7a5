import { ActionIcon } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconPhoneOutgoing, IconX } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { client, expect } from "../api/client.ts";
import { words } from "../api/problem.ts";
import { useDesk, useLive, useSeconds } from "../phone/context.ts";
import { readable } from "../phone/number.ts";
import { short, timeOfDay } from "../ui/format.ts";
import { Section } from "../ui/parts.tsx";

type Pending = Awaited<ReturnType<typeof load>>["callbacks"][number];

const load = () => expect(client.GET("/callbacks"));

/** Callbacks: customers who wait to be called back, in the queues that this user sees (SP-29, QU-11). */
export default function Callbacks() {
  const { t } = useTranslation();
  const { session } = useDesk();
  const changed = useLive((live) => live.queues.map((queue) => queue.callbacks_changed_at).join()) ?? "";
  const list = useQuery({
    queryKey: ["callbacks", changed],
    queryFn: load,
    placeholderData: (old) => old,
    retry: false,
  });
  const all = list.data?.callbacks ?? [];
  if (all.length === 0) return null;
  const cancels = session.role === "admin" || session.role === "supervisor";
  return (
    <Section title={t("callbacks.title")}>
      <ul className="queue-list">
        {all.map((one) => (
          <Row key={one.id} one={one} cancels={cancels} />
        ))}
      </ul>
    </Section>
  );
}

function Row({ one, cancels }: { one: Pending; cancels: boolean }) {
  const { t } = useTranslation();
  const wait = useSeconds(one.entered_at);
  const cancel = useMutation({
    mutationFn: () => expect(client.DELETE("/callbacks/{id}", { params: { path: { id: one.id } } })),
    onError: (error) => notifications.show({ color: "red", message: words(error) }),
  });
  const who = one.name ?? readable(one.number);
  return (
    <li className="queue-row" data-waiting>
      <span className="queue-count">
        <IconPhoneOutgoing size={18} stroke={1.7} aria-hidden="true" />
      </span>
      <span className="queue-name">
        <strong className="num">{who}</strong>
        <span>
          {one.queue_name}
          {one.attempts > 0 && ` · ${t("callbacks.attempts", { count: one.attempts })}`}
          {one.retry_at && ` · ${t("callbacks.retry", { time: timeOfDay(one.retry_at) })}`}
        </span>
      </span>
      <span className="queue-wait num" title={t("callbacks.since")}>
        {short(wait)}
      </span>
      {cancels && (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t("callbacks.cancel", { who })}
          loading={cancel.isPending}
          onClick={() => cancel.mutate()}
        >
          <IconX size={16} />
        </ActionIcon>
      )}
    </li>
  );
}
