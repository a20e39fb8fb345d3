import { expect, it } from "vitest";
import { checkHealth } from "./health.ts";
import type { HealthCheck } from "./health.ts";

const check = (name: string, essential: boolean, answer: () => Promise<string>): HealthCheck => ({
  name,
  essential,
  check: answer,
});
const ok = async () => "ok";
const away = () => Promise.reject(new Error("away"));
const hangs = () => new Promise<string>(() => undefined);

it("all is ok when every check is, and in-process counts as fine", async () => {
  const report = await checkHealth([check("postgres", true, ok), check("redis", false, async () => "in-process")]);
  expect(report).toEqual({ status: "ok", checks: { postgres: "ok", redis: "in-process" } });
});

it("an essential dependency that is away takes everything down, another one degrades", async () => {
  const postgresAway = await checkHealth([check("postgres", true, away), check("redis", false, away)]);
  expect(postgresAway).toEqual({ status: "down", checks: { postgres: "down", redis: "down" } });
  const redisAway = await checkHealth([check("postgres", true, ok), check("redis", false, away)]);
  expect(redisAway).toEqual({ status: "degraded", checks: { postgres: "ok", redis: "down" } });
});

it("an essential dependency that is busy takes nothing down", async () => {
  const report = await checkHealth([check("postgres", true, async () => "busy")]);
  expect(report).toEqual({ status: "degraded", checks: { postgres: "busy" } });
});

it("any other word degrades, and is shown", async () => {
  const report = await checkHealth([check("bus", false, async () => "no relay is running")]);
  expect(report).toEqual({ status: "degraded", checks: { bus: "no relay is running" } });
});

it("a dependency that never answers is down, and does not keep the answer back", async () => {
  const report = await checkHealth([check("postgres", true, hangs), check("redis", false, ok)], 5);
  expect(report).toEqual({ status: "down", checks: { postgres: "down", redis: "ok" } });
});
