import { ActionIcon } from "@mantine/core";
import { IconEye, IconEyeOff } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useDesk, useLive } from "../phone/context.ts";
import { Badge, Copy, Note } from "../ui/parts.tsx";

/** DeskPhone shows what to enter in a SIP phone or program so that it rings for this agent. */
export function DeskPhone() {
  const { t } = useTranslation();
  const { session } = useDesk();
  const desk = useLive((live) => live.me.desk);
  const [shown, show] = useState(false);
  const phone = session.desk_phone;
  if (!phone) return <Note>{t("deskPhone.none")}</Note>;
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
    </>
  );
}
