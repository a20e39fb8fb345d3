/** Two states of one row of a read model: what differs, and both whole. */
import { JsonView } from "@tillstream/ui";
import type { Outputs } from "../console/trpc.ts";

type RowChange = Outputs["projections"]["step"]["steps"][number]["rows"][number];
type Row = RowChange["after"];

interface Side {
  /** "Before", "Stored". */
  readonly title: string;
  readonly row: Row;
  /** In place of a row that is not there. */
  readonly none: string;
}

interface RowPairProps {
  of: Pick<RowChange, "table" | "key">;
  left: Side;
  right: Side;
  changes: RowChange["changes"];
}

/** "account_view 42": the table and the row's key. */
export const rowName = ({ table, key }: Pick<RowChange, "table" | "key">) =>
  `${table} ${Object.values(key).map(String).join(" ")}`;

export function RowPair({ of, left, right, changes }: RowPairProps) {
  const paths = changes.map(({ path }) => path);
  return (
    <section aria-label={rowName(of)} className="@container min-w-0 space-y-2">
      <h4 className="font-mono text-sm break-all text-ink-soft">{rowName(of)}</h4>
      {changes.length > 0 && (
        <ul className="space-y-0.5 font-mono text-sm">
          {changes.map(({ path, before, after }) => (
            <li key={path} className="break-all">
              <span className="text-ink-soft">{path}</span> <span className="sr-only">{left.title}</span>
              <del className="bg-failed-soft px-1 no-underline">{short(before)}</del>
              <span aria-hidden="true"> → </span>
              <span className="sr-only">{right.title}</span>
              <ins className="bg-done-soft px-1 no-underline">{short(after)}</ins>
            </li>
          ))}
        </ul>
      )}
      <div className="grid gap-2 @2xl:grid-cols-2">
        <Whole side={left} of={of} paths={paths} />
        <Whole side={right} of={of} paths={paths} />
      </div>
    </section>
  );
}

const VALUE_SHOWN_MAX = 120;

function short(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > VALUE_SHOWN_MAX ? `${text.slice(0, VALUE_SHOWN_MAX)}…` : text;
}

function Whole({
  side: { title, row, none },
  of,
  paths,
}: {
  side: Side;
  of: RowPairProps["of"];
  paths: readonly string[];
}) {
  if (row === null)
    return (
      <p className="self-start rounded-md border border-dashed border-line px-3 py-2 text-sm text-muted">
        <span className="font-medium text-ink-soft">{title}</span>: {none}
      </p>
    );
  return <JsonView value={row} label={`${title}: ${rowName(of)}`} openDepth={1} highlight={paths} />;
}
