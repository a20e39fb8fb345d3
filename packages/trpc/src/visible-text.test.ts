import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { line, personName } from "./input.ts";
import { visibleLine, visibleText } from "./visible-text.ts";

describe("invisible characters are not part of a name", () => {
  it.each([
    ["a zero-width space", "Ines\u200bMoreau", "InesMoreau"],
    ["a byte order mark", "\ufeffInes", "Ines"],
    ["a soft hyphen", "Mo\u00adreau", "Moreau"],
    ["a bidi override", "\u202eInes", "Ines"],
    ["bidi isolates", "\u2066Ines\u2069", "Ines"],
    ["a joiner that joins nothing", "\u200dInes\u200d M\u200d", "Ines M"],
    ["a variation selector at the start", "\ufe0fInes", "Ines"],
  ])("%s is left out", (_, typed, kept) => {
    expect(line(200).parse(typed)).toBe(kept);
  });

  it.each([
    "\u200b",
    "\u3164",
    "\u115f\u1160",
    "\uffa0",
    "\u202e",
    "\u2800",
    "\u2800\ufe0f",
    "\u2060\ufeff",
    "\u{e0041}",
    " \u200d ",
    "",
  ])("a name of %j alone is required", (typed) => {
    expect(personName.safeParse(typed).error?.issues[0]?.message).toBe("enter a name");
  });
});

describe("names of every script stay as they are", () => {
  it.each([
    "👩‍👩‍👧",
    "❤️ Ines",
    "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "محمد",
    "علی‌رضا",
    "שלום כהן",
    "김철수",
    "ক্ষ",
    "श्री‍",
    "葛\u{e0100}城",
    "Zoë O’Brien-Ruiz",
  ])("%s", (name) => {
    expect(personName.parse(name)).toBe(name.replace(/\u200d$/u, ""));
  });
});

const awkward = fc.oneof(
  fc.constantFrom(
    "a",
    " ",
    "\u2800",
    "\u200d",
    "\u200c",
    "\ufe0f",
    "\u200b",
    "\u202e",
    "\u2066",
    "\u3164",
    "\u0301",
    "\n",
  ),
  fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
);

it("taking it out once is enough, and leaves no way to turn text round", () => {
  const property = fc.property(fc.string({ unit: awkward }), (text) => {
    const seen = visibleText(text);
    expect(visibleText(seen)).toBe(seen);
    expect(seen).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b\ufeff]/u);
  });
  fc.assert(property, { numRuns: 1_000 });
});

it("a text of visible characters without space around it is kept whole", () => {
  const unseen = /[\p{Default_Ignorable_Code_Point}\u2800]/u;
  const visible = fc.string({ unit: "grapheme" }).filter((text) => !unseen.test(text));
  const property = fc.property(visible, (text) => {
    expect(visibleText(text)).toBe(text.trim().normalize("NFC"));
  });
  fc.assert(property);
});

it("of a line, accents are joined to their letters and each run of spaces is one; breaks stay, to be refused", () => {
  expect(visibleLine(" 14  Rue\u00a0\u3000des E\u0301toiles ")).toBe("14 Rue des \u00c9toiles");
  expect(visibleLine("14\tRue\ndes  Lilas")).toBe("14\tRue\ndes Lilas");
  expect(visibleText("one  two\n  three")).toBe("one  two\n  three");
});

it.each([" ", "\u200d", "\u2800", "\u200b"])("a long run of %j is gone through once", (blank) => {
  // Gone through again from each of its characters it would take minutes, and the shop would stand still meanwhile.
  const run = blank.repeat(200_000);
  expect(visibleText(`${run}a${run}`)).toBe("a");
  expect(visibleText(`a${run}b`).replaceAll(blank, "")).toBe("ab");
});
