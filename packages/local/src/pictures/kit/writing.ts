/** Paper white, round shafts and pencils: what the desk pictures share. */
import { tones } from "./colour.ts";
import { n, shape } from "./path.ts";
import { behind } from "./stage.ts";

export const PAGE = "#f4eee2";

/** A round shaft along x from 0 to `length`, lying level. */
export function shaft(length: number, r: number, colour: string): string {
  const t = tones(colour);
  return (
    shape(`M0 ${-r}h${n(length)}v${2 * r}h${n(-length)}Z`, t.base) +
    shape(`M0 ${-r}h${n(length)}v${n(r * 0.6)}h${n(-length)}Z`, t.light) +
    shape(`M0 ${n(r * 0.35)}h${n(length)}v${n(r * 0.65)}h${n(-length)}Z`, t.dark)
  );
}

/** A round pencil from its bare end at the origin to its point at x = 430. */
export const pencil = (colour: string, paper: string): string =>
  behind("M0-15H360L430 0L360 15H0Z", paper, 10, 12) +
  shaft(360, 15, colour) +
  shape("M360-15L410-5V5L360 15Q368 8 360 5Q368 0 360-5Q368-9 360-15Z", "#dfba8c") +
  shape("M360 4Q366 9 360 15L410 5V1Z", "#b98d60") +
  shape("M408-5L430 0L408 5Z", "#3b3a3c") +
  shape("M-8-13Q-12 0-8 13H0V-15Z", "#d9b88f");
