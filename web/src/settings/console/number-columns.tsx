import { ActionIcon } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import {
  IconLock,
  IconMessage,
  IconPencil,
  IconPhone,
  IconPhoto,
  IconShieldCheck,
  IconStarFilled,
  IconTrash,
} from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { words } from "../../api/problem.ts";
import type { Column } from "../../ui/table.tsx";
import { type Row, recordQuery, type Stored, save } from "../records.ts";
import { areaOf } from "./areas.ts";
import { DeleteDialog } from "./delete-dialog.tsx";

const area = areaOf("number");

type Words = ReturnType<typeof useTranslation<"console">>["t"];

/** numberColumns: what a number carries, its marks, and what is done with it in the list (PN-12). */
export const numberColumns = (t: Words): Column<Row>[] => [
  { id: "marks", head: t("number.marks"), width: 76, cell: (row) => <Marks row={row} /> },
  {
    id: "actions",
    head: t("number.actions"),
    width: 120,
    end: true,
    className: "acts",
    cell: (row) => <Actions row={row} />,
  },
];

/** stored is the row as a record: numbers are not drafted. */
function stored({ draft: _, ...row }: Row): Stored {
  return row;
}

const marks = [
  ["voice", IconPhone],
  ["sms", IconMessage],
  ["mms", IconPhoto],
  ["default_phone_number", IconStarFilled],
  ["deletion_protected", IconShieldCheck],
] as const;

function Marks({ row }: { row: Row }) {
  const { t } = useTranslation("console");
  return (
    <span className="row-marks">
      {marks.map(
        ([name, Icon]) =>
          row.fields[name] === true && (
            <span key={name} role="img" aria-label={t(`number.${name}`)} title={t(`number.${name}`)}>
              <Icon size={15} aria-hidden="true" />
            </span>
          ),
      )}
    </span>
  );
}

function Actions({ row }: { row: Row }) {
  const { t } = useTranslation("console");
  const queries = useQueryClient();
  const [deleting, deletes] = useState(false);
  const protect = useMutation({
    mutationFn: () => save(area, row.id, row.version, { ...row.fields, deletion_protected: true }),
    onSuccess: (next) => {
      queries.setQueryData(recordQuery(area, row.id).queryKey, next);
      void queries.invalidateQueries({ queryKey: ["records"] });
    },
    onError: (error) => notifications.show({ color: "red", message: words(error) }),
  });
  const named = (word: "edit" | "protect" | "delete") => t(`number.${word}`, { number: row.title });
  const look = { size: 28, variant: "subtle", color: "gray" } as const;
  return (
    <span className="row-marks">
      <ActionIcon
        {...look}
        aria-label={named("edit")}
        renderRoot={(props) => (
          <Link to="/settings/company/$area" params={{ area: area.plural }} search={{ id: row.id }} {...props} />
        )}
      >
        <IconPencil size={16} />
      </ActionIcon>
      {row.fields.deletion_protected !== true && (
        <ActionIcon
          {...look}
          aria-label={named("protect")}
          loading={protect.isPending}
          onClick={() => protect.mutate()}
        >
          <IconLock size={16} />
        </ActionIcon>
      )}
      <ActionIcon {...look} aria-label={named("delete")} onClick={() => deletes(true)}>
        <IconTrash size={16} />
      </ActionIcon>
      {deleting && (
        <DeleteDialog area={area} record={stored(row)} close={() => deletes(false)} gone={() => deletes(false)} />
      )}
    </span>
  );
}
