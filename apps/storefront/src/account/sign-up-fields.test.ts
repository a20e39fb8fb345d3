import { expect, it } from "vitest";
import { checkSignUp, refusalOf } from "./sign-up-fields.ts";

const FILLED = { name: "Ines", email: "ines@example.com", password: "long enough" };

it.each([
  [{}, []],
  [{ email: "инфо@почта.рф" }, []],
  [{ name: "\u200b" }, ["name"]],
  [{ name: " ", email: "ines@", password: "short" }, ["name", "email", "password"]],
])("of %j these fields are wrong: %j", (change, wrong) => {
  expect(Object.keys(checkSignUp({ ...FILLED, ...change }))).toEqual(wrong);
});

it("what the server refuses stands at its field, and anything else below them", () => {
  const fields = [{ field: "name", rule: "<= 200", message: "at most 200 characters" }];
  expect(refusalOf({ status: 400, fields })).toEqual({ errors: { name: "at most 200 characters" } });
  expect(refusalOf({ status: 400 })).toMatchObject({
    errors: {},
    problem: expect.stringContaining("Check what you typed"),
  });
  expect(refusalOf({ status: 429 }).problem).toContain("Wait a few minutes");
  expect(refusalOf({ status: 0 }).problem).toContain("could not be reached");
});
