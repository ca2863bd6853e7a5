import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { signIn } from "../api/commands.ts";
import { words } from "../api/problem.ts";
import { sessionQuery } from "../api/queries.ts";
import { Note } from "../ui/parts.tsx";
import { Door } from "./door.tsx";

/** SignInPage asks for e-mail and password. */
export default function SignInPage() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const enter = useMutation({
    mutationFn: ({ email, password }: { email: string; password: string }) => signIn(email, password),
    onSuccess: async (session) => {
      queries.setQueryData(sessionQuery.queryKey, session);
      await navigate({ to: "/calls" });
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    enter.mutate({ email: String(form.get("email")).trim(), password: String(form.get("password")) });
  };
  return (
    <Door title={t("signIn.title")} lead={t("signIn.lead")}>
      <form className="door-form" onSubmit={submit}>
        {enter.error && <Note tone="red">{words(enter.error)}</Note>}
        <TextInput
          name="email"
          type="email"
          size="md"
          label={t("signIn.email")}
          autoComplete="username"
          required
          autoFocus
        />
        <PasswordInput
          name="password"
          size="md"
          label={t("signIn.password")}
          autoComplete="current-password"
          required
        />
        <Button type="submit" size="md" fullWidth loading={enter.isPending}>
          {t("signIn.enter")}
        </Button>
      </form>
    </Door>
  );
}
