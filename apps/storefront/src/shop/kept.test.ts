import { expect, it } from "vitest";
import { forgetEverything, forgetOthers, personalKey } from "./kept.ts";
import { safeStorage } from "./safe-storage.ts";

/** Kept in memory, as where site data is blocked. */
function area(...keys: string[]) {
  const storage = safeStorage(() => {
    throw new DOMException("Access is denied for this document.", "SecurityError");
  });
  for (const key of keys) storage.setItem(key, "kept");
  return storage;
}

const ADA = personalKey("draft", "ada");
const BERT = personalKey("draft", "bert");
const GUEST = personalKey("draft", null);

it("each person has a key of their own", () => {
  expect(new Set([ADA, BERT, GUEST]).size).toBe(3);
});

it("signing out leaves nothing of the shop behind, and what is not the shop's alone", () => {
  const areas = [area(ADA, "fernhill.cart", "another.app"), area(GUEST, "fernhill.attempt")];
  forgetEverything(areas);
  expect(areas.map((one) => one.keys())).toEqual([["another.app"], []]);
});

it("who signs in finds their own things and the guest's, and those of nobody else", () => {
  const kept = area(ADA, BERT, GUEST);
  forgetOthers("bert", [kept]);
  expect(kept.keys()).toEqual([BERT, GUEST]);
});

it("a guest's page removes nothing: a session that ran out keeps what was typed for its person", () => {
  const kept = area(ADA, GUEST);
  forgetOthers(null, [kept]);
  expect(kept.keys()).toEqual([ADA, GUEST]);
});
