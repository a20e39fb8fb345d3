/** A flow as lanes: one column for each who takes part, time downwards, a line from what each entry follows from. */
import { cn, formatDuration, Link, StatusShape } from "@tillstream/ui";
import { Fragment } from "react";
import { diagramOf, kindWord, sinceFirst, wordsOf, type FlowEntry, type Placed } from "./flow.ts";

/** A lane is at least as wide as the longest word in it, which is never broken; what does not fit in the page is scrolled to. */
const LANE_REM_MAX = 10;
const TIME_REM = 4;
const ACROSS = "col-span-full grid grid-cols-subgrid";

export function FlowDiagram({ entries }: { entries: readonly FlowEntry[] }) {
  const { lanes, rows } = diagramOf(entries);
  const gridTemplateColumns = `${TIME_REM}rem repeat(${lanes.length}, minmax(min-content, ${LANE_REM_MAX}rem))`;
  return (
    // The list beside it says the same, so that what is drawn is left to those who see it.
    <div className="overflow-x-auto" tabIndex={0} role="group" aria-label="Diagram, as lanes">
      <div className="grid" style={{ gridTemplateColumns }}>
        <div className={cn(ACROSS, "items-end border-b border-line-strong pb-1 text-sm font-medium")}>
          <span className="text-muted">after</span>
          {lanes.map((lane) => (
            <span key={lane} className="px-1" title={lane}>
              <Words text={lane} />
            </span>
          ))}
        </div>
        {rows.map((placed) => (
          <Row key={placed.entry.id} placed={placed} after={sinceFirst(entries, placed.entry)} />
        ))}
      </div>
    </div>
  );
}

interface RowProps {
  placed: Placed;
  after: number;
}

function Row({ placed: { entry, lane, from }, after }: RowProps) {
  const [first, last] = [Math.min(lane, from), Math.max(lane, from)];
  return (
    <div className={cn(ACROSS, "items-center border-b border-line/60 py-0.5 last:border-b-0")}>
      <span className="figures row-start-1 text-sm text-muted">{formatDuration(after)}</span>
      {lane !== from && (
        <span
          aria-hidden="true"
          className={cn("row-start-1 mx-4 h-px bg-line-strong", entry.kind === "compensation" && "bg-compensated")}
          style={{ gridColumn: `${first + 2} / ${last + 3}` }}
        />
      )}
      <span className="z-10 row-start-1 px-0.5" style={{ gridColumn: lane + 2 }}>
        <Node entry={entry} />
      </span>
    </div>
  );
}

/** A name that may go on in the next line between the words that it is made of: "Order", "Confirmed". */
function Words({ text }: { text: string }) {
  return wordsOf(text).map((word, index) => (
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {word}
    </Fragment>
  ));
}

function Node({ entry }: { entry: FlowEntry }) {
  const { title, detail, status, href, kind } = entry;
  const inside = (
    <>
      <StatusShape status={kind === "compensation" ? "compensated" : status} size={10} />
      <span>
        <Words text={title} />
      </span>
    </>
  );
  const style = cn(
    "flex min-h-6 max-w-full items-center gap-1 rounded border border-line bg-surface px-1 text-sm leading-tight",
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
