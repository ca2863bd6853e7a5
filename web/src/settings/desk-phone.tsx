import { ActionIcon, Button } from "@mantine/core";
import { IconEye, IconEyeOff } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { makeDeskPhone } from "../api/commands.ts";
import { ownQuery, sessionQuery } from "../api/queries.ts";
import { useDesk, useLive } from "../phone/context.ts";
import { Badge, Copy, Note } from "../ui/parts.tsx";

/** DeskPhone shows what to enter in a SIP phone or program so that it rings for this agent. */
export function DeskPhone() {
  const { t } = useTranslation();
  const { session } = useDesk();
  const desk = useLive((live) => live.me.desk);
  const [shown, show] = useState(false);
  const { data: now } = useQuery(sessionQuery); // that of the desk is from when the page was loaded
  const phone = now?.desk_phone ?? session.desk_phone;
  if (!phone) {
    return (
      <>
        <Note>{t("deskPhone.none")}</Note>
        <NewSignIn word={t("deskPhone.make")} />
      </>
    );
  }
  const rows = [
    { word: t("deskPhone.username"), value: phone.username },
    { word: t("deskPhone.domain"), value: phone.domain },
    { word: t("deskPhone.server"), value: phone.server },
  ];
  return (
    <>
      <p className="desk-state">
        <Badge tone={desk?.registered ? "green" : "plain"}>
          {t(desk?.registered ? "deskPhone.registered" : "deskPhone.notRegistered")}
        </Badge>
      </p>
      <ul className="credentials">
        {rows.map((row) => (
          <li key={row.word}>
            <span>{row.word}</span>
            <strong className="num">{row.value}</strong>
            <Copy value={row.value} label={t("deskPhone.copy", { what: row.word })} done={t("deskPhone.copied")} />
          </li>
        ))}
        <li>
          <span>{t("deskPhone.password")}</span>
          <strong className="credential-secret">{shown ? phone.password : "•".repeat(16)}</strong>
          <ActionIcon
            variant="subtle"
            color="gray"
            onClick={() => show(!shown)}
            aria-label={t(shown ? "deskPhone.hide" : "deskPhone.reveal")}
          >
            {shown ? <IconEyeOff size={16} /> : <IconEye size={16} />}
          </ActionIcon>
          <Copy
            value={phone.password}
            label={t("deskPhone.copy", { what: t("deskPhone.password") })}
            done={t("deskPhone.copied")}
          />
        </li>
      </ul>
      <Note>{t("deskPhone.how")}</Note>
      <NewSignIn word={t("deskPhone.again")} />
    </>
  );
}

/** NewSignIn makes a sign-in, in place of the one that there is. */
function NewSignIn({ word }: { word: string }) {
  const queries = useQueryClient();
  const make = useMutation({
    mutationFn: makeDeskPhone,
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: sessionQuery.queryKey });
      await queries.invalidateQueries({ queryKey: ownQuery.queryKey }); // the agent's record has changed
    },
  });
  return (
    <>
      <Button variant="default" mt="md" loading={make.isPending} onClick={() => make.mutate()}>
        {word}
      </Button>
      {make.error && <Note tone="red">{make.error.message}</Note>}
    </>
  );
}
