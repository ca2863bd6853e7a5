import { Button, PasswordInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { changePassword } from "../api/commands.ts";
import { words } from "../api/problem.ts";
import { Note, Section } from "../ui/parts.tsx";

/** Password changes one's own (US-2). */
export function Password() {
  const { t } = useTranslation();
  const [old, setOld] = useState("");
  const [fresh, setFresh] = useState("");
  const send = useMutation({
    mutationFn: () => changePassword(old, fresh),
    onSuccess: () => {
      setOld("");
      setFresh("");
      notifications.show({ message: t("own.passwordChanged") });
    },
  });
  return (
    <Section title={t("own.password")}>
      <form
        className="settings-rows"
        onSubmit={(event) => {
          event.preventDefault();
          send.mutate();
        }}
      >
        <PasswordInput
          label={t("own.passwordOld")}
          autoComplete="current-password"
          value={old}
          onChange={(event) => setOld(event.currentTarget.value)}
        />
        <PasswordInput
          label={t("own.passwordNew")}
          autoComplete="new-password"
          value={fresh}
          onChange={(event) => setFresh(event.currentTarget.value)}
        />
        {send.error && <Note tone="red">{words(send.error)}</Note>}
        <div>
          <Button type="submit" variant="default" loading={send.isPending} disabled={old === "" || fresh === ""}>
            {t("own.passwordChange")}
          </Button>
        </div>
      </form>
    </Section>
  );
}
