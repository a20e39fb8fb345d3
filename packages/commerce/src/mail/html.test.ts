import { expect, it } from "vitest";
import { htmlOf } from "./html.ts";
import { textOf } from "./letter.ts";
import type { Part } from "./letter.ts";
import { loginLetters, orderLetters } from "./samples.ts";

const SHOP = "https://shop.test";
const order: readonly Part[] = [
  "Thank you.",
  "",
  {
    rows: [{ what: "2 x Mug", sum: "$24.00" }, { what: "A parcel" }],
    total: { what: "Total", sum: "$24.00" },
  },
  "",
  { link: "See order 7K2MQ-X40VB", url: `${SHOP}/orders/1?token=t&next=%2F` },
];
const letters = {
  ...orderLetters,
  ...loginLetters,
  order: { subject: "Your Fernhill order 7K2MQ-X40VB is confirmed", parts: order, body: textOf(order) },
};

const unescape = (text: string) =>
  text
    .replaceAll("&#x27;", "'")
    .replaceAll("&quot;", `"`)
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
/** What a reader sees: without the head and the preview. */
const wordsOf = (html: string) =>
  unescape(
    html
      .replace(/^.*<h1/s, "<h1")
      .replace(/<!--.*?-->/gs, "")
      .replace(/<[^>]+>/g, "\n"),
  );

it.each(Object.entries(letters))("the HTML of %s says what its text says, with the same links", async (_, letter) => {
  const html = await htmlOf(letter);
  const words = wordsOf(html).replace(/\s+/g, " ");
  const said = letter.body.split("\n").flatMap((line) => line.trim().split(/, (?=\$)|: (?=\$)|(?<=:) (?=http)|:$/));
  for (const piece of [...said, ...letter.subject.split(" ")]) expect(words).toContain(piece);
  const links = [...html.matchAll(/href="([^"]*)"/g)].map(([, href = ""]) => unescape(href));
  expect(new Set(links)).toEqual(new Set(letter.body.match(/https:\S+/g)));
  expect(html).not.toMatch(/<(?:script|img|form|iframe)/);
});

it("markup that somebody typed stays text, in the subject and in every part", async () => {
  const typed = `<b onclick="x">&amp;`;
  const parts: Part[] = [
    typed,
    { rows: [{ what: typed, sum: typed }], total: { what: typed, sum: typed } },
    { link: typed, url: `${SHOP}/?"><script>` },
    { small: typed },
  ];
  const html = await htmlOf({ subject: typed, parts });
  expect(html).not.toMatch(/<b |<script/);
  expect(wordsOf(html).split(typed)).toHaveLength(9);
});

it("a mail program shows the first words in its list, and the letter in the dark", async () => {
  const html = await htmlOf(letters.order);
  expect(html).toMatch(/^<!DOCTYPE html/);
  expect(html).toMatch(/<body[^>]*>.*?display:none[^>]*>Thank you\./s);
  expect(html).toContain("prefers-color-scheme: dark");
  expect(html).toContain(`lang="en"`);
});

it("the letters about a login read as they were meant", () => {
  expect(Object.values(loginLetters).map(({ subject, body }) => `${subject}\n\n${body}`)).toMatchSnapshot();
});
