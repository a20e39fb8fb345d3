import { describe, expect, it } from "vitest";
import { createLogger } from "./logger.ts";
import { activeTraceparent, inSpan, linkTo, storyHeaders, validTraceparent } from "./trace.ts";

const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
const SPAN = "00f067aa0ba902b7";
const WELL_FORMED = `00-${TRACE}-${SPAN}-01`;

it("a traceparent is well-formed as the W3C has it, or none", () => {
  expect(validTraceparent(WELL_FORMED)).toBe(WELL_FORMED);
  expect(linkTo(WELL_FORMED)).toEqual({
    context: { traceId: TRACE, spanId: SPAN, traceFlags: 1, isRemote: true },
  });
  const wrong = [
    `ff-${TRACE}-${SPAN}-01`,
    `00-${"0".repeat(32)}-${SPAN}-01`,
    `00-${TRACE}-${"0".repeat(16)}-01`,
    `00-${TRACE.toUpperCase()}-${SPAN}-01`,
    `00-${TRACE}-${SPAN}-1`,
    `00-${TRACE}-${SPAN}-01-more`,
    ` ${WELL_FORMED}`,
    `${WELL_FORMED}\n`,
    "",
    null,
    undefined,
  ];
  expect(wrong.map(validTraceparent)).toEqual(wrong.map(() => undefined));
  expect(wrong.map(linkTo)).toEqual(wrong.map(() => undefined));
});

describe("without an exporter", () => {
  it("work is done, its result and its failure go to the caller, without a trace", async () => {
    expect(await inSpan({ name: "work" }, async () => activeTraceparent())).toBeUndefined();
    await expect(inSpan({ name: "work" }, () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
  });

  it("lines that are logged on behalf of a command carry its correlation id, others none", async () => {
    const lines: unknown[] = [];
    const logger = createLogger("test", "info", { write: (line) => lines.push(JSON.parse(line)) });
    await inSpan({ name: "work", story: { correlationId: "one" } }, async () => {
      await Promise.resolve();
      logger.info("within");
      expect(storyHeaders()).toEqual({ "x-correlation-id": "one" });
    });
    logger.info("outside");
    expect(lines).toEqual([
      expect.objectContaining({ msg: "within", correlationId: "one" }),
      expect.not.objectContaining({ correlationId: "one" }),
    ]);
  });
});
