import { useElementSize } from "@mantine/hooks";
import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import { Fragment, type KeyboardEvent, type ReactNode, useState } from "react";

export interface Column<Row> {
  id: string;
  head: string;
  /** What screen readers hear where the head is an icon or empty. */
  headHidden?: boolean;
  width?: number | string;
  end?: boolean;
  /** The table's width in pixels under which this column goes. */
  from?: number;
  /** What stands in the head instead of its word, which is then only heard. */
  mark?: ReactNode;
  cell(row: Row): ReactNode;
  /** A value to sort by; a column without one does not sort. */
  sort?(row: Row): string | number;
  className?: string;
}

export interface Order {
  column: string;
  down: boolean;
}

interface Props<Row> {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey(row: Row): string;
  selected?: string | undefined;
  order?: Order;
  /** Where the order is kept elsewhere, such as in the address; the rows then come sorted. */
  sorting?: { by: Order | undefined; sortBy(order: Order): void };
  /** Words for a line above a row that begins a new group. */
  divider?(row: Row, before: Row | undefined): string | undefined;
}

/** Table is dense, sorts by its heads and is walked with the arrow keys from link to link; its columns keep their
 * width whatever the rows say. */
export function Table<Row>({ label, columns: all, rows, rowKey, selected, order, sorting, divider }: Props<Row>) {
  const own = useState(order);
  const [by, sortBy] = sorting ? [sorting.by, sorting.sortBy] : own;
  const { ref, width } = useElementSize();
  const columns = all.filter((column) => width === 0 || width >= (column.from ?? 0));
  const sorted = sorting ? rows : arrange(rows, all, by);
  return (
    <div className="table-place" ref={ref}>
      <table className="table" aria-label={label}>
        <colgroup>
          {columns.map((column) => (
            <col key={column.id} className={column.className} style={{ width: column.width }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {columns.map((column) => (
              <Head key={column.id} column={column} by={by} sortBy={sortBy} />
            ))}
          </tr>
        </thead>
        <tbody onKeyDown={walk}>
          {sorted.map((row, i) => {
            const words = divider?.(row, sorted[i - 1]);
            return (
              <Fragment key={rowKey(row)}>
                {words !== undefined && (
                  <tr className="divider">
                    <th colSpan={columns.length} scope="colgroup">
                      {words}
                    </th>
                  </tr>
                )}
                <tr data-selected={selected === rowKey(row) || undefined}>
                  {columns.map((column) => (
                    <td key={column.id} className={classes(column)}>
                      {column.cell(row)}
                    </td>
                  ))}
                </tr>
              </Fragment>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

interface HeadProps<Row> {
  column: Column<Row>;
  by: Order | undefined;
  sortBy(order: Order): void;
}

function Head<Row>({ column, by, sortBy }: HeadProps<Row>) {
  const active = by?.column === column.id;
  const sorting = active ? (by.down ? "descending" : "ascending") : undefined;
  const hidden = column.headHidden || column.mark !== undefined;
  const text = hidden ? <span className="sr">{column.head}</span> : column.head;
  if (!column.sort) {
    return (
      <th scope="col" className={classes(column)}>
        {text}
      </th>
    );
  }
  const Arrow = active && by.down ? IconArrowDown : IconArrowUp;
  return (
    <th scope="col" className={classes(column)} aria-sort={sorting}>
      <button
        type="button"
        className="sort"
        title={hidden ? column.head : undefined}
        onClick={() => sortBy({ column: column.id, down: active && !by.down })}
      >
        {column.mark}
        {text}
        <Arrow size={12} aria-hidden="true" />
      </button>
    </th>
  );
}

function classes<Row>(column: Column<Row>): string {
  return [column.end ? "end" : "", column.className ?? ""].filter(Boolean).join(" ");
}

/** arrange sorts without disturbing rows that are equal. */
function arrange<Row>(rows: readonly Row[], columns: readonly Column<Row>[], by: Order | undefined): readonly Row[] {
  const value = columns.find((column) => column.id === by?.column)?.sort;
  if (!value || !by) return rows;
  return rows.toSorted((a, b) => {
    const [left, right] = [value(a), value(b)];
    const order = typeof left === "string" ? left.localeCompare(String(right)) : left - Number(right);
    return by.down ? -order : order;
  });
}

function walk(event: KeyboardEvent<HTMLElement>) {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>(".rowlink")];
  const at = links.indexOf(document.activeElement as HTMLElement);
  const next = links[at + (event.key === "ArrowDown" ? 1 : -1)];
  if (at < 0 || !next) return;
  event.preventDefault();
  next.focus();
}
