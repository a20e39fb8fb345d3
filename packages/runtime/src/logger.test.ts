import { expect, it, vi } from "vitest";
import { createLogger } from "./logger.ts";

it("is one line of JSON at a time in UTC, whatever is said, without what opens a door", () => {
  const lines: string[] = [];
  const logger = createLogger("test", "info", { write: (line) => void lines.push(line) });
  const forged = 'x\n{"level":"info","msg":"forged"}\r\u2028';
  logger.warn({ said: forged, token: "opens", request: { cookie: "opens", authorization: "opens" } }, forged);
  expect(lines).toHaveLength(1);
  expect(lines[0]?.trimEnd().split(/[\r\n]/)).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({ level: "warn", msg: forged, said: forged });
  expect(lines[0]).toMatch(/"time":"\d{4}-\d\d-\d\dT[\d:.]+Z"/);
  expect(lines[0]).not.toContain("opens");
});

it("says once a second what is the same while something is away, and all else as often as it is said", () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  try {
    const lines: string[] = [];
    const logger = createLogger("test", "info", { write: (line) => void lines.push(line) });
    const err = "connect ECONNREFUSED 127.0.0.1:5432";
    for (let time = 0; time < 10; time += 1) {
      logger.warn({ err, subscription: String(time) }, "subscription: trying again");
      logger.error({ err: new Error("terminating connection due to administrator command") }, "better-auth");
      logger.warn({ err: "6 attempts failed", eventId: time }, "webhook given up");
      vi.advanceTimersByTime(150);
    }
    const count = (message: string) =>
      lines.filter((line) => (JSON.parse(line) as { msg: string }).msg === message).length;
    expect(["subscription: trying again", "better-auth", "webhook given up"].map(count)).toEqual([2, 2, 10]);
  } finally {
    vi.useRealTimers();
  }
});
