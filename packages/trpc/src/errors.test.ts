import { MasterKeyError, REFUSAL_KINDS, refuse } from "@tillstream/eventing";
import { TRPCError } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { errorData, refusalOf, toTrpcError } from "./errors.ts";

const STATUS = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  notFound: 404,
  conflict: 409,
  unprocessable: 422,
  limited: 429,
  unavailable: 503,
};

it("every kind of refusal has its own HTTP status, and keeps its reason", () => {
  const errors = REFUSAL_KINDS.map((kind) => toTrpcError(refuse(kind, "REASON", "Because.")));
  expect(errors.map(getHTTPStatusCodeFromError)).toEqual(REFUSAL_KINDS.map((kind) => STATUS[kind]));
  expect(new Set(errors.map(({ code }) => code)).size).toBe(REFUSAL_KINDS.length);
  expect(errors.map((error) => [error.message, errorData(error)])).toEqual(
    errors.map(() => ["Because.", { reason: "REASON" }]),
  );
});

it("a refusal tells its fields and when to come back", () => {
  const fields = [{ field: "amount", rule: ">= 1", message: "too small" }];
  const error = toTrpcError(refuse("invalid", "REASON", "Because.", { fields, retryAfterSeconds: 3 }));
  expect(errorData(error)).toEqual({ reason: "REASON", fields, retryAfterSeconds: 3 });
});

describe("what an error stands for", () => {
  it("is the refusal that it is", () => {
    const refusal = refuse("conflict", "OUT_OF_STOCK", "None left.");
    expect(refusalOf(refusal)).toBe(refusal);
    expect(refusalOf(new MasterKeyError("2026"))).toMatchObject({ kind: "unavailable", code: "MASTER_KEY_MISSING" });
  });

  it.each([
    ["a refused connection", Object.assign(new Error("connect"), { code: "ECONNREFUSED" })],
    ["a server that shuts down", Object.assign(new Error("terminating"), { code: "57P01" })],
    ["Prisma without a database", Object.assign(new Error("x"), { code: "P1001" })],
  ])("is that the database is away, for %s", (_, error) => {
    expect(refusalOf(error)).toMatchObject({ kind: "unavailable", code: "DATABASE_UNAVAILABLE", retryAfterSeconds: 2 });
  });

  it.each(["55P03", "57014", "40001", "40P01", "P2034"])("is that the database is busy, for %s", (code) => {
    expect(refusalOf(Object.assign(new Error("lock"), { code }))).toMatchObject({
      kind: "unavailable",
      code: "DATABASE_BUSY",
      retryAfterSeconds: 2,
    });
  });

  it("is that we are busy, for want of a free connection: also where it is Prisma that waited", () => {
    const waited = new Error("timeout exceeded when trying to connect");
    for (const error of [waited, new Error("the transaction", { cause: waited })])
      expect(refusalOf(error)).toMatchObject({ code: "DATABASE_BUSY" });
  });

  it.each(["22021", "22P05"])("is an invalid input, for text that Postgres cannot keep (%s)", (code) => {
    expect(refusalOf(Object.assign(new Error("\\u0000"), { code }))).toMatchObject({
      kind: "invalid",
      code: "INVALID_INPUT",
    });
  });

  it("is nothing that the caller may know, for a fault of ours", () => {
    const fault = new TypeError("cannot read properties of undefined");
    expect(refusalOf(fault)).toBeUndefined();
    expect(errorData(new TRPCError({ code: "INTERNAL_SERVER_ERROR", cause: fault }))).toEqual({ reason: "INTERNAL" });
  });
});

describe("an input that breaks its schema", () => {
  const schema = z.strictObject({
    lines: z.array(z.strictObject({ quantity: z.int().min(1).max(9), price: z.number().gt(0).lt(5) })).max(2),
    currency: z.literal("USD"),
    email: z.email(),
  });
  const problems = (input: unknown) => {
    const { error } = schema.safeParse(input);
    return refusalOf(error)?.fields?.map(({ field, rule }) => `${field}: ${rule}`);
  };
  const good = { lines: [{ quantity: 1, price: 1 }], currency: "USD", email: "a@b.co" };

  it.each([
    [{ ...good, lines: [{ quantity: 0, price: 1 }] }, "lines.0.quantity: >= 1"],
    [{ ...good, lines: [{ quantity: 10, price: 1 }] }, "lines.0.quantity: <= 9"],
    [{ ...good, lines: [{ quantity: 1, price: 0 }] }, "lines.0.price: > 0"],
    [{ ...good, lines: [{ quantity: 1, price: 5 }] }, "lines.0.price: < 5"],
    [{ ...good, lines: [{ quantity: "1", price: 1 }] }, "lines.0.quantity: number"],
    [{ ...good, lines: [{ quantity: 1, price: 1, colour: "red" }] }, "lines.0.colour: unknown field"],
    [{ ...good, extra: 1 }, "extra: unknown field"],
    [{ ...good, "": 1 }, '"": unknown field'],
    [{ ...good, ["x".repeat(50_000)]: 1 }, `${"x".repeat(100)}...: unknown field`],
    [{ ...good, currency: "EUR" }, "currency: one of USD"],
    [{ ...good, email: "nobody" }, "email: email"],
    ["text", "(input): object"],
  ])("names the field and the rule: %j", (input, problem) => {
    expect(problems(input)).toEqual([problem]);
  });

  it("names no more fields than somebody reads", () => {
    const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, key) => [`key${key}`, 0]));
    expect(problems({ ...good, ...many })).toHaveLength(20);
  });

  it("names what keeps it from the nearest of several shapes", () => {
    const choice = z.object({
      by: z.union([
        z.strictObject({ id: z.string() }),
        z.strictObject({ ids: z.array(z.string()).min(1), limit: z.int().max(9) }),
      ]),
    });
    const fields = (by: unknown) => refusalOf(choice.safeParse({ by }).error)?.fields?.map(({ field }) => field);
    expect(fields({ ids: ["a", 1], limit: 9 })).toEqual(["by.ids.1"]);
    expect(fields({ id: 1 })).toEqual(["by.id"]);
  });

  it("names every field at once", () => {
    expect(problems({ ...good, currency: "EUR", email: "nobody" })).toEqual(["currency: one of USD", "email: email"]);
  });
});
