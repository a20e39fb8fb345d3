// Joins class names so that a caller's class replaces the component's own of the same kind. The groups are ours and not
// tailwind-merge's full list, which alone would cost every storefront page 5 kB.
import { clsx, type ClassValue } from "clsx";
import { createTailwindMerge } from "tailwind-merge";

const any = () => true;
const length = (value: string) => /^\[[\d.]|^\d/.test(value);
// `border-b` and `border-t-2` are edges, not colours: taken for one, they would lose to the colour beside them.
const colour = (value: string) => !/^[xytrbl](-|$)/.test(value);
const prefixed = (prefix: string) => [{ [prefix]: ["", any] }];
const sides = (kind: "p" | "m") =>
  Object.fromEntries(["", "x", "y", "t", "r", "b", "l"].map((side) => [kind + side, prefixed(kind + side)]));
const beaten = (kind: "p" | "m") => ({
  [kind]: ["x", "y", "t", "r", "b", "l"].map((side) => kind + side),
  [`${kind}x`]: [`${kind}l`, `${kind}r`],
  [`${kind}y`]: [`${kind}t`, `${kind}b`],
});
const byPrefix = [
  "w",
  "h",
  "size",
  "min-w",
  "max-w",
  "min-h",
  "max-h",
  "gap",
  "gap-x",
  "gap-y",
  "grid-cols",
  "items",
  "justify",
  "self",
  "col-span",
  "rounded",
  "shadow",
  "leading",
  "tracking",
  "opacity",
  "overflow",
  "overflow-x",
  "overflow-y",
  "z",
  "inset",
  "inset-x",
  "inset-y",
  "top",
  "right",
  "bottom",
  "left",
  "aspect",
  "bg",
  "whitespace",
  "order",
];

const merge = createTailwindMerge(() => ({
  cacheSize: 500,
  theme: {},
  classGroups: {
    display: ["block", "inline", "inline-block", "flex", "inline-flex", "grid", "inline-grid", "hidden", "contents"],
    position: ["static", "relative", "absolute", "fixed", "sticky"],
    "font-size": [{ text: ["xs", "sm", "base", "lg", "xl", "2xl", "3xl", "4xl", length] }],
    "text-align": [{ text: ["left", "center", "right", "start", "end"] }],
    "text-wrap": [{ text: ["balance", "pretty", "wrap", "nowrap"] }],
    "text-colour": [{ text: [any] }],
    "font-weight": [{ font: ["normal", "medium", "semibold", "bold"] }],
    "font-family": [{ font: ["sans", "mono", "display"] }],
    "border-style": [{ border: ["solid", "dashed", "dotted", "none"] }],
    "border-width": [{ border: ["", length] }],
    "border-colour": [{ border: [colour] }],
    ...Object.fromEntries(byPrefix.map((prefix) => [prefix, prefixed(prefix)])),
    ...sides("p"),
    ...sides("m"),
  },
  conflictingClassGroups: {
    ...beaten("p"),
    ...beaten("m"),
    size: ["w", "h"],
    gap: ["gap-x", "gap-y"],
    overflow: ["overflow-x", "overflow-y"],
    "font-size": ["leading"],
    inset: ["inset-x", "inset-y", "top", "right", "bottom", "left"],
  },
  conflictingClassGroupModifiers: {},
  orderSensitiveModifiers: [
    "before",
    "after",
    "placeholder",
    "file",
    "first-letter",
    "first-line",
    "marker",
    "selection",
  ],
}));

/** Joins class names; of two that set the same thing under the same variant, the later wins. */
export function cn(...values: ClassValue[]): string {
  return merge(clsx(values));
}
