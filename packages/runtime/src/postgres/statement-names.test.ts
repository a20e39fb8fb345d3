import { expect, it } from "vitest";
import { statementName } from "./statement-names.ts";

const MANY = 1_000;

it("a text is named when it comes again, and keeps its name", () => {
  expect(statementName("SELECT 'once'")).toBeUndefined();
  const name = statementName("SELECT 'once'");
  expect(name?.length).toBeLessThan(64);
  expect(statementName("SELECT 'once'")).toBe(name);
});

it("among any number of texts, one that is still asked gets its name back", () => {
  const hot = "SELECT 'hot'";
  const ask = () => [statementName(hot), statementName(hot)].at(-1);
  const name = ask();
  for (let index = 0; index < MANY; index += 1)
    for (let time = 0; time < 2; time += 1) statementName(`SELECT 'composed ${index}'`);
  expect(ask()).toBe(name);
});
