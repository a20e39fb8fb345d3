import { describe, expect, test } from "vitest";
import { formatLine, parseLine } from "./log-lines.ts";

const now = new Date(2026, 0, 5, 12, 1, 2);
const plain = (_style: unknown, text: string): string => text;
const show = (text: string, stream: "stdout" | "stderr" = "stdout"): string =>
  formatLine("worker", parseLine(text, stream, now), plain);

describe("a structured line", () => {
  test("reads as time, process, level, message and fields", () => {
    const line = {
      level: "info",
      time: now.toISOString(),
      name: "worker",
      msg: "relayed a batch",
      events: 12,
      ms: 3.5,
    };
    expect(show(JSON.stringify(line))).toBe("12:01:02 worker     info  relayed a batch events=12 ms=3.5");
  });

  test("quotes values with spaces and keeps objects as JSON", () => {
    const line = { level: "warn", time: now.toISOString(), msg: "slow", step: "charge card", cause: { code: 7 } };
    expect(show(JSON.stringify(line))).toBe('12:01:02 worker     warn  slow step="charge card" cause={"code":7}');
  });

  test("cuts a value that is too long", () => {
    const line = { level: "info", time: now.toISOString(), msg: "m", payload: "x".repeat(5_000) };
    expect(show(JSON.stringify(line)).length).toBeLessThan(300);
  });

  test("shows the stack of an error beneath it", () => {
    const err = {
      message: "no stock",
      stack: "Error: no stock\n    at reserve (stock.ts:1:1)\n    at run (saga.ts:2:2)",
    };
    const line = { level: "error", time: now.toISOString(), msg: "step failed", err };
    expect(show(JSON.stringify(line)).split("\n")).toEqual([
      '12:01:02 worker     error step failed err="no stock"',
      "    at reserve (stock.ts:1:1)",
      "    at run (saga.ts:2:2)",
    ]);
  });

  test("of a served request is one short phrase", () => {
    const exchange = {
      req: { method: "GET", url: "/health", headers: {} },
      res: { statusCode: 200 },
      responseTime: 11.6,
    };
    const line = { level: "info", time: now.toISOString(), msg: "request completed", ...exchange };
    expect(show(JSON.stringify(line))).toBe("12:01:02 worker     info  GET /health 200 12ms");
  });
});

describe("any other line", () => {
  test("is shown as it is, as information or, on stderr, as a warning", () => {
    expect(show("ready in 300 ms")).toBe("12:01:02 worker     info  ready in 300 ms");
    expect(show("deprecated", "stderr")).toBe("12:01:02 worker     warn  deprecated");
  });

  test("loses its control sequences", () => {
    expect(show("\u001b[?25h\u001b[32m ready\u001b[0m")).toBe("12:01:02 worker     info  ready");
  });

  test("may look like JSON without being it", () => {
    expect(show("{ not json")).toContain("{ not json");
    expect(show('{"level":"odd"}')).toContain('{"level":"odd"}');
  });
});
