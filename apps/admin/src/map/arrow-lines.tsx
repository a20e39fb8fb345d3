"use client";
/** The arrows of one node, over the columns. They are measured where the node is pointed at: they are drawn for that moment. */

export interface Line {
  readonly id: string;
  readonly d: string;
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly middle: number;
}

/** How far a line goes straight out of a node before it bends. */
const BEND_PX = 28;

/** From each pair's first node to its second, by the ids that their elements in `container` have. */
export function linesIn(container: HTMLElement, pairs: readonly (readonly [from: string, to: string])[]): Line[] {
  const origin = container.getBoundingClientRect();
  const boxOf = (id: string): Box | undefined => {
    const element = container.querySelector(`[data-node="${CSS.escape(id)}"]`);
    if (element === null) return undefined;
    const { left, right, top, height } = element.getBoundingClientRect();
    return { left: left - origin.left, right: right - origin.left, middle: top - origin.top + height / 2 };
  };
  return pairs.flatMap(([from, to]) => {
    const [source, target] = [boxOf(from), boxOf(to)];
    return source === undefined || target === undefined ? [] : [{ id: `${from} ${to}`, d: pathOf(source, target) }];
  });
}

/** Out on the side of the target and in on that of the source, so that a line that goes back crosses no node. */
export function pathOf(source: Box, target: Box): string {
  const goesBack = target.left < source.left;
  const [x1, x2] = goesBack ? [source.left, target.right] : [source.right, target.left];
  const bend = goesBack ? -BEND_PX : BEND_PX;
  return `M${x1} ${source.middle} C${x1 + bend} ${source.middle} ${x2 - bend} ${target.middle} ${x2} ${target.middle}`;
}

export function ArrowLines({ lines }: { lines: readonly Line[] }) {
  return (
    <svg aria-hidden="true" className="pointer-events-none absolute inset-0 z-10 h-full w-full text-running">
      <defs>
        <marker id="arrow-head" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto">
          <path d="M0 0 L8 4 L0 8 z" fill="currentColor" />
        </marker>
      </defs>
      {lines.map(({ id, d }) => (
        <path key={id} d={d} fill="none" stroke="currentColor" strokeWidth={1.5} markerEnd="url(#arrow-head)" />
      ))}
    </svg>
  );
}
