/**
 * Every procedure of both routers, from their own lists, and every other route, over real connections: whatever is sent, valid,
 * nearly so, hostile, huge, deep or slow, no answer is a fault of ours, none comes late, none tells of our insides, and a refusal
 * writes nothing. `npm test` sends a part of the requests, `npm run faults` all of them.
 */
import { adminRouter, shopRouter } from "@tillstream/commerce";
import { createTestShop, proceduresOf } from "@tillstream/commerce/testing";
import type { TestShop } from "@tillstream/commerce/testing";
import { publishAll } from "@tillstream/eventing";
import { systemScheduler, uuidGenerator } from "@tillstream/runtime";
import { BODY_BYTES_MAX } from "@tillstream/trpc";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { ALL_FAULTS, readLocalSettings } from "../../environment/settings.ts";
import { ask } from "../unkind/ask.ts";
import type { Asked } from "../unkind/ask.ts";
import { casesOf } from "../unkind/cases.ts";
import { casesOfRoute, routes } from "../unkind/routes.ts";
import type { Route } from "../unkind/routes.ts";
import { arrive } from "../unkind/scene.ts";
import type { Person } from "../unkind/scene.ts";
import { REGISTRY_LOGIN, startUnkindServer } from "../unkind/server.ts";
import type { UnkindServer, Urls } from "../unkind/server.ts";
import { trickle } from "../unkind/slow-bodies.ts";
import { tryAll } from "../unkind/try-all.ts";
import type { Tried } from "../unkind/try-all.ts";
import { noteWrites } from "../unkind/written.ts";
import type { Written } from "../unkind/written.ts";

const { faultRounds } = readLocalSettings();
/** One in so many of the requests. */
const SHARE = faultRounds >= ALL_FAULTS ? 1 : 20;
/** Of requests that take long on purpose, such as a wait or the digest of a password, one in so many of these. */
const DEAR = 4;
const TEST_MS = 600_000;
const RELAY_MS = 25;
const EACH_OF_MEMORY = 150;
const PASSES = 8;
const AT_ONCE = 4;
/** Per request, in the median of the later passes: what a process takes once, or frees late, is not growth. What is kept of a request is more. */
const GROWTH_BYTES_MAX = 1_000;

let shop: TestShop;
let server: UnkindServer;
let written: Written;
let people: Person[];
let stopRelaying: () => void;
let slow: Promise<string[]>;
/** Of all that was not refused. */
const changed = new Set<string>();

/** Answers tell their event's position, so a relay must be at work. */
const relay = () => systemScheduler.every(RELAY_MS, async () => void (await publishAll(shop.database)));

beforeAll(async () => {
  shop = await createTestShop();
  server = await startUnkindServer(shop.test, inject("testRedisUrl"));
  people = await arrive(shop, server.urls);
  written = await noteWrites(shop.database);
  stopRelaying = relay();
  const { shop: storefront, worker, gateway } = server.urls;
  slow = Promise.all(
    [
      `${storefront}/api/trpc/cart.setQuantity`,
      `${storefront}/api/auth/sign-in/email`,
      `${storefront}/api/webhooks/payments`,
      `${worker}/schema-registry/subjects/a/versions`,
      `${gateway}/charges`,
    ].map((url) => trickle(url, {})),
  );
}, TEST_MS);
afterAll(async () => {
  stopRelaying();
  await server[Symbol.asyncDispose]();
  await shop[Symbol.asyncDispose]();
});

const newKey = () => uuidGenerator.next();
const share = (cases: readonly Asked[], each: number, from = 0) => cases.filter((_, at) => at % each === from % each);

const PLAINEST: Readonly<Record<keyof Urls, string>> = {
  shop: "/api/health/live",
  console: "/api/health/live",
  worker: "/health/live",
  gateway: "/health",
};

async function send(
  cases: readonly Asked[],
  to: keyof Urls,
  more: { bodyBytesMax?: number; waitsMs?: number },
): Promise<Tried> {
  const plainest = { method: "GET", url: `${server.urls[to]}${PLAINEST[to]}`, headers: {} };
  const tried = await tryAll(cases, { written, bodyBytesMax: BODY_BYTES_MAX, plainest, newKey, ...more });
  for (const table of tried.changed) changed.add(table);
  return tried;
}

