import { beforeEach, expect, it } from "vitest";
import { forgetEverything } from "../shop/kept.ts";
import { keepDraft, readDraft } from "./draft.ts";
import { EMPTY_FIELDS } from "./fields.ts";

const typed = { ...EMPTY_FIELDS, email: "ines@example.com", name: "Ines", city: "Lyon", payment: "tok_slow" };

beforeEach(() => forgetEverything());

it("what was typed is there for who typed it, without the way to pay", () => {
  keepDraft("ines", typed);
  const { payment: _, useCredit: __, creditPart: ___, ...kept } = typed;
  expect(readDraft("ines")).toEqual(kept);
});

it("nobody finds what another person typed, and nothing is left after signing out", () => {
  keepDraft("ines", typed);
  expect([readDraft("bert"), readDraft(null)]).toEqual([{}, {}]);
  forgetEverything();
  expect(readDraft("ines")).toEqual({});
});

it("who signs in on the way takes the address along, and neither e-mail nor name", () => {
  keepDraft(null, typed);
  expect(readDraft("ines")).toMatchObject({ city: "Lyon" });
  expect(Object.keys(readDraft("ines"))).not.toEqual(expect.arrayContaining(["email", "name"]));
  keepDraft("ines", { ...typed, city: "Nice" });
  expect(readDraft("ines").city).toBe("Nice");
});
