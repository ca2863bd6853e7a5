import { ActionIcon, Menu } from "@mantine/core";
import {
  IconDots,
  IconPencil,
  IconPhone,
  IconPhoneIncoming,
  IconStar,
  IconStarOff,
  IconTrash,
} from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { say } from "../i18n/contacts.ts";
import { StatusMark } from "../live/status-mark.tsx";
import { useDesk } from "../phone/context.ts";
import { readable } from "../phone/number.ts";
import { Avatar } from "../ui/parts.tsx";
import type { Entry } from "./group.ts";

interface Props {
  entry: Entry;
  favourite: boolean;
  like(on: boolean): void;
  edit?(): void;
  remove?(): void;
}

/** PersonRow: a double click or the phone icon calls, or answers what rings there (BX-26); a right click or the dots open the
 * menu (PR-5). */
export function PersonRow({ entry, favourite, like, edit, remove }: Props) {
  const { calls } = useDesk();
  const [opened, open] = useState(false);
  const [number] = entry.numbers;
  const call = (to: string | undefined) => to && calls.dial(to);
  const rung = entry.person?.rings ? entry.person.agent : undefined;
  return (
    <li
      className="contact-row"
      onDoubleClick={() => (rung ? calls.pickUp(rung) : call(number))}
      onContextMenu={(event) => {
        event.preventDefault();
        open(true);
      }}
    >
      <Avatar name={entry.name} image={entry.person?.image} />
      <Who entry={entry} />
      {rung && (
        <ActionIcon color="green" aria-label={say("pickUp", { name: entry.name })} onClick={() => calls.pickUp(rung)}>
          <IconPhoneIncoming size={17} />
        </ActionIcon>
      )}
      {number && !rung && (
        <ActionIcon variant="subtle" aria-label={say("call", { name: entry.name })} onClick={() => call(number)}>
          <IconPhone size={17} />
        </ActionIcon>
      )}
      <Menu opened={opened} onChange={open} position="bottom-end" withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={say("more", { name: entry.name })}>
            <IconDots size={17} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={favourite ? <IconStarOff size={16} /> : <IconStar size={16} />}
            onClick={() => like(!favourite)}
          >
            {say(favourite ? "drop" : "add")}
          </Menu.Item>
          {entry.numbers.map((one) => (
            <Menu.Item key={one} leftSection={<IconPhone size={16} />} onClick={() => call(one)}>
              {say("callOn", { number: readable(one) })}
            </Menu.Item>
          ))}
          {edit && (
            <Menu.Item leftSection={<IconPencil size={16} />} onClick={edit}>
              {say("edit")}
            </Menu.Item>
          )}
          {remove && (
            <Menu.Item leftSection={<IconTrash size={16} />} color="red" onClick={remove}>
              {say("delete")}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
    </li>
  );
}

function Who({ entry: { name, detail, numbers, person } }: { entry: Entry }) {
  const { t } = useTranslation();
  if (!person) {
    return (
      <span className="contact-who">
        <strong>{name}</strong>
        <span>{[detail, ...numbers.map(readable)].filter(Boolean).join(" · ")}</span>
      </span>
    );
  }
  const { presence, status, extension } = person;
  return (
    <span className="contact-who">
      <strong>{name}</strong>
      <span>
        <span className="presence-dot" data-presence={presence.colour} aria-hidden="true" />{" "}
        <span data-presence={presence.colour}>{presence.name}</span>
        {presence.text && <span> · {presence.text}</span>}
        {presence.do_not_disturb && <span> · {say("dnd")}</span>}
        {status && (
          <>
            {" · "}
            <StatusMark status={status} size={11} /> <span data-status={status}>{t(`status.${status}`)}</span>
          </>
        )}
        {extension && <span className="num"> · {extension}</span>}
        {person.rings && <strong className="contact-rings"> · {say("rings")}</strong>}
      </span>
    </span>
  );
}
