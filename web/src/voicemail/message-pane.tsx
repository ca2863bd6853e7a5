import { ActionIcon, Button, Menu } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconArrowForwardUp, IconPhoneOutgoing, IconTrash, IconX } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { deleteMessage, forwardMessage, markMessage } from "../api/commands.ts";
import { words } from "../api/problem.ts";
import { mailboxTargetsQuery } from "../api/queries.ts";
import type { VoiceMessage } from "../api/types.ts";
import { useDesk } from "../phone/context.ts";
import { readable } from "../phone/number.ts";
import { CustomerCard } from "../record/customer-card.tsx";
import { longDay, timeOfDay } from "../ui/format.ts";
import { Note } from "../ui/parts.tsx";
import { MessagePlayer } from "./message-player.tsx";

/** useAct does something to messages and reads them anew. */
function useAct() {
  const queries = useQueryClient();
  return (what: Promise<unknown>) =>
    what.then(
      () => queries.invalidateQueries({ queryKey: ["voicemail"] }),
      (error: unknown) => notifications.show({ color: "red", message: words(error) }),
    );
}

/** MessagePane is one message: player, what can be done with it, and who left it (VM-5, VM-6). */
export function MessagePane({ message, close }: { message: VoiceMessage; close(): void }) {
  const { t, i18n } = useTranslation();
  const act = useAct();
  const { calls } = useDesk();
  const mark = (listened: boolean) => void act(markMessage(message.id, listened));
  return (
    <article className="voicemail-pane" aria-label={t("voicemail.messages")}>
      <header className="pane-head">
        <p className="pane-title num">
          {longDay(new Date(message.voicemail_dts), i18n.language)}, {timeOfDay(message.voicemail_dts)}
        </p>
        <ActionIcon variant="subtle" color="gray" size="lg" onClick={close} aria-label={t("voicemail.close")}>
          <IconX size={18} />
        </ActionIcon>
      </header>
      {message.recording_url ? (
        <MessagePlayer
          url={message.recording_url}
          seconds={message.duration}
          begun={() => {
            if (!message.listened) mark(true);
          }}
        />
      ) : (
        <Note tone={message.status === "failed" ? "red" : "plain"}>
          {message.status === "failed" ? (message.failure ?? t("voicemail.failed")) : t("voicemail.recording")}
        </Note>
      )}
      {message.forwarded_from && <p>{t("voicemail.forwardedFrom", { mailbox: message.forwarded_from })}</p>}
      <div className="voicemail-acts">
        <Button
          leftSection={<IconPhoneOutgoing size={16} />}
          disabled={message.from === ""}
          onClick={() => calls.writePad({ number: message.from })}
        >
          {t("voicemail.callBack")}
        </Button>
        <Button variant="default" onClick={() => mark(!message.listened)}>
          {t(message.listened ? "voicemail.markNew" : "voicemail.markHeard")}
        </Button>
        <Forward message={message} act={act} />
        <Delete message={message} act={act} />
      </div>
      {message.from !== "" && (
        <CustomerCard
          of={{
            number: message.from,
            name: message.from_caller_id || readable(message.from),
            ...(message.customer && { customer: message.customer }),
          }}
        />
      )}
    </article>
  );
}

interface Acts {
  message: VoiceMessage;
  act(what: Promise<unknown>): Promise<unknown>;
}

function Forward({ message, act }: Acts) {
  const { t } = useTranslation();
  const { data: targets = [] } = useQuery(mailboxTargetsQuery);
  const others = targets.filter((box) => box.id !== message.mailbox);
  return (
    <Menu withinPortal={false} position="bottom-start">
      <Menu.Target>
        <Button variant="default" leftSection={<IconArrowForwardUp size={16} />} disabled={others.length === 0}>
          {t("voicemail.forward")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {others.map((box) => (
          <Menu.Item key={box.id} onClick={() => void act(forwardMessage(message.id, box.id))}>
            {box.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Delete asks once more: the sound goes with it. */
function Delete({ message, act }: Acts) {
  const { t } = useTranslation();
  const [sure, setSure] = useState(false);
  return (
    <Button
      variant={sure ? "filled" : "default"}
      {...(sure && { color: "red" })}
      leftSection={<IconTrash size={16} />}
      onBlur={() => setSure(false)}
      onClick={() => (sure ? void act(deleteMessage(message.id)) : setSure(true))}
    >
      {t(sure ? "voicemail.deleteSure" : "voicemail.delete")}
    </Button>
  );
}
