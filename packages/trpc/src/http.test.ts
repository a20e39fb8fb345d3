import { createKeyring, refuse } from "@tillstream/eventing";
import { createLogger, createMemoryCache, readMasterKeys, systemClock } from "@tillstream/runtime";
import { afterEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { BATCH_CALLS_MAX } from "./batch.ts";
import { BY_POST, createClient } from "./client.ts";
import type { Context, Services, SessionUser } from "./context.ts";
import { readLimits } from "./limits.ts";
import { BODY_BYTES_MAX, createHttpHandler } from "./http.ts";
import { idempotentProcedure, procedureFor, publicProcedure, router, signedInProcedure } from "./procedures.ts";

const nothing = () => Promise.reject(new Error("this test has no database"));
const services: Services = {
  db: {
    query: nothing,
    transaction: nothing,
    plain: { query: nothing, transaction: nothing },
    transactOne: nothing,
    close: nothing,
  },
  cache: createMemoryCache(),
  changes: { subscribe: () => () => undefined },
  clock: systemClock,
  ids: { next: () => "made-here" },
  logger: createLogger("test", "silent"),
  secret: "secret",
  keyring: createKeyring(readMasterKeys({})),
  shop: {
    url: "http://shop.test",
    orderLinkDays: 90,
    taxIsAdded: false,
    address: "",
    returnsAddress: "",
    returnDays: 30,
  },
  limits: { ...readLimits(), livePages: 2 },
  hintOutbox: () => undefined,
};

const who = ({ ctx }: { ctx: Context }) => ({ correlationId: ctx.correlationId, user: ctx.user?.id ?? null });
const testRouter = router({
  who: publicProcedure.query(who),
  find: publicProcedure.input(z.strictObject({ text: z.string() })).query(({ input }) => input),
  costly: publicProcedure.meta({ costs: true }).query(who),
  from: publicProcedure.query(({ ctx }) => ({ address: ctx.callerAddress ?? null })),
  mine: signedInProcedure.query(who),
  operate: procedureFor("operator").mutation(() => "done"),
  leave: publicProcedure.mutation(() => "done"),
  leaveAnyway: publicProcedure.meta({ checksSpeakerItself: true }).mutation(() => "done"),
  once: idempotentProcedure
    .input(z.object({ text: z.string() }))
    .mutation(({ ctx, input }) => ({ key: ctx.idempotencyKey, input })),
  busy: publicProcedure.query(() => {
    throw refuse("limited", "SLOW_DOWN", "Not so fast.", { retryAfterSeconds: 7 });
  }),
  breaks: publicProcedure.mutation(() => {
    throw new Error("after the commit, perhaps");
  }),
  broken: publicProcedure.query(() => {
    throw new Error("SELECT secret FROM vault");
  }),
  away: publicProcedure.query(() =>
    Promise.reject(Object.assign(new Error("10.0.0.7:5432"), { code: "ECONNREFUSED" })),
  ),
});

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: { result?: { data: unknown }; error?: { message: string; data: Record<string, unknown> } };
}

async function ask(
  path: string,
  init: RequestInit = {},
  session: () => Promise<SessionUser | null> = async () => null,
): Promise<Answer> {
  const handle = createHttpHandler({ router: testRouter, services, sessionOf: session });
  const response = await handle(new Request(`http://shop.test/api/trpc/${path}`, init));
  return { status: response.status, headers: response.headers, body: (await response.json()) as Answer["body"] };
}

const json = { "content-type": "application/json" };
const post = (body: string, headers: Record<string, string> = {}): RequestInit => ({
  method: "POST",
  body,
  headers: { ...json, ...headers },
});
const signedInAs = (role: SessionUser["role"]) => async (): Promise<SessionUser> => ({
  id: "u",
  email: "u@x",
  name: "U",
  role,
});
const withCookie = { headers: { cookie: "session=1" } };

