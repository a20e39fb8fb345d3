import { expect, test } from "vitest";
import { textWithLinks } from "./text-with-links.ts";

const SHOP = "http://localhost:3000";
const linksOf = (text: string) => textWithLinks(text, SHOP).flatMap(({ href }) => href ?? []);

test("an address of the shop becomes a link, without the full stop after it", () => {
  expect(textWithLinks("See:\nhttp://localhost:3000/orders/1?token=20500.a-b_c.\nBye", SHOP)).toEqual([
    { text: "See:\n" },
    {
      text: "http://localhost:3000/orders/1?token=20500.a-b_c",
      href: "http://localhost:3000/orders/1?token=20500.a-b_c",
    },
    { text: ".\nBye" },
  ]);
});

test.each([
  "http://localhost:3001/",
  "https://localhost:3000/",
  "http://localhost:3000.evil.test/",
  "http://localhost:3000@evil.test/",
  "http://me:you@localhost:3000/",
  "http://evil.test/?http://localhost:3000/",
  "javascript:alert(1)//http:",
  "http://",
])("%s stays text", (text) => expect(linksOf(text)).toEqual([]));

test.each([
  "",
  "no address",
  "http://localhost:3000/a, http://localhost:3000/b and https://evil.test/.",
  "http://http://",
])("no part of %j is lost or changed", (text) =>
  expect(
    textWithLinks(text, SHOP)
      .map((part) => part.text)
      .join(""),
  ).toBe(text),
);
