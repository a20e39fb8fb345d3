/**
 * A letter in the shop's dress: paper, ink and clay, dark where its reader prefers that, 600 pixels wide and whole without
 * pictures. React escapes what is in it. Loaded only where a mail leaves or is looked at, since it takes half a second.
 */
import {
  Body,
  Button,
  Container,
  Head,
  Heading,
  Hr,
  Html,
  Link,
  Preview,
  render,
  Section,
  Text,
} from "@react-email/components";
import { createElement } from "react";
import type { ReactNode } from "react";
import type { Letter, Part } from "./letter.ts";

const SERIF = "Fraunces, Georgia, 'Times New Roman', serif";
const SANS = "Inter, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif";
const LIGHT = {
  canvas: "#f2ece2",
  paper: "#faf7f2",
  ink: "#23201c",
  muted: "#6a6156",
  line: "#e2d9cb",
  clay: "#b4532a",
};
const DARK = {
  canvas: "#131110",
  paper: "#1b1815",
  ink: "#f3ede4",
  muted: "#a99f92",
  line: "#3a342d",
  clay: "#e8976f",
};

/** Programs that know no media query stay with the styles of the elements. */
const DARK_STYLES = `:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  .canvas, .canvas > table > tbody > tr > td { background-color: ${DARK.canvas} !important; }
  .paper { background-color: ${DARK.paper} !important; border-color: ${DARK.line} !important; }
  .ink { color: ${DARK.ink} !important; }
  .muted { color: ${DARK.muted} !important; }
  .clay { color: ${DARK.clay} !important; }
  .line { border-color: ${DARK.line} !important; }
  .button { background-color: ${DARK.clay} !important; color: ${DARK.paper} !important; }
}
@media (max-width: 480px) { .paper { padding: 24px 20px !important; } }`;

const text = { fontFamily: SANS, fontSize: "16px", lineHeight: "24px", margin: "0 0 16px" };
const small = { ...text, fontSize: "14px", lineHeight: "21px", margin: "0 0 12px" };
const cell = { ...text, margin: "0", padding: "8px 0", verticalAlign: "top", borderTop: `1px solid ${LIGHT.line}` };

export function htmlOf({ subject, parts }: Pick<Letter, "subject" | "parts">): Promise<string> {
  return render(
    createElement(
      Html,
      { lang: "en" },
      createElement(
        Head,
        null,
        createElement("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
        createElement("meta", { name: "color-scheme", content: "light dark" }),
        createElement("title", null, subject),
        createElement("style", null, DARK_STYLES),
      ),
      createElement(Preview, null, firstWords(parts)),
      createElement(
        Body,
        { className: "canvas", style: { backgroundColor: LIGHT.canvas, margin: "0", padding: "24px 8px" } },
        createElement(
          Container,
          {
            className: "paper",
            style: {
              backgroundColor: LIGHT.paper,
              border: `1px solid ${LIGHT.line}`,
              borderRadius: "12px",
              maxWidth: "600px",
              padding: "32px 40px",
            },
          },
          createElement(
            Text,
            { className: "clay", style: { ...text, color: LIGHT.clay, fontFamily: SERIF, fontWeight: 600 } },
            "Fernhill",
          ),
          createElement(
            Heading,
            {
              as: "h1",
              className: "ink",
              style: { color: LIGHT.ink, font: `500 28px/34px ${SERIF}`, margin: "0 0 20px" },
            },
            ...unbroken(subject),
          ),
          ...parts.map((part, at) => element(part, at)),
        ),
      ),
    ),
  );
}

const firstWords = (parts: readonly Part[]): string =>
  parts.find((part): part is string => typeof part === "string" && part !== "") ?? "";

function element(part: Part, key: number): ReactNode {
  if (part === "") return null;
  if (typeof part === "string")
    return createElement(Text, { key, className: "ink", style: { ...text, color: LIGHT.ink } }, part);
  if ("rows" in part) {
    const rows = part.rows.map(({ what, sum }, at) => row(what, sum, at));
    const total = part.total && row(part.total.what, part.total.sum, rows.length, 600);
    return createElement(
      "table",
      { key, role: "presentation", width: "100%", cellPadding: 0, cellSpacing: 0, style: { margin: "0 0 16px" } },
      createElement("tbody", null, ...rows, total),
    );
  }
  if ("link" in part) return way(part.link, part.url, key);
  const style = { ...small, color: LIGHT.muted };
  const lead = part.url === undefined ? [] : [" ", address(part.url)];
  return createElement(Text, { key, className: "muted", style }, part.small, ...lead);
}

const address = (url: string): ReactNode =>
  createElement(
    Link,
    {
      key: url,
      href: url,
      className: "muted",
      style: { ...small, color: LIGHT.muted, margin: "0", textDecoration: "underline", wordBreak: "break-all" },
    },
    url,
  );

/** An order's number is read as one word. */
const ORDER_NUMBER = /(\b[0-9A-Z]{5}-[0-9A-Z]{5}\b)/;
const unbroken = (line: string): ReactNode[] =>
  line
    .split(ORDER_NUMBER)
    .map((piece, at) =>
      at % 2 === 0 ? piece : createElement("span", { key: at, style: { whiteSpace: "nowrap" } }, piece),
    );

function row(what: string, sum: string | undefined, key: number, fontWeight = 400): ReactNode {
  const style = { ...cell, color: LIGHT.ink, fontWeight };
  return createElement(
    "tr",
    { key },
    createElement("td", { className: "ink line", style }, what),
    createElement(
      "td",
      { className: "ink line", align: "right", style: { ...style, paddingLeft: "16px", whiteSpace: "nowrap" } },
      sum,
    ),
  );
}

/** The address is there to be read as well, for programs that show no button and readers who do not press one unseen. */
function way(label: string, url: string, key: number): ReactNode {
  return createElement(
    Section,
    { key, style: { margin: "8px 0 20px" } },
    createElement(
      Button,
      {
        href: url,
        className: "button",
        style: {
          backgroundColor: LIGHT.clay,
          borderRadius: "8px",
          color: LIGHT.paper,
          fontFamily: SANS,
          fontSize: "16px",
          fontWeight: 600,
          padding: "14px 22px",
        },
      },
      label,
    ),
    createElement(Hr, { className: "line", style: { borderColor: LIGHT.line, margin: "20px 0 12px" } }),
    address(url),
  );
}
