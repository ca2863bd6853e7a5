import { useQuery } from "@tanstack/react-query";
import { words } from "../../api/problem.ts";
import { Note } from "../../ui/parts.tsx";
import { offers } from "../form/schema.ts";
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
  // Of an address that anyone may have typed: a file of the library begins with its sound, and some records are always the same.
  const making = search.make && !area.uploaded && offers(doc, "post", `/settings/${area.plural}`);
  const open = (id: string) => go({ ...listOnly(search), id });
  return (
    <div className="console-panes" data-open={search.id !== undefined || making || undefined}>
      <ListPane area={area} fields={fields} search={search} go={go} />
      {making && <CreatePane area={area} fields={fields} close={close} made={open} />}
      {search.id !== undefined && !making && (
        <RecordPane key={search.id} area={area} fields={fields} id={search.id} close={close} open={open} />
      )}
    </div>
  );
}
