import { Modal } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { MakeContext } from "../form/context.ts";
import type { Kind } from "../form/schema.ts";
import { descriptionQuery } from "../records.ts";
import { areaOf } from "./areas.ts";
import { CreateForm } from "./create-form.tsx";
import { fieldsOfArea } from "./description.ts";

interface Making {
  readonly kind: Kind;
  made(id: string): void;
}

/** MakeRoom lets a field make the record that it wants to name, in a dialog over the form; dialogs may stand on dialogs. */
export function MakeRoom({ children }: { children: ReactNode }) {
  const [stack, setStack] = useState<readonly Making[]>([]);
  const drop = () => setStack((now) => now.slice(0, -1));
  return (
    <MakeContext value={(kind, made) => setStack((now) => [...now, { kind, made }])}>
      {children}
      {stack.map((one, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a stack grows and shrinks at its end
        <MakeDialog key={i} kind={one.kind} made={one.made} close={drop} />
      ))}
    </MakeContext>
  );
}

function MakeDialog({ kind, made, close }: Making & { close(): void }) {
  const { t } = useTranslation("console");
  const { data: doc } = useQuery(descriptionQuery);
  const area = areaOf(kind);
  return (
    <Modal
      opened
      onClose={close}
      size="xl"
      title={t("record.new", { kind: t(`kind.${kind}.one`) })}
      closeButtonProps={{ "aria-label": t("form.close") }}
    >
      {doc && (
        <CreateForm
          area={area}
          fields={fieldsOfArea(doc, area)}
          cancel={close}
          made={({ id }) => {
            made(id);
            close();
          }}
        />
      )}
    </Modal>
  );
}
