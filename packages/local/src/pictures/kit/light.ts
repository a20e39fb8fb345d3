/** What shines: flames, bulbs, and the pool that a shade throws on a table. */
import { line, n, shape, disc } from "./path.ts";

export const glow = (x: number, y: number, r: number): string => disc(x, y, r, r, "url(#g)");

/** A still candle flame, its wick at (x, y). */
export function flame(x: number, y: number, size = 1): string {
  const s = (v: number): string => n(v * size);
  return (
    glow(x, y - 34 * size, 150 * size) +
    line(`M${n(x)} ${n(y + 4)}v${s(-14)}`, "#3c2f2b", 3.5) +
    shape(
      `M${n(x)} ${n(y - 2)}c${s(-20)} ${s(-8)} ${s(-15)} ${s(-34)} ${s(2)} ${s(-66)}c${s(14)} ${s(32)} ${s(18)} ${s(56)} ${s(-2)} ${s(66)}Z`,
      "#eeb04d",
    ) +
    shape(
      `M${n(x)} ${n(y - 5)}c${s(-11)} ${s(-5)} ${s(-8)} ${s(-20)} ${s(1)} ${s(-38)}c${s(8)} ${s(18)} ${s(10)} ${s(32)} ${s(-1)} ${s(38)}Z`,
      "#fdf0c8",
    )
  );
}

/** The lit ellipse on the table under a shade, and the faint beam between the two; `lean` is how much lower the shade's right rim hangs than its left. */
export function pool(x: number, top: number, topR: number, foot: number, footR: number, lean = 0): string {
  return (
    disc(x, foot, footR, footR * 0.26, "#fff2cf", `opacity=".55"`) +
    disc(x, foot, footR * 0.72, footR * 0.18, "#fff6de", `opacity=".6"`) +
    shape(
      `M${n(x - topR)} ${n(top - lean / 2)}L${n(x + topR)} ${n(top + lean / 2)}L${n(x + footR)} ${n(foot)}A${n(footR)} ${n(footR * 0.26)} 0 0 1 ${n(x - footR)} ${n(foot)}Z`,
      "#fff1cc",
      `opacity=".22"`,
    )
  );
}
