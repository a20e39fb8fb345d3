import { expect, it } from "vitest";
import { causesOf } from "./causes.ts";
import type { Explained } from "./causes.ts";

const second = (at: number) => new Date(at * 1_000);
const alert = (id: number, name: string, begins: number, rest: Partial<Explained> = {}): Explained => ({
  id,
  name,
  subject: "",
  follows: [],
  explains: [],
  pendingAt: second(begins),
  resolvedAt: null,
  ...rest,
});
const late = (id: number, subject: string, begins = 5) =>
  alert(id, "lag", begins, { subject, follows: ["relay", "worker"] });
const causes = (...alerts: readonly Explained[]) => Object.fromEntries(causesOf(alerts, second(425)));

it("a frozen relay is one alert with its followers", () => {
  expect(causes(alert(1, "relay", 5), late(2, "mail"), late(3, "index"), late(4, "files"))).toEqual({
    2: 1,
    3: 1,
    4: 1,
  });
});

it("of causes that explain each other, the first one counts", () => {
  const relay = alert(1, "relay", 5, { follows: ["worker"] });
  expect(causes(relay, late(2, "mail"), alert(3, "worker", 12))).toEqual({ 1: 3, 2: 3 });
});

it("a cause may say itself what it explains, and a follower which subject of another check it follows", () => {
  const gateway = alert(1, "gateway", 5, { explains: ["step"] });
  expect(causes(gateway, alert(2, "step", 30))).toEqual({ 2: 1 });
  const stalled = alert(3, "stalled", 5, { follows: ["lag/files"] });
  expect(causes(late(4, "mail"), stalled)).toEqual({});
  expect(causes(late(4, "files"), stalled)).toEqual({ 3: 4 });
});

it("what began long before, or after its cause was over, stands for itself", () => {
  const relay = alert(1, "relay", 300, { resolvedAt: second(400) });
  expect(causes(relay, late(2, "mail", 100))).toEqual({});
  expect(causes(relay, late(2, "mail", 415))).toEqual({ 2: 1 });
  expect(causes(relay, late(2, "mail", 500))).toEqual({});
});

it("what goes on long after its cause was over stands for itself", () => {
  const relay = alert(1, "relay", 100, { resolvedAt: second(200) });
  expect(causes(relay, late(2, "mail", 110))).toEqual({});
  expect(causes(relay, { ...late(2, "mail", 110), resolvedAt: second(300) })).toEqual({});
  expect(causes(relay, { ...late(2, "mail", 110), resolvedAt: second(210) })).toEqual({ 2: 1 });
});

it("a cause that is there counts before one that is over", () => {
  const over = alert(1, "relay", 10, { resolvedAt: second(90) });
  expect(causes(over, alert(2, "worker", 105), late(3, "mail", 100))).toEqual({ 3: 2 });
});

it("two that follow each other do not go round in circles", () => {
  const one = alert(1, "one", 1, { follows: ["other"] });
  const other = alert(2, "other", 2, { follows: ["one"] });
  expect(causesOf([one, other], second(10)).size).toBeLessThanOrEqual(2);
});
