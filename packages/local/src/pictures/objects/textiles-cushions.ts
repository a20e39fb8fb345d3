/** Cushions and quilts. */
import { folded, pattern } from "../kit/cloth.ts";
import { lit, mix, shaded, tones } from "../kit/colour.ts";
import { onTable, onTableAt, type Drawing, type Drawings } from "../kit/look.ts";
import { colourOf } from "../kit/palette.ts";
import { disc, flat, line, n, ring, shape } from "../kit/path.ts";
import { box, rod } from "../kit/solids.ts";
import { boxed, GROUND as G } from "../kit/stage.ts";

/** A plump square seen from the front, its seams drawn in by the filling. */
function pillow(x: number, y: number, w: number, h: number, colour: string): string {
  const t = tones(colour);
  const at = (px: number, py: number): string => `${n(x + w * px)} ${n(y + h * py)}`;
  const body = `M${at(0, 0)}C${at(0.25, 0.06)} ${at(0.75, 0.06)} ${at(1, 0)}C${at(0.95, 0.25)} ${at(0.95, 0.75)} ${at(1, 1)}C${at(0.75, 0.95)} ${at(0.25, 0.95)} ${at(0, 1)}C${at(0.05, 0.75)} ${at(0.05, 0.25)} ${at(0, 0)}Z`;
  return (
    shape(body, t.base) +
    shape(
      `M${at(0, 0)}C${at(0.25, 0.06)} ${at(0.75, 0.06)} ${at(1, 0)}C${at(0.7, 0.2)} ${at(0.4, 0.2)} ${at(0.24, 0.28)}C${at(0.18, 0.44)} ${at(0.17, 0.7)} ${at(0, 1)}C${at(0.05, 0.75)} ${at(0.05, 0.25)} ${at(0, 0)}Z`,
      t.light,
    ) +
    shape(
      `M${at(1, 1)}C${at(0.75, 0.95)} ${at(0.25, 0.95)} ${at(0, 1)}C${at(0.3, 0.86)} ${at(0.6, 0.88)} ${at(0.78, 0.78)}C${at(0.86, 0.6)} ${at(0.84, 0.3)} ${at(1, 0)}C${at(0.95, 0.25)} ${at(0.95, 0.75)} ${at(1, 1)}Z`,
      t.dark,
    ) +
    line(
      `M${at(0.03, 0.03)}Q${at(0.14, 0.1)} ${at(0.27, 0.3)}M${at(0.05, 0.01)}Q${at(0.2, 0.06)} ${at(0.38, 0.2)}M${at(0.97, 0.96)}Q${at(0.86, 0.9)} ${at(0.74, 0.72)}M${at(0.97, 0.03)}Q${at(0.88, 0.12)} ${at(0.8, 0.3)}M${at(0.04, 0.96)}Q${at(0.12, 0.88)} ${at(0.2, 0.7)}`,
      t.deep,
      2.5,
      `opacity=".5"`,
    )
  );
}

const cushion: Drawing = (look) => {
  const colour = look.colour("Oat");
  const second = mix(colourOf("Linen"), colour, 0.2);
  return onTable(
    `<g transform="rotate(7 500 ${G - 120})">${pillow(380, G - 300, 250, 262, second)}</g>`,
    boxed(220, G + 18, 330, 90, 230),
    `<g transform="rotate(-5 380 ${G - 120})">${pillow(196, G - 330, 350, 350, colour)}</g>`,
  );
};

const bolster: Drawing = (look) => {
  const colour = colourOf(look.option("stripe") || "Indigo");
  const cloth = "#efe7d8";
  const t = tones(cloth);
  const [x, y, w, r] = [176, G - 60, 380, 112];
  const body = `M${x} ${y - r}H${x + w}A${r * 0.62} ${r} 0 0 1 ${x + w} ${y + r}H${x}A${r * 0.62} ${r} 0 0 1 ${x} ${y - r}Z`;
  const wide = [-0.82, -0.52, -0.2, 0.14, 0.48, 0.8];
  const band = wide.map((k) => `M${x - r} ${n(y + r * k)}H${x + w}`).join("");
  const thin = wide.map((k) => `M${x - r} ${n(y + r * (k + 0.115))}H${x + w}`).join("");
  const gathers = Array.from({ length: 18 }, (_, i) => {
    const turn = (Math.PI * i) / 9;
    return `M${n(x + w + Math.cos(turn) * 10)} ${n(y + Math.sin(turn) * 16)}L${n(x + w + Math.cos(turn) * r * 0.58)} ${n(y + Math.sin(turn) * r * 0.94)}`;
  }).join("");
  return onTableAt(
    1.06,
    boxed(120, G + 40, 470, 90, 120),
    shape(body, t.base),
    shape(
      `M${x} ${y - r}H${x + w}V${y - r * 0.5}H${x - r * 0.53}Q${x - r * 0.36} ${y - r * 0.96} ${x} ${y - r}Z`,
      t.light,
    ),
    `<clipPath id="b"><path d="${body}"/></clipPath><g clip-path="url(#b)">`,
    flat(band, colour, 13),
    flat(thin, colour, 3),
    "</g>",
    shape(
      `M${x - r * 0.56} ${y + r * 0.42}H${x + w}V${y + r}H${x}Q${x - r * 0.4} ${y + r * 0.92} ${x - r * 0.56} ${y + r * 0.42}Z`,
      shaded(cloth, 0.5),
      `opacity=".3"`,
    ),
    disc(x + w, y, r * 0.62, r, shaded(cloth, 0.12)),
    line(gathers, shaded(colour, 0.1), 2.5, `opacity=".6"`),
    ring(x + w, y, r * 0.6, r * 0.98, colour, 5),
    disc(x + w, y, 11, 17, colour),
    disc(x + w - 2, y - 4, 5, 8, lit(colour, 0.3)),
  );
};

const bedspread: Drawing = (look) => {
  const colour = look.colour("Chalk");
  const stitch = pattern(
    "q",
    46,
    46,
    `<path d="M0 0L46 46M46 0L0 46" stroke="${shaded(colour, 0.3)}" stroke-width="2" stroke-dasharray="5 4"/>`,
  );
  const wood = colourOf("Walnut");
  const back = mix(colour, colourOf("Linen"), 0.6);
  return onTableAt(
    1.1,
    boxed(150, G + 40, 440, 120, 160),
    rod([190, G - 60], [180, G + 40], 22, 18, wood),
    rod([560, G - 60], [572, G + 40], 22, 18, wood),
    box(140, G - 44, 460, 28, 130, wood),
    `<defs>${stitch}</defs>`,
    folded(166, G - 72, 370, 82, 150, colour, "url(#q)"),
    folded(172, G - 154, 360, 76, 146, back),
    folded(170, G - 230, 364, 80, 146, colour, "url(#q)"),
    pillow(300, G - 392, 230, 96, lit(colourOf("Linen"), 0.2)),
  );
};

export const cushions: Drawings = {
  "washed-linen-cushion": cushion,
  "ticking-bolster": bolster,
  "quilted-bedspread": bedspread,
};