describe("every answer", () => {
  it("carries a correlation id of its own: a caller chooses none", async () => {
    for (const sent of ["trace-1", "a;b", ""]) {
      const { headers, body } = await ask("who", { headers: { "x-correlation-id": sent } });
      expect([headers.get("x-correlation-id"), body.result?.data]).toEqual([
        "made-here",
        { correlationId: "made-here", user: null },
      ]);
    }
  });

  it("is kept by no cache", async () => {
    for (const path of ["who", "broken"]) expect((await ask(path)).headers.get("cache-control")).toBe("no-store");
  });
});

describe("a failure", () => {
  it("says when to come back in the header and in the body", async () => {
    const { status, headers, body } = await ask("busy");
    expect([status, headers.get("retry-after"), body.error?.data]).toEqual([
      429,
      "7",
      expect.objectContaining({ reason: "SLOW_DOWN", retryAfterSeconds: 7 }),
    ]);
  });

  it("of ours is a plain 500 that gives nothing away", async () => {
    const { status, body } = await ask("broken");
    const command = await ask("breaks", post("{}"));
    expect([body.error?.message, command.body.error?.message]).toEqual([
      "Something went wrong on our side.",
      expect.stringContaining("not known whether this was carried out"),
    ]);
    expect([status, body.error?.data["reason"]]).toEqual([500, "INTERNAL"]);
    expect(JSON.stringify(body)).not.toMatch(/vault|stack|\.ts/);
  });

  it("of the database is a 503 that says so, without saying where", async () => {
    const { status, headers, body } = await ask("away");
    expect([status, body.error?.data["reason"], headers.get("retry-after")]).toEqual([
      503,
      "DATABASE_UNAVAILABLE",
      "2",
    ]);
    expect(JSON.stringify(body)).not.toContain("10.0.0.7");
  });

  it.each([
    ["an unknown procedure", "nowhere", {}, 404, "NOT_FOUND"],
    ["a mutation by GET", "operate", {}, 405, "METHOD_NOT_SUPPORTED"],
    ["JSON that is none", "once", post("{", { "idempotency-key": "k" }), 400, "MALFORMED_JSON"],
    ["a query that may cost, by a link", "costly", {}, 405, "METHOD_NOT_SUPPORTED"],
    ["a query whose input is not JSON", "find?input=%7B", {}, 400, "MALFORMED_JSON"],
  ])("for %s has its status and reason", async (_, path, init, status, reason) => {
    const answer = await ask(path, init);
    expect([answer.status, answer.body.error?.data["reason"]]).toEqual([status, reason]);
  });
});

it("who is refused is in the log with what and why, and with nothing of what was sent", async () => {
  const lines: string[] = [];
  const logger = createLogger("test", "info", { write: (line) => void lines.push(line) });
  const handle = (sessionOf: () => Promise<SessionUser | null>) =>
    createHttpHandler({ router: testRouter, services: { ...services, logger }, sessionOf });
  const send = (path: string, init: RequestInit, sessionOf = signedInAs("viewer")) =>
    handle(sessionOf)(new Request(`http://shop.test/api/trpc/${path}`, init));
  await send("operate", post("{}", { cookie: "session=1" }));
  await send("mine", {});
  await send("find?input=%7B%22canary%22%3A1%7D", {});
  await send("operate", post("{}", { "sec-fetch-site": "cross-site" }));
  await send("who", {});
  expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
    { msg: "refused", path: "operate", reason: "ROLE_REQUIRED", actor: "user:u", correlationId: "made-here" },
    { msg: "refused", path: "mine", reason: "SIGNED_OUT", actor: "guest" },
    { msg: "refused", path: "find", reason: "INVALID_INPUT", actor: "guest" },
    { msg: "refused at the edge", reason: "OTHER_SITE", correlationId: "made-here" },
  ]);
  expect(lines).toHaveLength(4);
  expect(lines.join("")).not.toContain("canary");
});

