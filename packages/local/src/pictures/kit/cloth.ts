/** Cloth at rest: folded stacks, hanging folds, fringes and small woven patterns. */
import { shaded, tones } from "./colour.ts";
import { line, n, poly, shape } from "./path.ts";

/** A pattern that fills a shape: `id` is written once and used as `url(#id)`. */
export const pattern = (id: string, w: number, h: number, art: string, transform = ""): string =>
  `<pattern id="${id}" width="${n(w)}" height="${n(h)}" patternUnits="userSpaceOnUse"${transform && ` patternTransform="${transform}"`}>${art}</pattern>`;

export const stripes = (id: string, gap: number, width: number, colour: string, turn = 0): string =>
  pattern(
    id,
    gap,
    gap,
    `<path d="M0 0h${n(width)}v${n(gap)}h${n(-width)}Z" fill="${colour}"/>`,
    turn === 0 ? "" : `rotate(${turn})`,
  );

/**
 * One folded piece lying flat: the rounded fold shows at the front, the open layers at the right.
 * (x, y) is the lower left front corner. `print` paints front and top again, for a pattern.
 */
export function folded(x: number, y: number, w: number, h: number, depth: number, colour: string, print = ""): string {
  const t = tones(colour);
  const [dx, dy, r] = [depth * 0.55, depth * 0.34, h / 2];
  const top = `M${n(x + r)} ${n(y - h)}H${n(x + w)}L${n(x + w + dx)} ${n(y - h - dy)}H${n(x + r + dx)}Q${n(x + dx * 0.6)} ${n(y - h - dy * 0.8)} ${n(x + r)} ${n(y - h)}Z`;
  const side = poly([
    [x + w, y],
    [x + w, y - h],
    [x + w + dx, y - h - dy],
    [x + w + dx, y - dy],
  ]);
  const front = `M${n(x + r)} ${n(y - h)}H${n(x + w)}q${n(r * 0.5)} ${n(r)} 0 ${n(h)}H${n(x + r)}A${n(r)} ${n(r)} 0 0 1 ${n(x + r)} ${n(y - h)}Z`;
  let layers = "";
  for (const k of [0.28, 0.52, 0.76])
    layers += poly(
      [
        [x + w + 2, y - h * k],
        [x + w + dx, y - h * k - dy],
      ],
      false,
    );
  return (
    shape(side, t.dark) +
    line(layers, t.deep, 2, `opacity=".6"`) +
    shape(top, t.light) +
    shape(front, t.base) +
    (print === "" ? "" : shape(top, print, `opacity=".8"`) + shape(front, print)) +
    shape(
      `M${n(x + r)} ${n(y - h * 0.3)}H${n(x + w)}v${n(h * 0.3)}H${n(x + r)}Q${n(x + r * 0.2)} ${n(y - 1)} ${n(x + r * 0.1)} ${n(y - h * 0.32)}Z`,
      t.dark,
      `opacity=".55"`,
    )
  );
}

/** A row of hanging threads below the edge from x to x + w. */
export function fringe(x: number, y: number, w: number, length: number, colour: string, gap = 9): string {
  let d = "";
  for (let i = 0; i * gap <= w; i += 1)
    d += `M${n(x + i * gap)} ${n(y)}q${n((i % 3) - 1)} ${n(length / 2)} ${n(((i * 7) % 5) - 2)} ${n(length - (i % 2) * 4)}`;
  return line(d, colour, 3.5);
}

/** Soft vertical folds over a hanging piece, darker to the right. Each fold is [x, top, foot, width]. */
export const folds = (colour: string, places: readonly (readonly [number, number, number, number])[]): string =>
  shape(
    places
      .map(
        ([x, top, foot, w]) =>
          `M${n(x)} ${n(top)}C${n(x + w * 0.2)} ${n(top + (foot - top) * 0.4)} ${n(x - w * 0.4)} ${n(top + (foot - top) * 0.7)} ${n(x)} ${n(foot)}h${n(w)}C${n(x + w * 0.4)} ${n(top + (foot - top) * 0.7)} ${n(x + w * 0.2)} ${n(top + (foot - top) * 0.4)} ${n(x)} ${n(top)}Z`,
      )
      .join(""),
    shaded(colour, 0.26),
    `opacity=".55"`,
  );
