/** Leaves, sprigs and fruit: the living things that keep the objects company. */
import { tones } from "./colour.ts";
import { disc, group, line, n, shape, type Pt } from "./path.ts";

/** Leaf of length 100 from the origin to the right, in two tones; fat is half its breadth. */
function leaf(colour: string, fat: number): string {
  const t = tones(colour);
  return (
    shape(`M0 0C25 ${-fat * 1.2} 70 ${-fat} 100 0Z`, t.light) + shape(`M0 0C25 ${fat * 1.2} 70 ${fat} 100 0Z`, t.dark)
  );
}

/** Leaves placed by (x, y, degrees, length); the shape is written once and reused. `id` must differ within a picture. */
export function leaves(
  id: string,
  colour: string,
  fat: number,
  places: readonly (readonly [number, number, number, number])[],
): string {
  const uses = places
    .map(
      ([x, y, turn, size]) =>
        `<use href="#${id}" transform="translate(${n(x)} ${n(y)})rotate(${n(turn)})scale(${Math.round(size) / 100})"/>`,
    )
    .join("");
  return `<defs><g id="${id}">${leaf(colour, fat)}</g></defs>${uses}`;
}

const bend = (a: Pt, c: Pt, b: Pt, t: number): Pt => [
  (1 - t) ** 2 * a[0] + 2 * t * (1 - t) * c[0] + t * t * b[0],
  (1 - t) ** 2 * a[1] + 2 * t * (1 - t) * c[1] + t * t * b[1],
];

interface Sprig {
  readonly id: string;
  readonly from: Pt;
  readonly via: Pt;
  readonly to: Pt;
  readonly pairs: number;
  readonly size: number;
  readonly fat: number;
  readonly colour: string;
  readonly stem: string;
  /** The part of the stem that stays bare, 0..1. */
  readonly bare?: number;
}

/** A bent stem with leaves in turn on both sides, smaller towards the tip. */
export function sprig(s: Sprig): string {
  const places: (readonly [number, number, number, number])[] = [];
  const bare = s.bare ?? 0.3;
  for (let i = 0; i < s.pairs; i += 1) {
    const t = bare + ((1 - bare) * i) / s.pairs;
    const [p, q] = [bend(s.from, s.via, s.to, t), bend(s.from, s.via, s.to, Math.min(1, t + 0.05))];
    const along = (Math.atan2(q[1] - p[1], q[0] - p[0]) * 180) / Math.PI;
    const size = s.size * (1 - 0.45 * (i / s.pairs));
    places.push(
      [p[0], p[1], along + (i % 2 === 0 ? 48 : -48), size],
      [q[0], q[1], along + (i % 2 === 0 ? -52 : 52), size * 0.9],
    );
  }
  const tip = bend(s.from, s.via, s.to, 0.97);
  places.push([tip[0], tip[1], (Math.atan2(s.to[1] - s.via[1], s.to[0] - s.via[0]) * 180) / Math.PI, s.size * 0.6]);
  return (
    line(`M${n(s.from[0])} ${n(s.from[1])}Q${n(s.via[0])} ${n(s.via[1])} ${n(s.to[0])} ${n(s.to[1])}`, s.stem, 4) +
    leaves(s.id, s.colour, s.fat, places)
  );
}

/** A pear standing with its foot at (x, y), about 100 tall at size 1. */
export function pear(x: number, y: number, size: number, colour: string): string {
  const t = tones(colour);
  return group(
    `translate(${n(x)} ${n(y)})scale(${size})`,
    shape("M0 0C-40 0-44-42-27-62C-18-74-18-98 0-98C18-98 18-74 27-62C44-42 40 0 0 0Z", t.base),
    shape("M-8-1C-40-4-42-42-27-62C-19-73-18-92-6-97C-12-80-12-70-18-58C-28-38-24-12-8-1Z", t.light),
    shape("M8-1C22-8 24-36 14-58C8-72 10-86 8-96C18-92 19-74 27-62C44-42 40-4 8-1Z", t.dark),
    line("M0-96Q0-112 8-120", "#6a4a33", 5),
  );
}

/** A lemon or a plum: a rounded fruit of the given radii around (x, y). */
export function fruit(x: number, y: number, rx: number, ry: number, colour: string): string {
  const t = tones(colour);
  return (
    disc(x, y, rx, ry, t.base) +
    shape(
      `M${n(x + rx * 0.2)} ${n(y - ry)}A${n(rx)} ${n(ry)} 0 0 1 ${n(x - rx * 0.1)} ${n(y + ry)}A${n(rx * 1.1)} ${n(ry * 1.2)} 0 0 0 ${n(x + rx * 0.2)} ${n(y - ry)}Z`,
      t.dark,
    ) +
    disc(x - rx * 0.42, y - ry * 0.4, rx * 0.22, ry * 0.18, t.light)
  );
}

/** A simple open flower of six petals with a dark eye. */
export const bloom = (id: string, x: number, y: number, size: number, colour: string): string =>
  leaves(
    id,
    colour,
    36,
    [0, 60, 120, 180, 240, 300].map((turn) => [x, y, turn + 12, size] as const),
  ) + disc(x, y, size * 0.22, size * 0.2, "#6b4a2c");
