/** What Prometheus is told, and what it is to make of it: by its own tool, where that is installed. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { metricsEndpoint } from "@tillstream/commerce";
import { describe, expect, it, vi } from "vitest";
import { findOnPath } from "../environment/executables.ts";
import { fromRoot } from "../environment/places.ts";
import { startRunningShop } from "../testing/running-shop.ts";

const OPERATIONS = fromRoot("docs/operations");
const RULES = readFileSync(`${OPERATIONS}/alerts.yml`, "utf8");
const DASHBOARD = readFileSync(`${OPERATIONS}/dashboard.json`, "utf8");
/** Prometheus' own, and those of our recording rules. */
const NOT_EXPORTED = /^(?:up|tillstream:.*)$/;

const promtool = findOnPath("promtool");
if (promtool === undefined)
  console.log("Checks by promtool are skipped: it is not on PATH (apt-get install prometheus)");

/** What promtool says, or nothing when it is content. */
function complaints(args: readonly string[], input?: string): string {
  const { status, stdout, stderr } = spawnSync(promtool ?? "", args, { cwd: OPERATIONS, input, encoding: "utf8" });
  return status === 0 ? "" : `${stdout}${stderr}` || "it does not start";
}

/** Names that look like metrics in PromQL: not a function, a label, a word or a number. */
function metricsIn(expressions: readonly string[]): string[] {
  const bare = expressions.map((text) => text.replaceAll(/\{[^}]*\}|\b(?:by|on) \([^)]*\)|\[[^\]]*\]/g, " "));
  const words = bare.flatMap((text) => text.match(/[a-z][a-z0-9_:]*_[a-z0-9_:]*(?![\w(])/g) ?? []);
  return [...new Set(words)].filter((word) => !NOT_EXPORTED.test(word) && word !== "histogram_quantile");
}

const expressionsOf = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(({ 1: found = "" }) => found.replaceAll('\\"', '"'));

describe("Prometheus", () => {
  it("takes /metrics of each process, and rules and dashboard speak of nothing else", { timeout: 60_000 }, async () => {
    await using shop = await startRunningShop({});
    await vi.waitFor(async () => expect((await fetch(`${shop.workerUrl}/health`)).status).toBe(200), {
      timeout: 30_000,
    });
    const text = async (answer: Promise<Response>) => (await answer).text();
    const worker = await text(fetch(`${shop.workerUrl}/metrics`));
    const gateway = await text(fetch(`${shop.gatewayUrl}/metrics`));
    const app = await text(metricsEndpoint({ db: shop.database, enabled: true })()); // of shop and console alike
    if (promtool !== undefined)
      expect([worker, gateway, app].map((metrics) => complaints(["check", "metrics"], metrics))).toEqual(["", "", ""]);

    const exported = `${worker}\n${gateway}`;
    const expressions = [
      ...expressionsOf(RULES, /^ +expr: (.+)$/gm),
      ...expressionsOf(DASHBOARD, /"expr": "((?:\\.|[^"\\])*)"/g),
    ];
    const used = metricsIn(expressions).map((name) => name.replace(/_bucket$/, ""));
    expect(used).toEqual(expect.arrayContaining(["relay_alive", "outbox_oldest_age_seconds", "gateway_answers_total"]));
    expect(used.filter((name) => !exported.includes(`# TYPE ${name} `))).toEqual([]);
  });

  it("each alert has its runbook", () => {
    const alerts = expressionsOf(RULES, /^ +- alert: (\w+)$/gm);
    const runbooks = expressionsOf(readFileSync(`${OPERATIONS}/runbooks.md`, "utf8"), /^## (\w+)$/gm);
    expect(alerts.length).toBeGreaterThan(7);
    expect(runbooks).toEqual(alerts);
    expect(expressionsOf(RULES, /runbook_url: docs\/operations\/runbooks.md#(\w+)/g)).toEqual(
      alerts.map((alert) => alert.toLowerCase()),
    );
  });

  it.runIf(promtool !== undefined)("takes the rules, which alert when they should", () => {
    expect(complaints(["check", "config", "prometheus.yml"])).toBe("");
    expect(complaints(["check", "rules", "alerts.yml"])).toBe("");
    expect(complaints(["test", "rules", "alerts.test.yml"])).toBe("");
    expect(complaints(["check", "rules", "runbooks.md"])).not.toBe("");
  });
});