it("of an input that is sent twice the first counts, and a command takes none from its address", async () => {
  const text = (value: string) => `input=${encodeURIComponent(JSON.stringify({ text: value }))}`;
  expect((await ask(`find?${text("first")}&${text("second")}`)).body.result?.data).toEqual({ text: "first" });
  expect(
    (await ask(`once?${text("address")}`, post('{"text":"body"}', { "idempotency-key": "k" }))).body.result?.data,
  ).toMatchObject({ input: { text: "body" } });
});

it("one request asks so many times at the most", async () => {
  const batch = (calls: number) => ask(`${Array.from({ length: calls }, () => "who").join()}?batch=1`);
  expect([(await batch(BATCH_CALLS_MAX)).status, (await batch(BATCH_CALLS_MAX + 1)).status]).toEqual([200, 400]);
});

it("whatever is refused is JSON, also what the adapter refuses by itself", async () => {
  const { status, headers } = await ask("who", { headers: { "trpc-accept": "application/jsonl" } });
  expect([status, headers.get("content-type")]).toEqual([400, "application/json"]);
});

describe("a page of another site", () => {
  const statuses = async (headers: Record<string, string>) =>
    Promise.all([ask("who", { headers }), ask("leave", post("{}", headers))]).then((all) =>
      all.map((one) => one.status),
    );

  it.each([
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
    { origin: "https://evil.test", host: "shop.test" },
    { origin: "null", host: "shop.test" },
    { origin: "http://shop.test:3001", host: "shop.test:3000" },
  ])("gets nothing asked and nothing done: %j", async (headers) => {
    expect(await statuses(headers)).toEqual([403, 403]);
  });

  it.each([
    { "sec-fetch-site": "same-origin", origin: "http://shop.test", host: "shop.test" },
    { "sec-fetch-site": "none" },
    { origin: "https://shop.test", host: "127.0.0.1:3000", "x-forwarded-host": "shop.test" },
    {},
  ])("is none of these: %j", async (headers) => {
    expect(await statuses(headers)).toEqual([200, 200]);
  });
});

