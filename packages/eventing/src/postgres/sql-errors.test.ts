import { describe, expect, it } from "vitest";
import { isLockTimeout, isTransient, isUniqueViolation, violatedConstraint } from "./sql-errors.ts";

const error = (fields: object, message = "failed") => Object.assign(new Error(message), fields);
/** How Prisma's raw queries wrap what the driver said. */
const viaPrisma = (originalCode: string) =>
  error({ code: "P2010", meta: { driverAdapterError: error({ cause: { originalCode } }) } });

describe("from the driver and through Prisma alike", () => {
  it("a unique violation is told from others", () => {
    expect([error({ code: "23505" }), viaPrisma("23505")].map(isUniqueViolation)).toEqual([true, true]);
    expect([error({ code: "23503" }), viaPrisma("23503"), new Error("23505"), undefined].some(isUniqueViolation)).toBe(
      false,
    );
  });

  it("the constraint that kept a row out is named, and no other error's", () => {
    const named = (code: string, message: string) => Object.assign(new Error(message), { code });
    const text = 'new row for relation "trips" violates check constraint "trips_seats"';
    expect(violatedConstraint(named("23514", text))).toBe("trips_seats");
    expect(violatedConstraint(new Error("away", { cause: named("23514", text) }))).toBe("trips_seats");
    expect(violatedConstraint(Object.assign(new Error(""), { code: "23505", constraint: "a_key" }))).toBe("a_key");
    expect(violatedConstraint(named("23503", text))).toBeUndefined();
  });

  it("a lock timeout is told from others", () => {
    expect([error({ code: "55P03" }), viaPrisma("55P03")].map(isLockTimeout)).toEqual([true, true]);
    expect(isLockTimeout(error({ code: "57014" }))).toBe(false);
  });

  const network = ["ECONNREFUSED", "ECONNABORTED", "EHOSTDOWN", "EHOSTUNREACH", "ENETDOWN", "ENETUNREACH", "EAI_AGAIN"];
  const server = ["08006", "57P01", "57014", "53300", "40001", "40P01", "55P03", "25P03", "P1001", "P2024", "P2028"];
  it.each([...network, ...server])("%s is transient", (code) =>
    expect([error({ code }), viaPrisma(code)].map(isTransient)).toEqual([true, true]),
  );

  it("a plan from before a migration is transient, and nothing else that Postgres does not do", () => {
    const stale = (message: string) => error({ code: "P2010", meta: { code: "0A000" } }, message);
    expect(isTransient(stale("Raw query failed. Message: `cached plan must not change result type`"))).toBe(true);
    expect(isTransient(error({ code: "0A000" }, "cached plan must not change result type"))).toBe(true);
    expect(isTransient(stale("cannot alter type of a column used by a view"))).toBe(false);
  });

  it.each(["23505", "22P02", "42601", "42P01", "P2002", "ERR_INVALID_ARG_TYPE"])("%s is not transient", (code) =>
    expect([error({ code }), viaPrisma(code)].map(isTransient)).toEqual([false, false]),
  );
});

it("a connection that ended without a code is transient, also as the cause of another error", () => {
  expect(isTransient(new Error("Connection terminated unexpectedly"))).toBe(true);
  expect(isTransient(new Error("query failed", { cause: new Error("Connection terminated") }))).toBe(true);
  expect(isTransient(error({ code: "P2010", meta: { driverAdapterError: new Error("ConnectionClosed") } }))).toBe(true);
  expect(isTransient(new Error("the connection of two events is not known"))).toBe(false);
});

it("what is not an error is nothing", () => {
  for (const value of [undefined, null, "08006", 8, {}])
    expect([isTransient(value), isUniqueViolation(value)]).toEqual([false, false]);
});

it("an error that causes itself is looked at, not for ever", () => {
  const circular = error({});
  circular.cause = circular;
  expect(isTransient(circular)).toBe(false);
});
