import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { words } from "../../api/problem.ts";
import { Note } from "../../ui/parts.tsx";
import { type TrunkTested, testTrunk } from "../records.ts";

/** TrunkTest asks the carrier whether it answers, and says what came of it and what to do (BX-33, BX-48). */
export function TrunkTest({ id }: { id: string }) {
  const { t } = useTranslation("console");
  const test = useMutation({ mutationFn: () => testTrunk(id) });
  return (
    <div className="trunk-test">
      <Button variant="default" loading={test.isPending} onClick={() => test.mutate()}>
        {t("trunkTest.go")}
      </Button>
      <div role="status">
        {test.error && <Note tone="red">{words(test.error)}</Note>}
        {test.data && <Told of={test.data} />}
      </div>
    </div>
  );
}

function Told({ of }: { of: TrunkTested }) {
  const { t } = useTranslation("console");
  const facts = [
    ["why", of.why],
    ["tls", of.tls],
    ["codecs", of.codecs],
    ["offered", of.ok ? of.offered : undefined],
  ] as const;
  return (
    <Note tone={of.ok ? "green" : "orange"}>
      {of.words} {of.advice}
      {facts.map(([word, fact]) => fact && <div key={word}>{t(`trunkTest.${word}`, { fact })}</div>)}
    </Note>
  );
}
