/**
 * Where an object is shown: on a table before a wall, on a wall, or laid flat on paper. The stage
 * owns the paper tint of the category, the patch of window light and every shadow, so that all
 * pictures stand in the same room at the same hour.
 */
import { lit, mix, shaded } from "./colour.ts";
import { disc, group, moved, n, poly, shape, type Pt } from "./path.ts";

export const WIDTH = 800;
const HEIGHT = 1000;
/** Where the table meets the wall, and below it where objects stand. */
const EDGE = 612;
export const GROUND = 752;

export type Stage = "table" | "wall" | "paper";

const papers: Readonly<Record<string, string>> = {
  ceramics: "#e6d3bb",
  lighting: "#b4bdbb",
  textiles: "#e4cdc1",
  kitchen: "#e6d8b2",
  stationery: "#cbd6da",
  garden: "#cdd6bd",
};

export const paperOf = (category: string): string => papers[category] ?? "#eadfce";

/** The part of the room that a picture shows. */
export interface View {
  readonly width: number;
  readonly height: number;
  readonly edge: number;
}

const UPRIGHT: View = { width: WIDTH, height: HEIGHT, edge: EDGE };

function windowLight(paper: string, stage: Stage, view: View): string {
  const foot = stage === "table" ? view.edge : view.height;
  const lean = (x: number, y: number): Pt => [x + y * 0.42, y];
  const pane = (a: number, b: number): string => poly([lean(a, 0), lean(b, 0), lean(b, foot), lean(a, foot)]);
  const wide = view.width > WIDTH ? pane(300, 620) : "";
  return shape(`${pane(-150, 66)}${pane(86, 250)}${wide}`, lit(paper, 0.34), `opacity=".7"`);
}

/** `s` is every soft shadow, `g` the glow of a flame or bulb. */
const defs = (paper: string, art: string): string => {
  const tint = shaded(paper, 0.62);
  const glow = art.includes("url(#g)")
    ? `<radialGradient id="g"><stop stop-color="#fff1c4" stop-opacity=".85"/><stop offset=".35" stop-color="#fde6b0" stop-opacity=".4"/><stop offset="1" stop-color="#fbe3ad" stop-opacity="0"/></radialGradient>`
    : "";
  return `<defs>${glow}<radialGradient id="s"><stop stop-color="${tint}" stop-opacity=".5"/><stop offset=".5" stop-color="${tint}" stop-opacity=".3"/><stop offset="1" stop-color="${tint}" stop-opacity="0"/></radialGradient></defs>`;
};

/** A finished picture file. */
export function picture(stage: Stage, paper: string, art: string, view: View = UPRIGHT): string {
  const { width: w, height: h, edge } = view;
  const table =
    stage === "table"
      ? shape(`M0 ${edge}H${w}V${h}H0Z`, mix(lit(paper, 0.4), "#ffffff", 0.12)) +
        shape(`M0 ${edge}H${w}v5H0Z`, shaded(paper, 0.1))
      : "";
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${w} ${h}">${defs(paper, art)}${shape(`M0 0H${w}V${h}H0Z`, paper)}${windowLight(paper, stage, view)}${table}${art}</svg>\n`;
}

/** The shadow of something that stands at (x, y) with a foot of radius r and a height h: dark where it touches, fading to the lower right. */
export function standing(x: number, y: number, r: number, h: number): string {
  const reach = Math.min(230, 40 + h * 0.42);
  const depth = Math.max(16, r * 0.24);
  return (
    group(
      `rotate(9 ${n(x)} ${n(y)})`,
      disc(x + reach * 0.62, y + depth * 0.2, r * 0.95 + reach * 0.62, depth * 1.25, "url(#s)"),
    ) + disc(x + r * 0.1, y + depth * 0.18, r * 1.12, depth * 0.92, "url(#s)")
  );
}

/** The shadow of a box whose lower left front corner is (x, y), thrown along the table to the right. */
export function boxed(x: number, y: number, w: number, depth: number, h: number): string {
  const [dx, dy] = [depth * 0.55, depth * 0.34];
  const reach = 24 + Math.min(150, h * 0.5);
  return (
    group(
      `rotate(5 ${n(x + w)} ${n(y)})`,
      disc(
        x + w * 0.62 + dx * 0.5 + reach * 0.5,
        y - dy * 0.3,
        w * 0.46 + dx * 0.5 + reach * 0.75,
        dy * 0.5 + 26,
        "url(#s)",
      ),
    ) + disc(x + w * 0.5, y + 2, w * 0.56, 12, "url(#s)")
  );
}

/** The shadow that an outline throws on the wall or paper just behind it. */
export function behind(d: string, paper: string, dx = 14, dy = 18): string {
  const tint = shaded(paper, 0.55);
  return group(moved(dx, dy), shape(d, tint, `opacity=".28"`));
}
