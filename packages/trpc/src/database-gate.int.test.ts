import { createTestDatabase } from "@tillstream/db/testing";
import { expect, it, onTestFinished, vi } from "vitest";
import { createDatabaseGate } from "./database-gate.ts";

it("asks Postgres again soon, also after the clock of this machine went back", async () => {
  await using test = await createTestDatabase();
  const gate = createDatabaseGate(test.pool);
  expect(await gate.isUp()).toBe(true);
  vi.useFakeTimers({ toFake: ["Date"] });
  onTestFinished(() => void vi.useRealTimers());
  vi.setSystemTime(Date.now() - 3_600_000);
  const refused = vi.spyOn(test.pool, "query").mockRejectedValue(new Error("away"));
  await vi.waitFor(async () => expect(await gate.isUp()).toBe(false), { timeout: 10_000, interval: 50 });
  refused.mockRestore();
  await vi.waitFor(async () => expect(await gate.isUp()).toBe(true), { timeout: 10_000, interval: 50 });
});
