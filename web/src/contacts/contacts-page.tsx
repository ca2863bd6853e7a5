import { Button, CloseButton, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconAddressBook, IconPlus, IconSearch } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { contactsQuery, deleteContact, favouritesQuery, setFavourite } from "../api/contacts.ts";
import { words } from "../api/problem.ts";
import type { Contact } from "../api/types.ts";
import { say } from "../i18n/contacts.ts";
import { useDesk, useLive } from "../phone/context.ts";
import { Empty, Note, Section } from "../ui/parts.tsx";
import { ContactForm } from "./contact-form.tsx";
import { digitsOf, type Entry, groups } from "./group.ts";
import { PersonRow } from "./person-row.tsx";
import "./contacts.css";

/** ContactsPage: colleagues with presence and status, contacts outside, and one's favourites (PR-5, PR-6). */
export default function ContactsPage() {
  const { feed, session } = useDesk();
  const [search, seek] = useState("");
  const [form, edit] = useState<Contact | "new">();
  useEffect(() => {
    feed.watch("people", true);
    return () => feed.watch("people", false);
  }, [feed]);
  const people = useLive((live) => live.people) ?? [];
  const contacts = useQuery(contactsQuery(digitsOf(search)));
  const favourites = useQuery(favouritesQuery);
  const rows = contacts.data?.rows ?? [];
  const liked = favourites.data ?? { users: [], contacts: [] };
  const found = groups({ people, contacts: rows, favourites: liked, me: session.user.id }, search);
  const edits = session.role === "admin" || session.role === "supervisor";
  const actions = useActions();
  const some = found.favourites.length + found.colleagues.length + found.contacts.length > 0;
  const error = contacts.error ?? favourites.error;
  const list = (entries: readonly Entry[], favourite: boolean) => (
    <ul className="contact-rows">
      {entries.map((entry) => (
        <PersonRow
          key={entry.id}
          entry={entry}
          favourite={favourite}
          like={(on) => actions.like({ entry, on })}
          {...(edits && entry.contact && { edit: () => edit(entry.contact), remove: () => actions.remove(entry.id) })}
        />
      ))}
    </ul>
  );
  return (
    <div className="contacts">
      <header className="contacts-head">
        <h1>{say("contacts")}</h1>
        {edits && (
          <Button size="xs" leftSection={<IconPlus size={15} />} onClick={() => edit("new")}>
            {say("new")}
          </Button>
        )}
      </header>
      <TextInput
        type="search"
        className="contacts-search"
        value={search}
        aria-label={say("search")}
        placeholder={say("search")}
        leftSection={<IconSearch size={16} />}
        rightSection={search && <CloseButton size="sm" aria-label={say("clear")} onClick={() => seek("")} />}
        onChange={(event) => seek(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") seek("");
        }}
      />
      {error && <Note tone="red">{words(error)}</Note>}
      {found.favourites.length > 0 && <Section title={say("favourites")}>{list(found.favourites, true)}</Section>}
      {found.colleagues.length > 0 && <Section title={say("colleagues")}>{list(found.colleagues, false)}</Section>}
      {(found.contacts.length > 0 || search === "") && (
        <Section title={say("contacts")}>
          {contacts.data?.total === 0 && search === "" ? (
            <Empty icon={<IconAddressBook size={24} stroke={1.5} />} title={say("empty")}>
              <p>{say("emptyText")}</p>
            </Empty>
          ) : (
            list(found.contacts, false)
          )}
          {contacts.data && contacts.data.total > rows.length && (
            <p className="contacts-more">{say("first", { count: rows.length, total: contacts.data.total })}</p>
          )}
        </Section>
      )}
      {!some && search !== "" && (
        <Empty title={say("none")}>
          <p>{say("noneText")}</p>
        </Empty>
      )}
      {form !== undefined && <ContactForm {...(form !== "new" && { contact: form })} close={() => edit(undefined)} />}
    </div>
  );
}

/** useActions adds and takes out favourites, and deletes contacts. */
function useActions() {
  const queries = useQueryClient();
  const complain = (error: unknown) => notifications.show({ color: "red", message: words(error) });
  const like = useMutation({
    mutationFn: ({ entry, on }: { entry: Entry; on: boolean }) => setFavourite(entry.kind, entry.id, on),
    onSettled: () => queries.invalidateQueries({ queryKey: ["favourites"] }),
    onError: complain,
  });
  const remove = useMutation({
    mutationFn: (id: string) => deleteContact(id),
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: ["contacts"] });
      void queries.invalidateQueries({ queryKey: ["favourites"] });
    },
    onError: complain,
  });
  return { like: like.mutate, remove: remove.mutate };
}
