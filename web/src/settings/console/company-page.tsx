import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Empty } from "../../ui/parts.tsx";
import { SettingsNav } from "../nav.tsx";
import { WizardPage } from "../wizard/wizard-page.tsx";
import { AreaPage } from "./area-page.tsx";
import { areaNamed } from "./areas.ts";
import { AuditPage } from "./audit-page.tsx";
import { MakeRoom } from "./make-room.tsx";
import { OrganisationPage } from "./single-page.tsx";
import "./console.css";

/** CompanyPage: the company's settings, an area of them beside the list of areas. */
export default function CompanyPage() {
  const { t } = useTranslation();
  const { t: c } = useTranslation("console");
  const { area: name } = useParams({ from: "/desk/settings/company/$area" });
  const area = areaNamed(name);
  const title = area ? c(`kind.${area.kind}.many`) : name in fixed ? c(`console.${name as keyof typeof fixed}`) : "";
  return (
    <>
      <h1 className="sr">{t("rail.settings")}</h1>
      <SettingsNav current={title} />
      <MakeRoom>
        <div className="pane-work console" key={name}>
          <Chosen name={name} />
        </div>
      </MakeRoom>
    </>
  );
}

const fixed = { first: WizardPage, organisation: OrganisationPage, audit: AuditPage };

function Chosen({ name }: { name: string }) {
  const { t } = useTranslation();
  const area = areaNamed(name);
  const Page = fixed[name as keyof typeof fixed];
  if (area) return <AreaPage area={area} />;
  if (Page) return <Page />;
  return <Empty title={t("notFound.title")} />;
}