it.each(["text/xml", "text/plain", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", ""])(
  "a body that is %j is not taken",
  async (type) => {
    const { status, body } = await ask("once", post("{}", { "content-type": type, "idempotency-key": "k" }));
    expect([status, body.error?.data["reason"]]).toEqual([415, "UNSUPPORTED_MEDIA_TYPE"]);
  },
);

describe("a session", () => {
  it("that is missing is 401, one below the role 403, one above it enough", async () => {
    expect([(await ask("mine")).status, (await ask("operate", post("{}"))).status]).toEqual([401, 401]);
    const operate = { ...post("{}", { cookie: "session=1" }) };
    const statuses = await Promise.all(
      (["shopper", "viewer", "operator", "admin"] as const).map(
        async (role) => (await ask("operate", operate, signedInAs(role))).status,
      ),
    );
    expect(statuses).toEqual([403, 403, 200, 200]);
  });

  it("that cannot be read leaves a guest for what guests may see, and is a 503 for the rest", async () => {
    const away = () => Promise.reject(new Error("away"));
    expect((await ask("who", withCookie, away)).body.result?.data).toMatchObject({ user: null });
    expect((await ask("mine", withCookie, away)).status).toBe(503);
  });

  it("is not looked up for a request without a cookie", async () => {
    expect((await ask("who", {}, () => expect.fail("looked up"))).status).toBe(200);
  });
});

describe("a command that says whom its page speaks for", () => {
  const reasons = async (as: string[], path: string, session?: () => Promise<SessionUser | null>) =>
    Promise.all(
      as.map(async (each) => {
        const cookie: Record<string, string> = session === undefined ? {} : { cookie: "session=1" };
        const headers = { ...cookie, "tillstream-as": each };
        const { status, body } = await ask(path, post("{}", headers), session);
        return [status, body.error?.data["reason"]];
      }),
    );

  it("is carried out for them: by their id, by their address in any case, and for a guest", async () => {
    expect(await reasons(["u", "u@x", "U@X"], "operate", signedInAs("admin"))).toEqual([
      [200, undefined],
      [200, undefined],
      [200, undefined],
    ]);
    expect(await reasons(["guest"], "leave")).toEqual([[200, undefined]]);
  });

  it("is refused when another is signed in, or nobody any more", async () => {
    const another = [409, "SIGNED_IN_AS_ANOTHER"];
    expect(await reasons(["guest", "v", "v@x", ""], "leave", signedInAs("admin"))).toEqual([
      another,
      another,
      another,
      another,
    ]);
    expect(await reasons(["u", "u@x"], "leave")).toEqual([
      [401, "SIGNED_OUT"],
      [401, "SIGNED_OUT"],
    ]);
  });

  it("is neither refused nor carried out while nobody can look who is signed in", async () => {
    const away = () => Promise.reject(new Error("away"));
    expect(await reasons(["u", "guest"], "leave", away)).toEqual([
      [503, "DATABASE_UNAVAILABLE"],
      [503, "DATABASE_UNAVAILABLE"],
    ]);
  });

  it("looks for itself when it is one that does", async () => {
    expect(await reasons(["v"], "leaveAnyway", signedInAs("admin"))).toEqual([[200, undefined]]);
  });
});

describe("the caller's address", () => {
  it.each([
    [undefined, null],
    ["203.0.113.7", "203.0.113.7"],
    ["made up, 203.0.113.7", "203.0.113.7"],
    ["", null],
  ])("of the header %j is %j: the nearest proxy's word", async (sent, address) => {
    const headers: Record<string, string> = sent === undefined ? {} : { "x-forwarded-for": sent };
    expect((await ask("from", { headers })).body.result?.data).toEqual({ address });
  });
});

describe("a body", () => {
  const withText = (bytes: number) => JSON.stringify({ text: "x".repeat(bytes - '{"text":""}'.length) });

  it("of just the limit is taken, one byte more is not", async () => {
    const key = { "idempotency-key": "k" };
    expect((await ask("once", post(withText(BODY_BYTES_MAX), key))).status).toBe(200);
    const { status, headers, body } = await ask("once", post(withText(BODY_BYTES_MAX + 1), key));
    expect([status, body.error?.data["reason"], headers.get("x-correlation-id")]).toEqual([
      413,
      "PAYLOAD_TOO_LARGE",
      "made-here",
    ]);
    // What is left of it is not read.
    expect(headers.get("connection")).toBe("close");
  });

  it("that is announced as too large is not read", async () => {
    const read = new ReadableStream({ pull: () => expect.fail("read") }, { highWaterMark: 0 });
    const init = {
      ...post(""),
      headers: { ...json, "content-length": "100001" },
      body: read,
      duplex: "half",
    } as RequestInit;
    expect((await ask("once", init)).status).toBe(413);
  });
});

describe("the browser's client", () => {
  afterEach(() => void vi.unstubAllGlobals());

  /** The client calls the handler where a browser would go over the network. */
  function client() {
    const handle = createHttpHandler({ router: testRouter, services, sessionOf: async () => null });
    vi.stubGlobal("fetch", (url: string, init: RequestInit) => handle(new Request(url, init)));
    return createClient<typeof testRouter>({ origin: "http://shop.test" });
  }

  it("keeps the direction of an infinite query to itself: a list reads one way, and refuses what it does not know", async () => {
    const asked = { text: "mug", direction: "forward" };
    expect(await client().find.query(asked)).toEqual({ text: "mug" });
    const refused = await ask(`find?input=${encodeURIComponent(JSON.stringify(asked))}`);
    expect([refused.status, refused.body.error?.data["fields"]]).toMatchObject([400, [{ field: "direction" }]]);
  });

  it("sends by POST what a link may not ask", async () => {
    expect(await client().costly.query(undefined, { context: BY_POST })).toMatchObject({ user: null });
  });

  it("asks without an input where there is none", async () => {
    expect(await client().who.query()).toMatchObject({ user: null });
  });
});
