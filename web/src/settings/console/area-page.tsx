import { useQuery } from "@tanstack/react-query";
import { words } from "../../api/problem.ts";
import { Note } from "../../ui/parts.tsx";
import { descriptionQuery } from "../records.ts";
import type { Area } from "./areas.ts";
import { CreatePane } from "./create-pane.tsx";
import { fieldsOfArea } from "./description.ts";
import { ListPane } from "./list-pane.tsx";
import { RecordPane } from "./record-pane.tsx";
import { listOnly } from "./search.ts";
import { useCompanySearch } from "./use-search.ts";

/** AreaPage: the records of a kind as a dense table, one of them open beside it. The address holds everything chosen. */
export function AreaPage({ area }: { area: Area }) {
  const [search, go] = useCompanySearch();
  const { data: doc, error } = useQuery(descriptionQuery);
  const close = () => go(listOnly(search));
  if (error) return <Note tone="red">{words(error)}</Note>;
  if (!doc) return null;
  const fields = fieldsOfArea(doc, area);
  const open = (id: string) => go({ ...listOnly(search), id });
  return (
    <div className="console-panes" data-open={search.id !== undefined || search.make || undefined}>
      <ListPane area={area} fields={fields} search={search} go={go} />
      {search.make && <CreatePane area={area} fields={fields} close={close} made={open} />}
      {search.id !== undefined && !search.make && (
        <RecordPane key={search.id} area={area} fields={fields} id={search.id} close={close} open={open} />
      )}
    </div>
  );
}
