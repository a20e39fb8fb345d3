/**
 * The shape of a turned thing, before any colour: a profile of rings (height, radius) as smooth
 * curves that can be cut at any height and asked for their radius.
 */
import type { Pt } from "./path.ts";

/** Height above the foot and radius in px. "c" is a corner, "h" a level tangent (a closing dome), "v" an upright one (a belly). */
type Ring = readonly [h: number, r: number, mark?: "c" | "h" | "v"];
type Curve = readonly [Pt, Pt, Pt, Pt];

export interface Form {
  readonly x: number;
  readonly y: number;
  /** How far from above we look: 0 is level, 0.2 is a plate on the table. */
  readonly tilt: number;
  readonly curves: readonly Curve[];
  /** Height of the whole form: a slice keeps it, so that its edges bend like those of the whole. */
  readonly height: number;
}

const REACH = 0.37;

function direction(rings: readonly Ring[], i: number): Pt | undefined {
  const [before, here, after] = [rings[i - 1], rings[i], rings[i + 1]];
  if (here === undefined) return undefined;
  const [from, to] = [before ?? here, after ?? here];
  if (here[2] === "h") return [0, Math.sign(to[1] - from[1])];
  if (here[2] === "v") return [1, 0];
  if (here[2] === "c" || before === undefined || after === undefined) return undefined;
  const size = Math.hypot(after[0] - before[0], after[1] - before[1]);
  return [(after[0] - before[0]) / size, (after[1] - before[1]) / size];
}

/** A form standing with its foot at (x, y); rings go from the foot upwards. */
export function form(x: number, y: number, tilt: number, rings: readonly Ring[]): Form {
  const curves: Curve[] = [];
  for (const [i, to] of rings.entries()) {
    const from = rings[i - 1];
    if (from === undefined) continue;
    const reach = REACH * Math.hypot(to[0] - from[0], to[1] - from[1]);
    const [out, into] = [direction(rings, i - 1), direction(rings, i)];
    const straight = (a: Ring, b: Ring): Pt => [a[0] + (b[0] - a[0]) / 3, a[1] + (b[1] - a[1]) / 3];
    curves.push([
      [from[0], from[1]],
      out === undefined ? straight(from, to) : [from[0] + out[0] * reach, from[1] + out[1] * reach],
      into === undefined ? straight(to, from) : [to[0] - into[0] * reach, to[1] - into[1] * reach],
      [to[0], to[1]],
    ]);
  }
  return { x, y, tilt, curves, height: rings.at(-1)?.[0] ?? 0 };
}

/** Rings bend less at the foot than at the mouth: not optics, but the quiet foot that a drawn pot has. */
const FOOT_BEND = 0.55;
export const bendAt = (f: Form, h: number): number =>
  f.tilt * (FOOT_BEND + (1 - FOOT_BEND) * Math.min(1, Math.max(0, h / f.height)));

const between = (a: Pt, b: Pt, t: number): Pt => [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];

function split([a, b, c, d]: Curve, t: number): readonly [Curve, Curve] {
  const [ab, bc, cd] = [between(a, b, t), between(b, c, t), between(c, d, t)];
  const [abc, bcd] = [between(ab, bc, t), between(bc, cd, t)];
  const mid = between(abc, bcd, t);
  return [
    [a, ab, abc, mid],
    [mid, bcd, cd, d],
  ];
}

function whereAt(curve: Curve, h: number): number {
  let [low, high] = [0, 1];
  for (let step = 0; step < 24; step += 1) {
    const mid = (low + high) / 2;
    if (split(curve, mid)[0][3][0] < h) low = mid;
    else high = mid;
  }
  return (low + high) / 2;
}

/** The part of a form between two heights: a glaze line, a painted band, the liquid in a jar. */
export function slice(whole: Form, from: number, to: number): Form {
  const curves: Curve[] = [];
  for (const curve of whole.curves) {
    let part = curve;
    if (part[3][0] <= from || part[0][0] >= to) continue;
    if (part[0][0] < from) part = split(part, whereAt(part, from))[1];
    if (part[3][0] > to) part = split(part, whereAt(part, to))[0];
    curves.push(part);
  }
  return { ...whole, curves };
}

export function radiusAt(whole: Form, h: number): number {
  const curve = whole.curves.find((c) => c[0][0] <= h && c[3][0] >= h);
  return curve === undefined ? 0 : split(curve, whereAt(curve, h))[0][3][1];
}

export const ends = (f: Form): readonly [Pt, Pt] => [f.curves[0]?.[0] ?? [0, 0], f.curves.at(-1)?.[3] ?? [0, 0]];

/** The middle of the top ring and its radius. */
export function topOf(f: Form): { readonly x: number; readonly y: number; readonly r: number } {
  const [, top] = ends(f);
  return { x: f.x, y: f.y - top[0], r: top[1] };
}
