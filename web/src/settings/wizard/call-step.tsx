import { Button, Loader } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { callsQuery } from "../../api/queries.ts";
import { ringing, talking } from "../../live/picture.ts";
import { useLive } from "../../phone/context.ts";
import { Note } from "../../ui/parts.tsx";
import { leadsToQueue, type There } from "./steps.ts";

const every = 3000; // milliseconds between looks for the call

/** CallStep waits for the first call, and says when it came. */
export function CallStep({ there }: { there: There }) {
  const { t } = useTranslation("console");
  const number = there.numbers.find(leadsToQueue) ?? there.numbers.at(-1);
  const live = useLive((picture) => ringing(picture.me) ?? talking(picture.me));
  const { data } = useQuery({ ...callsQuery({ direction: ["inbound"], limit: 1 }), refetchInterval: every });
  const came = live?.number ?? data?.items[0]?.from;
  return (
    <div className="wizard-there">
      <p>{t("wizard.callText", { number: number?.title ?? "–" })}</p>
      <div role="status">
        {came ? (
          <Note tone="green">{t("wizard.callCame", { number: came })}</Note>
        ) : (
          <p className="wizard-waits">
            <Loader size={16} /> {t("wizard.callWaiting")}
          </p>
        )}
      </div>
      <Button
        variant="default"
        renderRoot={(props) => (
          <Link to="/settings/company/$area" params={{ area: "numbers" }} search={{}} {...props} />
        )}
      >
        {t("wizard.finish")}
      </Button>
    </div>
  );
}
