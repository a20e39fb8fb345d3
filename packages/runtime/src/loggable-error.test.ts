import { expect, it } from "vitest";
import { createLogger } from "./logger.ts";

function logged(fields: object): { err: Record<string, unknown> } {
  const lines: string[] = [];
  createLogger("test", "info", { write: (line) => lines.push(line) }).info(fields, "said");
  expect(lines.join("")).not.toMatch(/canary/i);
  return JSON.parse(lines[0] ?? "") as { err: Record<string, unknown> };
}

it("an error of the driver keeps what it names and loses the row that it quotes", () => {
  const error = Object.assign(new Error('new row for relation "people" violates check constraint "short"'), {
    code: "23514",
    constraint: "short",
    table: "people",
    detail: "Failing row contains (1, canary@canary.example).",
    where: "unnamed portal parameter $1 = 'canary'",
  });
  expect(logged({ err: error }).err).toEqual({
    type: "Error",
    code: "23514",
    constraint: "short",
    table: "people",
    message: 'new row for relation "people" violates check constraint "short"',
    stack: expect.stringMatching(/^ {4}at /),
  });
});

it.each([
  "Key (email)=(canary@canary.example) already exists.",
  "Key (name)=(Canary (the younger)) is not present in table",
  "Failing row contains (1, Canary, 1 Canary Lane).",
  'invalid input syntax for type uuid: "Canary"',
  'value "Canary" is out of range for type integer',
  "550 <canary@canary.example>: user unknown",
  "no such card: tok_canary_4242",
  "\nInvalid `prisma.person.create()` invocation:\n\n{\n  data: {\n    name: 'Canary'\n  }\n}\n\nArgument `email` is missing.",
])("what a message quotes is left out: %j", (message) => {
  logged({ err: message });
  logged({ reason: message });
  const cause = new Error(message);
  logged({ err: new Error("it failed", { cause }) });
});

it("a text that is not JSON is not repeated", () => {
  expect.assertions(2);
  try {
    JSON.parse('{"name": Canary}');
  } catch (error) {
    expect(logged({ err: error }).err["message"]).toContain("is not valid JSON");
  }
});

it("text that is not personal stays readable", () => {
  const messages = [
    'relation "outbox" does not exist',
    "connect ECONNREFUSED 127.0.0.1:54320",
    "step charge took longer than 30000 ms",
  ];
  expect(messages.map((message) => logged({ err: message }).err)).toEqual(messages);
});

it("a message of a million letters without a blank is looked through, not searched again from each of them", () => {
  const word = "x".repeat(1_000_000);
  expect(logged({ reason: `${word}@canary.example` })).toBeTruthy();
});
