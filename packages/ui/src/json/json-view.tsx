import ChevronRight from "lucide-react/icons/chevron-right";
import { CopyButton } from "../actions/copy-button.tsx";
import { cn } from "../cn.ts";
import { jsonTree, touches, type JsonEntry, type JsonNode } from "./json-tree.ts";

export type JsonViewProps = {
  value: unknown;
  /** Names the region and the copy button: "Stored payload". */
  label: string;
  /** Levels that start open; the rest opens by click, Enter or Space. */
  openDepth?: number | undefined;
  /** JSON pointers (RFC 6901) to mark as changed: "/lines/0/quantity". */
  highlight?: readonly string[] | undefined;
  /** What is said beside a single value, by its JSON pointer: an amount as money. */
  notes?: ReadonlyMap<string, string> | undefined;
  /** Leaves out the bar with label and copy button. */
  bare?: boolean | undefined;
  className?: string | undefined;
};

/** A JSON value to read: coloured, folding, copyable. Built of <details>, so it works by keyboard and without scripts. */
export function JsonView({
  value,
  label,
  openDepth = 2,
  highlight = [],
  notes,
  bare = false,
  className,
}: JsonViewProps) {
  const text = JSON.stringify(value, null, 2) ?? "undefined";
  return (
    <section
      aria-label={label}
      className={cn("min-w-0 overflow-hidden rounded-md border border-line bg-surface", className)}
    >
      {!bare && (
        <div className="flex h-8 items-center justify-between gap-2 border-b border-line bg-sunken pr-1 pl-3 text-sm font-medium text-ink-soft">
          <span className="truncate">{label}</span>
          <CopyButton text={text} what={label.toLowerCase()} />
        </div>
      )}
      <div
        tabIndex={0}
        role="region"
        aria-label={`${label}, content`}
        className="max-h-[70vh] overflow-auto px-3 py-2 font-mono text-sm leading-6 focus-visible:outline-offset-[-2px]"
      >
        <Value node={jsonTree(value)} depth={0} openDepth={openDepth} highlight={highlight} notes={notes} />
      </div>
    </section>
  );
}

type Place = {
  depth: number;
  openDepth: number;
  highlight: readonly string[];
  notes: ReadonlyMap<string, string> | undefined;
};
const colours = { text: "text-code-text", number: "text-code-number", literal: "text-code-literal" };

function Value({ node, keyText, ...place }: { node: JsonNode; keyText?: string | undefined } & Place) {
  const changed = place.highlight.includes(node.path);
  const note = place.notes?.get(node.path);
  const name = keyText !== undefined && (
    <span className="text-ink-soft">
      {keyText}:{"\u00a0"}
    </span>
  );
  if (!("entries" in node)) {
    return (
      <span className={cn("block pl-4 break-words -indent-4", changed && "bg-waiting-soft")}>
        <span className="inline-block w-4 indent-0 text-waiting select-none" aria-hidden="true">
          {changed ? "±" : ""}
        </span>
        {name}
        <span className={colours[node.kind]}>{node.text}</span>
        {note !== undefined && <span className="text-muted select-none">{`\u00a0\u00a0${note}`}</span>}
        {changed && <span className="sr-only"> (changed)</span>}
      </span>
    );
  }
  const [open, close] = node.kind === "array" ? ["[", "]"] : ["{", "}"];
  if (node.size === 0)
    return (
      <span className="block pl-4">
        {name}
        <span className="text-muted">
          {open}
          {close}
        </span>
      </span>
    );
  const startsOpen =
    place.depth < place.openDepth || (place.highlight.length > 0 && touches(node.path, place.highlight));
  return (
    <details open={startsOpen} className="group/json">
      <summary className={cn("flex min-h-6 items-center rounded-sm hover:bg-sunken", changed && "bg-waiting-soft")}>
        <ChevronRight
          size={12}
          aria-hidden="true"
          className="mr-1 shrink-0 text-muted transition-transform [details[open]>summary>&]:rotate-90"
        />
        {name}
        <span className="text-muted">
          {open}
          <span className="[details[open]>summary>*>&]:hidden">
            {" "}
            {node.size} {close}
          </span>
        </span>
      </summary>
      <ul className="ml-[5px] border-l border-line pl-2.5">
        {node.entries.map((entry) => (
          <Entry key={entry.key} entry={entry} inArray={node.kind === "array"} {...place} />
        ))}
        {node.hidden > 0 && <li className="pl-4 text-muted">… {node.hidden} more; copy to see all</li>}
      </ul>
      <span className="block pl-4 text-muted">{close}</span>
    </details>
  );
}

function Entry({ entry, inArray, ...place }: { entry: JsonEntry; inArray: boolean } & Place) {
  return (
    <li>
      <Value node={entry.node} keyText={inArray ? undefined : entry.key} {...place} depth={place.depth + 1} />
    </li>
  );
}
