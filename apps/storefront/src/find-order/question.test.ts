import { expect, it } from "vitest";
import { wrongFields } from "./question.ts";

it.each([
  ["", "", ["number", "email"]],
  ["hello", "ines@example.com", ["number"]],
  ["7k2mq x4ovb", " ines@example.com ", []],
  ["7K2MQ-X40VB", "ines@", ["email"]],
])("of %j and %j the fields %j are wrong, and nothing is asked of the server", (number, email, wrong) => {
  expect(wrongFields({ number, email })).toEqual(wrong);
});
