import { Button, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { setUp, signIn } from "../api/commands.ts";
import { words } from "../api/problem.ts";
import { sessionQuery, setupQuery } from "../api/queries.ts";
import { Note } from "../ui/parts.tsx";
import { Door } from "./door.tsx";
import { NewPassword } from "./new-password.tsx";

const fields = ["code", "organisation", "name", "email", "password"] as const;

/** SetupPage makes the first organisation and its admin; the code on the console proves who may. */
export default function SetupPage() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const create = useMutation({
    mutationFn: async (body: Record<(typeof fields)[number], string>) => {
      await setUp(body);
      return signIn(body.email, body.password);
    },
    onSuccess: async (session) => {
      queries.setQueryData(setupQuery.queryKey, { needed: false });
      queries.setQueryData(sessionQuery.queryKey, session);
      await navigate({ to: "/settings/company/$area", params: { area: "first" }, search: {} });
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const value = (name: (typeof fields)[number]) => String(form.get(name) ?? "").trim();
    create.mutate({
      code: value("code"),
      organisation: value("organisation"),
      name: value("name"),
      email: value("email"),
      password: String(form.get("password") ?? ""),
    });
  };
  return (
    <Door title={t("setup.title")} lead={t("setup.lead")}>
      <form className="door-form" onSubmit={submit}>
        {create.error && <Note tone="red">{words(create.error)}</Note>}
        <TextInput
          name="code"
          size="md"
          label={t("setup.code")}
          description={t("setup.codeHelp")}
          autoComplete="one-time-code"
          required
          autoFocus
        />
        <TextInput
          name="organisation"
          size="md"
          label={t("setup.organisation")}
          autoComplete="organization"
          maxLength={100}
          required
        />
        <TextInput name="name" size="md" label={t("setup.name")} autoComplete="name" maxLength={100} required />
        <TextInput name="email" size="md" type="email" label={t("setup.email")} autoComplete="username" required />
        <NewPassword />
        <Button type="submit" size="md" fullWidth loading={create.isPending}>
          {t("setup.create")}
        </Button>
      </form>
    </Door>
  );
}