/** What waits on purpose, and for how long at the most: until a read model has passed what the caller has seen, or an expression has a value. */
const WAITS_MS: Readonly<Record<string, number>> = {
  "account.balance": 2_000,
  "account.balanceIfOpen": 2_000,
  "account.statement": 2_000,
  "account.months": 2_000,
  "accounts.statement": 2_000,
  "streams.firstWhere": 1_500,
};

describe.each([
  ["shop", shopRouter],
  ["console", adminRouter],
] as const)("%s", (app, router) => {
  it.each(proceduresOf(router))(
    "$path answers whatever it is sent, or refuses it and writes nothing",
    { timeout: TEST_MS },
    async (procedure) => {
      let mayCall = 0;
      for (const [from, person] of people.filter((one) => one.app === app).entries()) {
        const cases = casesOf(procedure, { origin: server.urls[app], headers: person.headers }, person.known, newKey);
        const waitsMs = WAITS_MS[procedure.path] ?? 0;
        const first = await send(cases.slice(0, 1), app, { waitsMs });
        expect(first.faults, person.role).toEqual([]);
        if (first.statuses.has(401) || first.statuses.has(403)) continue;
        mayCall += 1;
        const each = waitsMs > 0 ? SHARE * DEAR : SHARE;
        const { faults } = await send(share(cases, each, from), app, { waitsMs });
        expect(faults, person.role).toEqual([]);
      }
      expect(mayCall).toBeGreaterThan(0);
    },
  );
});

/** Whose answer takes the same time whether there is such an account or not. */
const HELD_MS = 600;
const isDear = ({ path }: Route): boolean => /\/(?:sign-in|request-password-reset)/.test(path);

/** As a person whom the route lets in. */
function headersFor({ server: to, path }: Route): Readonly<Record<string, string>> {
  if (to === "worker") return { authorization: `Basic ${btoa(REGISTRY_LOGIN)}` };
  if (to !== "console" || path.startsWith("/api/auth")) return {};
  return people.find(({ role }) => role === "viewer")?.headers ?? {};
}

describe.each(routes)("$server: $method $path", (route) => {
  it("answers whatever it is sent, or refuses it and writes nothing", { timeout: TEST_MS }, async () => {
    const headers = headersFor(route);
    const cases = casesOfRoute(route, server.urls[route.server], headers);
    const { bodyBytesMax = BODY_BYTES_MAX } = route;
    const { faults } = await send(
      [...cases.slice(0, 1), ...share(cases, isDear(route) ? SHARE * DEAR : SHARE)],
      route.server,
      { bodyBytesMax, waitsMs: route.path.endsWith("/request-password-reset") ? HELD_MS : 0 },
    );
    expect(faults).toEqual([]);
  });
});

it("what was carried out was seen to be written, so that a refusal's writes would have been", () => {
  expect([...changed]).toEqual(
    expect.arrayContaining([
      "auth_sessions",
      "schema_registry_versions",
      "carts",
      "events",
      "idempotency_keys",
      "orders",
      "outbox_events",
    ]),
  );
});

it("a body that never ends is cut off, and its sender told why", { timeout: TEST_MS }, async () => {
  for (const answer of await slow) expect(answer).toMatch(/^HTTP\/1.1 408 .*"message":/s);
});

it("the same requests again and again take no more memory", { timeout: TEST_MS }, async () => {
  const requests = people.flatMap(({ app, headers, known }) =>
    proceduresOf(app === "shop" ? shopRouter : adminRouter).flatMap((procedure) => {
      const cases = casesOf(procedure, { origin: server.urls[app], headers }, known, newKey);
      return procedure.path in WAITS_MS ? [] : share(cases, EACH_OF_MEMORY);
    }),
  );
  const weights: number[] = [];
  for (let pass = 0; pass < PASSES; pass += 1) {
    await Promise.all(
      Array.from({ length: AT_ONCE }, async (_, lane) => {
        for (const asked of requests.filter((__, at) => at % AT_ONCE === lane)) await ask(asked);
      }),
    );
    weights.push(await server.weigh());
  }
  const later = weights.slice(PASSES / 2 - 1);
  const growths = later.slice(1).map((weight, at) => weight - (later[at] ?? 0));
  const median = growths.toSorted((one, other) => one - other)[Math.floor(growths.length / 2)] ?? 0;
  expect(median / requests.length).toBeLessThan(GROWTH_BYTES_MAX);
});
