/** A flow as lanes: one column for each who takes part, time downwards, a line from what each entry follows from. */
import { cn, formatDuration, Link, StatusShape } from "@tillstream/ui";
import { diagramOf, kindWord, sinceFirst, type FlowEntry, type Placed } from "./flow.ts";

const LANE_REM = 9.5;
const TIME_REM = 4.5;

export function FlowDiagram({ entries }: { entries: readonly FlowEntry[] }) {
  const { lanes, rows } = diagramOf(entries);
  const columns = { gridTemplateColumns: `${TIME_REM}rem repeat(${lanes.length}, ${LANE_REM}rem)` };
  return (
    // The list beside it says the same, so that what is drawn is left to those who see it.
    <div className="overflow-x-auto" tabIndex={0} role="group" aria-label="Diagram, as lanes">
      <div className="min-w-max">
        <div className="grid border-b border-line-strong pb-1 text-sm font-medium" style={columns}>
          <span className="text-muted">after</span>
          {lanes.map((lane) => (
            <span key={lane} className="truncate px-2" title={lane}>
              {lane}
            </span>
          ))}
        </div>
        {rows.map((placed) => (
          <Row key={placed.entry.id} placed={placed} after={sinceFirst(entries, placed.entry)} columns={columns} />
        ))}
      </div>
    </div>
  );
}

interface RowProps {
  placed: Placed;
  after: number;
  columns: React.CSSProperties;
}

function Row({ placed: { entry, lane, from }, after, columns }: RowProps) {
  const [first, last] = [Math.min(lane, from), Math.max(lane, from)];
  return (
    <div className="grid items-center border-b border-line/60 py-0.5 last:border-b-0" style={columns}>
      <span className="figures row-start-1 text-sm text-muted">{formatDuration(after)}</span>
      {lane !== from && (
        <span
          aria-hidden="true"
          className={cn("row-start-1 mx-4 h-px bg-line-strong", entry.kind === "compensation" && "bg-compensated")}
          style={{ gridColumn: `${first + 2} / ${last + 3}` }}
        />
      )}
      <span className="z-10 row-start-1 min-w-0 px-1" style={{ gridColumn: lane + 2 }}>
        <Node entry={entry} />
      </span>
    </div>
  );
}

function Node({ entry }: { entry: FlowEntry }) {
  const { title, detail, status, href, kind } = entry;
  const inside = (
    <>
      <StatusShape status={kind === "compensation" ? "compensated" : status} size={12} />
      <span className="truncate">{title}</span>
    </>
  );
  const style = cn(
    "flex min-h-6 max-w-full items-center gap-1.5 rounded border border-line bg-surface px-1.5 text-sm",
    status === "failed" && "border-failed",
  );
  const words = [title, kindWord(entry), detail].filter((part) => part !== null).join(", ");
  if (href === null)
    return (
      <span className={style} title={words}>
        {inside}
      </span>
    );
  return (
    <Link href={href} className={cn(style, "hover:border-line-strong hover:bg-sunken")} title={words}>
      {inside}
    </Link>
  );
}
