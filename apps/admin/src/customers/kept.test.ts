import { personalData } from "@tillstream/commerce";
import { expect, test } from "vitest";
import { keptOf, underWayWords } from "./kept.ts";

test("everything the modules keep of a person has words that say what it is and what an erasure does to it", () => {
  const all = keptOf(Object.fromEntries(personalData.map(({ name }) => [name, 2])));
  expect(all).toHaveLength(personalData.length);
  expect(all.filter(({ what }) => what === "")).toEqual([]);
});

test.each([
  [{ orders: 1 }, "1 order"],
  [{ orders: 12_000 }, "12,000 orders"],
  [{ storeCredit: 0 }, "0 movements of store credit"],
  [{ letters: 3 }, "3 letters"],
])("%j is called %j", (counts, title) => expect(keptOf(counts).map((kept) => kept.title)).toEqual([title]));

test("they come in one order, and a kind that nobody has put into words comes last", () => {
  const counts = { storeCredit: 1, letters: 1, mails: 1, orders: 1 };
  expect(keptOf(counts).map(({ kind }) => kind)).toEqual(["orders", "mails", "storeCredit", "letters"]);
});

test.each([
  [0, undefined],
  [1, "1 order is under way: its address goes when it has left or is cancelled."],
  [2, "2 orders are under way: their addresses go when they have left or are cancelled."],
])("of %i orders that have not left an erasure says %j", (count, words) => expect(underWayWords(count)).toBe(words));
