/**
 * Colour arithmetic for the pictures: every object gets its tones from one real colour, so that all
 * pictures share one light (warm from the upper left) and one shade (cool plum). Mixing happens in
 * OKLab, because mixing in sRGB turns warm colours grey on the way to the shade.
 * Conversion after Bjorn Ottosson, "A perceptual color space for image processing" (2020).
 */

type Triple = readonly [number, number, number];

const LIGHT = "#fff3dd";
const SHADE = "#34252f";

const toLinear = (v: number): number => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
const toGamma = (v: number): number => (v <= 0.0031308 ? v * 12.92 : 1.055 * v ** (1 / 2.4) - 0.055);

function toLab(hex: string): Triple {
  const [r, g, b] = [1, 3, 5].map((i) => toLinear(Number.parseInt(hex.slice(i, i + 2), 16) / 255)) as [
    number,
    number,
    number,
  ]; // map keeps the length of three
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function fromLab([L, A, B]: Triple): string {
  const l = (L + 0.3963377774 * A + 0.2158037573 * B) ** 3;
  const m = (L - 0.1055613458 * A - 0.0638541728 * B) ** 3;
  const s = (L - 0.0894841775 * A - 1.291485548 * B) ** 3;
  const channels = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  return `#${channels
    .map((v) =>
      Math.round(255 * Math.min(1, Math.max(0, toGamma(Math.max(0, v)))))
        .toString(16)
        .padStart(2, "0"),
    )
    .join("")}`;
}

/** `t` of the way (0..1) from `a` to `b`; both `#rrggbb`. */
export function mix(a: string, b: string, t: number): string {
  const [x, y] = [toLab(a), toLab(b)];
  return fromLab([x[0] + (y[0] - x[0]) * t, x[1] + (y[1] - x[1]) * t, x[2] + (y[2] - x[2]) * t]);
}

export const lit = (colour: string, t: number): string => mix(colour, LIGHT, t);
export const shaded = (colour: string, t: number): string => mix(colour, SHADE, t);

interface Tones {
  readonly glint: string;
  readonly light: string;
  readonly base: string;
  readonly dark: string;
  readonly deep: string;
}

/** The five flat tones that one colour shows under the pictures' light. */
export function tones(colour: string): Tones {
  return {
    glint: lit(colour, 0.62),
    light: lit(colour, 0.24),
    base: colour,
    dark: shaded(colour, 0.2),
    deep: shaded(colour, 0.44),
  };
}
