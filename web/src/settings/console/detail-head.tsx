import { ActionIcon } from "@mantine/core";
import { IconArrowLeft, IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  title: string;
  lead?: string;
  close(): void;
  children?: ReactNode;
}

/** DetailHead names what is open beside the list, and leads back. */
export function DetailHead({ title, lead, close, children }: Props) {
  const { t } = useTranslation("console");
  return (
    <header className="console-head" data-detail>
      <ActionIcon variant="subtle" color="gray" className="console-back" onClick={close} aria-label={t("record.back")}>
        <IconArrowLeft size={18} />
      </ActionIcon>
      <div>
        <h2>{title}</h2>
        {lead && <p>{lead}</p>}
      </div>
      <div className="console-actions">{children}</div>
      <ActionIcon variant="subtle" color="gray" className="console-close" onClick={close} aria-label={t("form.close")}>
        <IconX size={18} />
      </ActionIcon>
    </header>
  );
}
