import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import type { FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { acceptInvitation } from "../api/commands.ts";
import { words } from "../api/problem.ts";
import { Note } from "../ui/parts.tsx";
import { Door } from "./door.tsx";
import { NewPassword } from "./new-password.tsx";

/** WelcomePage lets a user set a password by the link that an administrator has sent. */
export default function WelcomePage() {
  const { t } = useTranslation();
  const { token } = useSearch({ from: "/welcome" });
  const accept = useMutation({ mutationFn: (password: string) => acceptInvitation(token, password) });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    accept.mutate(String(new FormData(event.currentTarget).get("password") ?? ""));
  };
  if (accept.isSuccess)
    return (
      <Door title={t("welcome.done")} lead={t("welcome.doneLead")}>
        <Link to="/sign-in">{t("welcome.signIn")}</Link>
      </Door>
    );
  return (
    <Door title={t("welcome.title")} lead={t("welcome.lead")}>
      <form className="door-form" onSubmit={submit}>
        {accept.error && <Note tone="red">{words(accept.error)}</Note>}
        <NewPassword autoFocus />
        <Button type="submit" size="md" fullWidth loading={accept.isPending}>
          {t("welcome.set")}
        </Button>
      </form>
    </Door>
  );
}
