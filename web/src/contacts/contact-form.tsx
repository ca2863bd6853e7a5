import { Button, Group, Modal, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { keepContact } from "../api/contacts.ts";
import { words } from "../api/problem.ts";
import type { Contact } from "../api/types.ts";
import { say } from "../i18n/contacts.ts";
import { Note } from "../ui/parts.tsx";

/** ContactForm makes a contact, or changes one. */
export function ContactForm({ contact, close }: { contact?: Contact; close(): void }) {
  const queries = useQueryClient();
  const keep = useMutation({
    mutationFn: (form: FormData) => keepContact(fieldsOf(form), contact),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ["contacts"] });
      void queries.invalidateQueries({ queryKey: ["favourites"] });
      close();
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    keep.mutate(new FormData(event.currentTarget));
  };
  const fields = contact?.fields;
  return (
    <Modal opened onClose={close} title={say(contact ? "edit" : "new")}>
      <form className="contact-form" onSubmit={submit}>
        {keep.error && <Note tone="red">{words(keep.error)}</Note>}
        <TextInput
          name="name"
          label={say("name")}
          defaultValue={fields?.name ?? ""}
          maxLength={100}
          required
          data-autofocus
        />
        <TextInput name="company" label={say("company")} defaultValue={fields?.company ?? ""} maxLength={100} />
        <Textarea
          name="numbers"
          label={say("numbers")}
          description={say("numbersHint")}
          defaultValue={fields?.numbers?.join("\n") ?? ""}
          autosize
        />
        <TextInput name="email" label={say("email")} defaultValue={fields?.email ?? ""} maxLength={250} />
        <Textarea name="note" label={say("note")} defaultValue={fields?.note ?? ""} maxLength={1000} autosize />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {say("cancel")}
          </Button>
          <Button type="submit" loading={keep.isPending}>
            {say("save")}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}

function fieldsOf(form: FormData) {
  const text = (name: string) => String(form.get(name) ?? "").trim();
  const numbers = text("numbers")
    .split(/[\n;,]/)
    .map((one) => one.replace(/[^\d+]/g, ""))
    .filter(Boolean);
  return { name: text("name"), company: text("company"), numbers, email: text("email"), note: text("note") };
}
