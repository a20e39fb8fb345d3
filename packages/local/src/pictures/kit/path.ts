/** SVG path text from points: rounded to a tenth of a pixel so that the files stay small and identical on every run. */

export type Pt = readonly [number, number];

export const n = (value: number): string => String(Math.round(value * 10) / 10 + 0);
export const at = ([x, y]: Pt): string => `${n(x)} ${n(y)}`;

/** A filled shape. */
export const shape = (d: string, fill: string, extra = ""): string =>
  `<path d="${d}" fill="${fill}"${extra && ` ${extra}`}/>`;

/** A drawn line with round ends. */
export const line = (d: string, stroke: string, width: number, extra = ""): string =>
  `<path d="${d}" fill="none" stroke="${stroke}" stroke-width="${n(width)}" stroke-linecap="round" stroke-linejoin="round"${extra && ` ${extra}`}/>`;

/** A drawn line with square ends: a woven stripe, a ribbon, a strap. */
export const flat = (d: string, stroke: string, width: number, extra = ""): string =>
  `<path d="${d}" fill="none" stroke="${stroke}" stroke-width="${n(width)}"${extra && ` ${extra}`}/>`;

export const disc = (x: number, y: number, rx: number, ry: number, fill: string, extra = ""): string =>
  `<ellipse cx="${n(x)}" cy="${n(y)}" rx="${n(rx)}" ry="${n(ry)}" fill="${fill}"${extra && ` ${extra}`}/>`;

export const ring = (x: number, y: number, rx: number, ry: number, stroke: string, width: number): string =>
  `<ellipse cx="${n(x)}" cy="${n(y)}" rx="${n(rx)}" ry="${n(ry)}" fill="none" stroke="${stroke}" stroke-width="${n(width)}"/>`;

export const group = (transform: string, ...parts: readonly string[]): string =>
  `<g transform="${transform}">${parts.join("")}</g>`;

export const moved = (dx: number, dy: number): string => `translate(${n(dx)} ${n(dy)})`;

/** A straight-sided outline. */
export const poly = (points: readonly Pt[], close = true): string => `M${points.map(at).join("L")}${close ? "Z" : ""}`;

/** A rounded rectangle as a path. */
export function slab(x: number, y: number, w: number, h: number, r: number): string {
  const k = Math.min(r, w / 2, h / 2);
  return `M${n(x + k)} ${n(y)}h${n(w - 2 * k)}q${n(k)} 0 ${n(k)} ${n(k)}v${n(h - 2 * k)}q0 ${n(k)} ${n(-k)} ${n(k)}h${n(2 * k - w)}q${n(-k)} 0 ${n(-k)} ${n(-k)}v${n(2 * k - h)}q0 ${n(-k)} ${n(k)} ${n(-k)}Z`;
}
