/**
 * Turned forms: anything thrown on a wheel or spun on a lathe. A profile of rings (height, radius)
 * (form.ts) becomes an outline, a lighter facet on the left and a darker one on the right. The facets are the
 * profile itself seen at a part of its radius, so they follow every shoulder and neck of the form.
 */
import { shaded, tones } from "./colour.ts";
import { bendAt, ends, form, radiusAt, slice, topOf, type Form } from "./form.ts";
import { disc, n, ring, shape, type Pt } from "./path.ts";
import type { Chance } from "./random.ts";

type Finish = "matte" | "glaze" | "metal";

/** The strip of surface between two parts of the radius, -1 (left edge) to 1 (right edge). */
function strip(f: Form, left: number, right: number): string {
  const place =
    (k: number) =>
    ([h, r]: Pt): string =>
      `${n(f.x + k * r)} ${n(f.y - h + bendAt(f, h) * r * Math.sqrt(1 - k * k))}`;
  const [foot, top] = ends(f);
  const [onRight, onLeft] = [place(right), place(left)];
  const up = f.curves.map((c) => `C${onRight(c[1])} ${onRight(c[2])} ${onRight(c[3])}`).join("");
  const down = f.curves
    .toReversed()
    .map((c) => `C${onLeft(c[2])} ${onLeft(c[1])} ${onLeft(c[0])}`)
    .join("");
  const arc = (end: Pt, k: number, sweep: number): string =>
    end[1] < 0.5 ? `L${place(k)(end)}` : `A${n(end[1])} ${n(end[1] * bendAt(f, end[0]))} 0 0 ${sweep} ${place(k)(end)}`;
  return `M${onRight(foot)}${up}${arc(top, left, 1)}${down}${arc(foot, right, 0)}Z`;
}

/** The outline alone, for shadows and clear glass. */
export const outline = (f: Form): string => strip(f, -1, 1);

/** The form in its tones. Glaze adds a window glint; metal a second, harder reflection. */
export function skin(f: Form, colour: string, finish: Finish = "matte"): string {
  const t = tones(colour);
  const parts = [shape(strip(f, -1, 1), t.base), shape(strip(f, -1, -0.46), t.light), shape(strip(f, 0.36, 1), t.dark)];
  if (finish === "metal")
    parts.push(
      shape(strip(f, -0.74, -0.56), t.glint),
      shape(strip(f, 0.74, 0.9), t.base),
      shape(strip(f, 0.36, 0.46), t.deep),
    );
  if (finish === "glaze") {
    const [foot, top] = ends(f);
    const [low, high] = [foot[0] + (top[0] - foot[0]) * 0.42, foot[0] + (top[0] - foot[0]) * 0.8];
    parts.push(shape(strip(slice(f, low, high), -0.78, -0.68), t.glint, `opacity=".8"`));
  }
  return parts.join("");
}

/** A straight-walled disc or cylinder with its top face. */
export function drum(
  x: number,
  y: number,
  r: number,
  h: number,
  tilt: number,
  colour: string,
  finish: Finish = "matte",
): string {
  const f: Form = {
    ...form(x, y, tilt, [
      [0, r, "c"],
      [h, r, "c"],
    ]),
    height: 0.001,
  };
  return skin(f, colour, finish) + disc(x, y - h, r, r * tilt, tones(colour).light);
}

/** A ring of another colour around the form. */
export const band = (f: Form, from: number, to: number, colour: string, finish: Finish = "matte"): string =>
  skin(slice(f, from, to), colour, finish);

/** The open mouth: dark where the near wall keeps the light out, brighter on the far right. */
export function mouth(f: Form, colour: string, lip = 5): string {
  const { x, y, r } = topOf(f);
  const t = tones(colour);
  const [rx, ry] = [r - lip, (r - lip) * f.tilt];
  return [
    disc(x, y, r, r * f.tilt, t.light),
    disc(x, y, rx, ry, t.deep),
    shape(
      `M${n(x - rx * 0.1)} ${n(y - ry)}A${n(rx)} ${n(ry)} 0 0 1 ${n(x + rx * 0.3)} ${n(y + ry * 0.95)}A${n(rx * 0.9)} ${n(ry)} 0 0 0 ${n(x - rx * 0.1)} ${n(y - ry)}Z`,
      t.dark,
    ),
    ring(x, y, r - lip / 2, (r - lip / 2) * f.tilt, t.light, 1),
  ].join("");
}

/** The inside of a shallow, open form: lit across, with the shade of its own left wall. */
export function dish(f: Form, colour: string, lip = 6): string {
  const { x, y, r } = topOf(f);
  const t = tones(colour);
  const [rx, ry] = [r - lip, (r - lip) * f.tilt];
  return [
    disc(x, y, r, r * f.tilt, t.light),
    disc(x, y, rx, ry, shaded(colour, 0.07)),
    shape(
      `M${n(x + rx * 0.2)} ${n(y - ry * 0.98)}A${n(rx)} ${n(ry)} 0 0 0 ${n(x - rx * 0.5)} ${n(y + ry * 0.866)}A${n(rx * 0.92)} ${n(ry * 1.1)} 0 0 1 ${n(x + rx * 0.2)} ${n(y - ry * 0.98)}Z`,
      t.dark,
      `opacity=".75"`,
    ),
  ].join("");
}

/** An open bowl with things in it: the near rim hides their feet. `id` must differ within a picture. */
export function filled(f: Form, colour: string, lip: number, id: string, ...contents: readonly string[]): string {
  const { x, y, r } = topOf(f);
  const [rx, ry] = [r - lip, (r - lip) * f.tilt];
  const seen = `M${n(x - rx)} ${n(y)}A${n(rx)} ${n(ry)} 0 0 0 ${n(x + rx)} ${n(y)}V${n(y - 4 * r)}H${n(x - rx)}Z`;
  return `${dish(f, colour, lip)}<clipPath id="${id}"><path d="${seen}"/></clipPath><g clip-path="url(#${id})">${contents.join("")}</g>`;
}

/** Iron specks in a stoneware body. */
export function speckle(f: Form, colour: string, count: number, next: Chance): string {
  const [foot, top] = ends(f);
  const fill = shaded(colour, 0.45);
  let dots = "";
  for (let i = 0; i < count; i += 1) {
    const h = foot[0] + (top[0] - foot[0]) * (0.04 + 0.92 * next());
    const [k, r] = [next() * 1.8 - 0.9, radiusAt(f, h)];
    const size = 1.2 + next() * 1.8;
    dots += `M${n(f.x + k * r)} ${n(f.y - h + bendAt(f, h) * r * Math.sqrt(1 - k * k))}h${n(size)}v${n(size)}h${n(-size)}Z`;
  }
  return shape(dots, fill, `opacity=".5"`);
}
