/** Faceted metal: a turned form with flat sides, such as a moka pot or a cut glass bottle. */
import { lit, tones } from "./colour.ts";
import { disc, poly, shape, type Pt } from "./path.ts";

/** Where the edges of an eight-sided form stand across its width, left to right. */
const EDGES = [-1, -0.62, -0.08, 0.5, 1] as const;

/** Flat sides between levels of [y, half width]; each level sags a little in front, like a ring seen from above. */
export function faceted(
  x: number,
  levels: readonly (readonly [number, number])[],
  colour: string,
  shine = true,
): string {
  const t = tones(colour);
  const fills = [t.light, shine ? lit(colour, 0.46) : t.light, t.base, t.dark];
  const sag = (k: number): number => 0.13 * Math.sqrt(Math.max(0, 1 - k * k));
  const place = ([y, half]: readonly [number, number], k: number): Pt => [x + k * half, y + half * sag(k)];
  return fills
    .map((fill, i) => {
      const [a, b] = [EDGES[i] ?? -1, EDGES[i + 1] ?? 1];
      return shape(poly([...levels.map((l) => place(l, a)), ...levels.toReversed().map((l) => place(l, b))]), fill);
    })
    .join("");
}

/** A small round rivet or screw head. */
export const rivet = (x: number, y: number, r: number, colour: string): string =>
  disc(x, y, r, r, tones(colour).deep) + disc(x - r * 0.2, y - r * 0.25, r * 0.7, r * 0.7, tones(colour).light);
