import { IconCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { words } from "../../api/problem.ts";
import { useDesk } from "../../phone/context.ts";
import { Note } from "../../ui/parts.tsx";
import { SinglePage } from "../console/single-page.tsx";
import { useCompanySearch } from "../console/use-search.ts";
import { CallStep } from "./call-step.tsx";
import { MakeStep } from "./make-step.tsx";
import { RouteStep } from "./route-step.tsx";
import { after, doneOf, isStep, nextOf, type Step, startOf, steps, type There } from "./steps.ts";
import { thereQuery } from "./there.ts";
import "./wizard.css";

/** WizardPage leads from nothing to a first call (BX-48). */
export function WizardPage() {
  const { t } = useTranslation("console");
  const { data: there, error } = useQuery(thereQuery);
  const [search, go] = useCompanySearch();
  const done = there && doneOf(there);
  const step = isStep(search.id) ? search.id : done && nextOf(done);
  return (
    <section className="console-detail wizard" aria-label={t("wizard.title")}>
      <header className="console-head">
        <div>
          <h2>{t("wizard.title")}</h2>
          <p>{t("wizard.lead")}</p>
        </div>
      </header>
      {error && <Note tone="red">{words(error)}</Note>}
      {there && done && step && (
        <div className="wizard-body">
          <Steps done={done} step={step} />
          <div className="wizard-step" key={step}>
            <h3>{t(`wizard.${step}`)}</h3>
            <p>{step === "call" ? "" : t(`wizard.${step}Text`)}</p>
            <Chosen step={step} there={there} next={() => go({ id: after(step) })} />
          </div>
        </div>
      )}
    </section>
  );
}

function Steps({ done, step }: { done: Readonly<Record<Step, boolean>>; step: Step }) {
  const { t } = useTranslation("console");
  return (
    <ol className="wizard-steps" aria-label={t("wizard.steps")}>
      {steps.map((one, i) => (
        <li key={one}>
          <Link
            to="/settings/company/$area"
            params={{ area: "first" }}
            search={{ id: one }}
            aria-current={one === step ? "step" : undefined}
            className="wizard-link"
          >
            <span className="wizard-mark" data-done={done[one] || undefined}>
              {done[one] ? <IconCheck size={14} aria-hidden="true" /> : i + 1}
            </span>
            {t(`wizard.${one}`)}
            {done[one] && <span className="sr">{t("wizard.done")}</span>}
          </Link>
        </li>
      ))}
    </ol>
  );
}

function Chosen({ step, there, next }: { step: Step; there: There; next(): void }) {
  const { session } = useDesk();
  const start = startOf(step, there, session.user.id);
  switch (step) {
    case "organisation":
      return <SinglePage which="organisation" saved={next} />;
    case "trunk":
      return <MakeStep kind="trunk" rows={there.trunks} start={start} next={next} />;
    case "number":
      return <MakeStep kind="number" rows={there.numbers} start={start} next={next} />;
    case "agent":
      return <MakeStep kind="agent" rows={there.agents} start={start} next={next} />;
    case "queue":
      return <MakeStep kind="queue" rows={there.queues} start={start} next={next} />;
    case "route":
      return <RouteStep there={there} next={next} />;
    case "call":
      return <CallStep there={there} />;
  }
}
