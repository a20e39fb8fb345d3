"use client";
/** The map as columns. A node that is pointed at, or has the focus, shows its arrows, and what they carry in words. */
import { cn, Link, StatusShape, statusEdge, statusSoft } from "@tillstream/ui";
import { useRef, useState } from "react";
import { ArrowLines, linesIn, type Line } from "./arrow-lines.tsx";
import {
  arrowsText,
  columnsOf,
  figureOf,
  hrefOf,
  isInTrouble,
  nameOf,
  nodeState,
  stepsText,
  withoutArrows,
  type MapNode,
  type Neighbours,
  type SystemMap,
} from "./system-map.ts";

interface MapDiagramProps {
  map: SystemMap;
  neighbours: ReadonlyMap<string, Neighbours>;
}

interface Pointed {
  readonly node: MapNode;
  readonly lines: readonly Line[];
}

const NONE: Neighbours = { from: [], to: [] };

export function MapDiagram({ map, neighbours }: MapDiagramProps) {
  const columns = useRef<HTMLDivElement>(null);
  const [pointed, setPointed] = useState<Pointed>();
  const around = (pointed && neighbours.get(pointed.node.id)) ?? NONE;
  const lit = new Set([...around.from, ...around.to].map(({ node }) => node.id).concat(pointed?.node.id ?? []));

  function point(node: MapNode): void {
    const { from, to } = neighbours.get(node.id) ?? NONE;
    const pairs = [
      ...from.map((arrow) => [arrow.node.id, node.id] as const),
      ...to.map((arrow) => [node.id, arrow.node.id] as const),
    ];
    setPointed({ node, lines: columns.current === null ? [] : linesIn(columns.current, pairs) });
  }

  return (
    <>
      {/* The list below says the same, so that what is drawn is left to those who see it. */}
      <div className="overflow-x-auto" tabIndex={0} role="group" aria-label="Diagram, as columns">
        <div
          ref={columns}
          className="relative grid min-w-240 grid-cols-4 items-start gap-x-10"
          onMouseLeave={() => setPointed(undefined)}
          onBlur={() => setPointed(undefined)}
        >
          {columnsOf(map).map(({ title, groups }) => (
            <div key={title}>
              <h3 className="mb-2 border-b border-line-strong pb-1 text-sm font-medium">{title}</h3>
              {groups.map((group) => (
                <div key={group.title} className="mb-3">
                  {group.title !== "" && <p className="mb-1 text-sm text-muted">{group.title}</p>}
                  <ul className="space-y-1">
                    {group.nodes.map((node) => (
                      <li key={node.id} className={cn(pointed !== undefined && !lit.has(node.id) && "opacity-40")}>
                        <Node node={node} href={hrefOf(node, neighbours.get(node.id) ?? NONE)} onPoint={point} />
                        {node.steps.length > 0 && <p className="px-1.5 text-sm text-muted">{stepsText(node)}</p>}
                      </li>
                    ))}
                  </ul>
                </div>
              ))}
            </div>
          ))}
          {pointed !== undefined && <ArrowLines lines={pointed.lines} />}
        </div>
      </div>
      <Said pointed={pointed?.node} around={around} />
    </>
  );
}

/** Always as high, so that nothing moves under the pointer. */
function Said({ pointed, around }: { pointed: MapNode | undefined; around: Neighbours }) {
  return (
    <div className="sticky bottom-0 z-20 h-24 overflow-y-auto border-t border-line bg-surface py-2 text-sm">
      {pointed === undefined ? (
        <p className="text-muted">Point at something to see what leads to it and what it leads to.</p>
      ) : (
        <>
          <p>
            <span className="text-muted">{nameOf(pointed)} follows from: </span>
            {around.from.length === 0 ? withoutArrows.from(pointed) : arrowsText(around.from)}
          </p>
          <p>
            <span className="text-muted">{nameOf(pointed)} leads to: </span>
            {around.to.length === 0 ? withoutArrows.to(pointed) : arrowsText(around.to)}
          </p>
        </>
      )}
    </div>
  );
}

interface NodeProps {
  node: MapNode;
  href: string;
  onPoint(node: MapNode): void;
}

function Node({ node, href, onPoint }: NodeProps) {
  const [state, troubled] = [nodeState(node), isInTrouble(node)];
  const point = () => onPoint(node);
  return (
    <Link
      href={href}
      data-node={node.id}
      onMouseEnter={point}
      onFocus={point}
      className={cn(
        "flex min-h-7 items-center gap-1.5 rounded border border-line bg-surface px-1.5 text-sm hover:border-line-strong hover:bg-sunken",
        troubled && cn("min-h-11 text-base font-medium", statusSoft.waiting, statusEdge.waiting),
      )}
    >
      {state !== undefined && <StatusShape status={state.status} size={12} />}
      <span className="min-w-0 grow truncate font-mono">{node.name}</span>
      <span className={cn("figures shrink-0", !troubled && "text-muted")}>{figureOf(node)}</span>
    </Link>
  );
}
