import { ActionIcon } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import "../../ui/list.css";

interface Props {
  total: number;
  page: number;
  size: number;
  to(page: number): void;
}

/** Paging says how many there are and walks through them. */
export function Paging({ total, page, size, to }: Props) {
  const { t } = useTranslation("console");
  const pages = Math.max(1, Math.ceil(total / size));
  const common = { variant: "subtle", color: "gray" } as const;
  return (
    <footer className="list-paging num">
      <span>{t("list.total", { count: total })}</span>
      {pages > 1 && (
        <>
          <ActionIcon {...common} disabled={page <= 1} onClick={() => to(page - 1)} aria-label={t("list.newer")}>
            <IconChevronLeft size={16} />
          </ActionIcon>
          <span>{t("list.page", { page, pages })}</span>
          <ActionIcon {...common} disabled={page >= pages} onClick={() => to(page + 1)} aria-label={t("list.older")}>
            <IconChevronRight size={16} />
          </ActionIcon>
        </>
      )}
    </footer>
  );
}
