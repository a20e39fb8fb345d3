/** Straight-edged and bent solids: boxes, boards, rods and bars, each in three tones under the one light. */
import { lit, shaded, tones } from "./colour.ts";
import { group, line, moved, n, poly, shape, type Pt } from "./path.ts";

/** A box seen from the front, a little from above and from the right. (x, y) is the lower left front corner. */
export function box(x: number, y: number, w: number, h: number, depth: number, colour: string): string {
  const t = tones(colour);
  const [dx, dy] = [depth * 0.55, depth * 0.34];
  return (
    shape(
      poly([
        [x, y - h],
        [x + dx, y - h - dy],
        [x + w + dx, y - h - dy],
        [x + w, y - h],
      ]),
      t.light,
    ) +
    shape(
      poly([
        [x + w, y],
        [x + w, y - h],
        [x + w + dx, y - h - dy],
        [x + w + dx, y - dy],
      ]),
      t.dark,
    ) +
    shape(`M${n(x)} ${n(y - h)}h${n(w)}v${n(h)}h${n(-w)}Z`, t.base)
  );
}

/** A bent round bar such as a handle or a wire: shade below, light along the upper left. */
export function bar(d: string, width: number, colour: string): string {
  const t = tones(colour);
  const off = width * 0.13;
  return (
    line(d, t.dark, width) +
    group(moved(-off, -off), line(d, t.base, width * 0.7)) +
    group(moved(-off * 2, -off * 2), line(d, t.light, width * 0.2))
  );
}

/** A straight rod between two points that may taper; light on its left or upper side. */
export function rod([x1, y1]: Pt, [x2, y2]: Pt, w1: number, w2: number, colour: string): string {
  const t = tones(colour);
  const size = Math.hypot(x2 - x1, y2 - y1);
  let [nx, ny] = [(y2 - y1) / size, -(x2 - x1) / size];
  if (nx + ny * 0.8 > 0) [nx, ny] = [-nx, -ny];
  const edge = (k: number, j: number): string =>
    poly([
      [x1 + nx * w1 * k, y1 + ny * w1 * k],
      [x2 + nx * w2 * k, y2 + ny * w2 * k],
      [x2 + nx * w2 * j, y2 + ny * w2 * j],
      [x1 + nx * w1 * j, y1 + ny * w1 * j],
    ]);
  return shape(edge(0.5, -0.5), t.base) + shape(edge(0.5, 0.24), t.light) + shape(edge(-0.16, -0.5), t.dark);
}

/** A few long grain lines across a wooden face, left to right. */
export function grain(x: number, y: number, w: number, h: number, colour: string, rows: number): string {
  let d = "";
  for (let i = 1; i <= rows; i += 1) {
    const [top, bend] = [y + (h * i) / (rows + 1), (i % 2 === 0 ? -1 : 1) * h * 0.04];
    const [from, to] = [x + w * (i % 3 === 0 ? 0.3 : 0.04), x + w * (i % 3 === 1 ? 0.7 : 0.96)];
    d += `M${n(from)} ${n(top)}q${n((to - from) / 2)} ${n(bend)} ${n(to - from)} 0`;
  }
  return line(d, shaded(colour, 0.14), 2, `opacity=".7"`);
}

/** A closed book lying flat, spine to the front. (x, y) is the lower left front corner. */
export function book(x: number, y: number, w: number, h: number, depth: number, colour: string): string {
  const t = tones(colour);
  const [dx, dy] = [depth * 0.55, depth * 0.34];
  return (
    box(x, y, w, h, depth, colour) +
    shape(
      poly([
        [x + w, y - h * 0.16],
        [x + w, y - h * 0.84],
        [x + w + dx, y - h * 0.84 - dy],
        [x + w + dx, y - h * 0.16 - dy],
      ]),
      lit("#e3d7c0", 0.1),
    ) +
    shape(
      `M${n(x + w * 0.12)} ${n(y - h)}h6v${n(h)}h-6ZM${n(x + w * 0.8)} ${n(y - h)}h6v${n(h)}h-6Z`,
      t.light,
      `opacity=".7"`,
    )
  );
}
