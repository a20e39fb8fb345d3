/** Whatever answers HTTP beside the procedures, each with something that it takes, and what is sent to it all the same. */
import { createHmac } from "node:crypto";
import { registryRoutes } from "@tillstream/eventing";
import { paymentSettings } from "@tillstream/commerce/settings";
import { readEnv } from "@tillstream/runtime";
import { AUTH_PATHS } from "@tillstream/trpc";
import type { Asked } from "./ask.ts";
import { HEADERS, nearly } from "./cases.ts";
import { ONLY_IN_NEXT, routeFiles } from "./serve-routes.ts";
import type { Urls } from "./server.ts";
import { bodiesLike, IN_AN_ADDRESS } from "./values.ts";

export interface Route {
  readonly server: keyof Urls;
  readonly method: string;
  /** With placeholders such as `:subject`. */
  readonly path: string;
  /** Of a body that it takes. */
  readonly body?: unknown;
  readonly bodyBytesMax?: number;
  readonly sign?: (body: string | Buffer) => Readonly<Record<string, string>>;
}

const PASSWORD = "another password of the tests";
const email = "auth@unkind.test";

/** The sessions' own, in an order in which each finds what it needs. */
const AUTH: readonly (readonly [method: string, path: string, body?: unknown])[] = [
  ["POST", "/sign-up/email", { name: "Ann", email, password: PASSWORD }],
  ["POST", "/sign-in/email", { email, password: PASSWORD, rememberMe: true }],
  ["POST", "/request-password-reset", { email }],
  ["POST", "/reset-password", { token: "none", newPassword: `${PASSWORD} too` }],
  ["GET", "/get-session"],
  ["GET", "/list-sessions"],
  ["POST", "/revoke-session", { token: "none" }],
  ["POST", "/revoke-other-sessions", {}],
  ["POST", "/revoke-sessions", {}],
  ["POST", "/change-password", { currentPassword: PASSWORD, newPassword: `${PASSWORD} too` }],
  ["POST", "/sign-out", {}],
  ["GET", "/ok"],
  ["GET", "/nothing"],
];

const untried = AUTH_PATHS.filter((path) => !AUTH.some(([, tried]) => tried.split("?")[0] === path));
if (untried.length > 0) throw new Error(`nothing is sent to ${untried.join(", ")}`);

/** Sent as JSON, as all are here: a form that says nothing. */
const FORM = { sku: "none", quantity: 1, price: 1 };
const WEBHOOK = { id: "evt_1", type: "charge.succeeded", data: { id: "ch_1", orderId: "order" } };

function signature(body: string | Buffer): Record<string, string> {
  const at = Math.floor(Date.now() / 1_000);
  const digest = createHmac("sha256", readEnv(paymentSettings).GATEWAY_WEBHOOK_SECRET).update(`${at}.`).update(body);
  return { "tillstream-signature": `t=${at},v1=${digest.digest("hex")}` };
}

/** Of the route handlers that take a body. */
const BODIES: Readonly<Record<string, Omit<Route, "server" | "path">>> = {
  "/api/forms/cart": { method: "POST", body: FORM, bodyBytesMax: 1_000 },
  "/api/webhooks/payments": { method: "POST", body: WEBHOOK, bodyBytesMax: 64_000, sign: signature },
};

function routesOfApp(server: "shop" | "console"): Route[] {
  return routeFiles(server === "shop" ? "storefront" : "admin")
    .filter(({ path }) => !path.endsWith("/[trpc]") && !ONLY_IN_NEXT.includes(path))
    .flatMap(({ path }): Route[] => {
      if (path !== "/api/auth/[...all]") return [{ server, path, method: "GET", ...BODIES[path] }];
      return AUTH.map(([method, end, body]) => ({
        server,
        method,
        path: `/api/auth${end}`,
        body,
        bodyBytesMax: 10_000,
      }));
    });
}

/** Of pages, which take no body, only what keeps it from them is here: it is in front of Next. */
const PAGES = ["/", "/login", "/checkout", "/nothing", "/_next/static/nothing.js"];
const pagesOf = (server: "shop" | "console"): Route[] =>
  PAGES.map((path) => ({ server, method: "POST", path, body: { email, password: PASSWORD } }));

const SCHEMA = { schema: '{"type":"record","name":"A","fields":[{"name":"a","type":"string"}]}' };

function routesOfWorker(): Route[] {
  const own = ["/health", "/health/live", "/metrics", "/nothing"].map((path) => ({ method: "GET", path }));
  const registry = registryRoutes.map(({ method, path }) => {
    const body = path.startsWith("/config") ? { compatibility: "FULL" } : SCHEMA;
    return {
      method,
      path: `/schema-registry${path}`,
      bodyBytesMax: 1_000_000,
      ...(method.startsWith("P") && { body }),
    };
  });
  return [...own, ...registry].map((route) => ({ server: "worker", ...route }));
}

const CHARGE = { amount: 100, currency: "USD", token: "tok_visa", orderId: "order", idempotencyKey: "key" };
const GATEWAY: readonly Omit<Route, "server">[] = [
  { method: "POST", path: "/charges", body: CHARGE },
  { method: "POST", path: "/refunds", body: { chargeId: "ch_1", amount: 1, idempotencyKey: "key" } },
  { method: "POST", path: "/faults", body: { errorRate: 0 } },
  ...["/charges?idempotencyKey=key", "/ledger", "/faults", "/health", "/metrics"].map((path) => ({
    method: "GET",
    path,
  })),
];

export const routes: readonly Route[] = [
  ...routesOfApp("shop"),
  ...routesOfApp("console"),
  ...pagesOf("shop"),
  ...pagesOf("console"),
  ...routesOfWorker(),
  ...GATEWAY.map((route): Route => ({ server: "gateway", ...route })),
];

/** Everything that is sent to the route. */
export function casesOfRoute(
  { method, path, body, sign }: Route,
  origin: string,
  headers: Readonly<Record<string, string>>,
): Asked[] {
  const address = (value: string) => `${origin}${path.replaceAll(/:\w+/g, () => value)}`;
  const known = address("1");
  const mark = known.includes("?") ? "&" : "?";
  const queries = IN_AN_ADDRESS.flatMap((value) =>
    ["from", "actor", "cursor", "limit", "idempotencyKey", value].map((name) => `${known}${mark}${name}=${value}`),
  );
  const places = path.includes(":") ? IN_AN_ADDRESS.map(address) : [];
  const asked = [known, `${known}${mark}`, ...queries, ...places].map((url) => ({ method, url, headers }));
  if (body === undefined)
    return asked.concat(HEADERS.map((more) => ({ method, url: known, headers: { ...headers, ...more } })));
  const send = (sent: string | Buffer, more = {}): Asked => ({
    method,
    url: known,
    headers: { "content-type": "application/json", ...headers, ...sign?.(sent), ...more },
    body: sent,
  });
  const valid = JSON.stringify(body);
  return [
    send(valid),
    ...nearly(body).map((sent) => send(sent)),
    ...bodiesLike(valid).map((sent) => send(sent)),
    ...HEADERS.map((more) => send(valid, more)),
    ...asked.map((one) => ({ ...send(valid), ...one, headers: send(valid).headers })),
  ];
}
