/**
 * One set of services for the process. Next bundles this module once for the proxy, for pages and for route handlers:
 * each copy must find the same pools, or every one of them would open its own connections.
 */
import { metricsEndpoint, refusePublishedSecrets } from "@tillstream/commerce";
import { readShopFacts } from "@tillstream/commerce/settings";
import { processSettings, readEnv } from "@tillstream/runtime";
import { createAppServices, createAuth, createAuthHandler, createDatabaseGate, sessionUser } from "@tillstream/trpc";
import type { SessionUser } from "@tillstream/trpc";
import { cookiePrefix } from "./session-cookie.ts";

function create() {
  refusePublishedSecrets();
  const app = createAppServices("admin", readShopFacts());
  const { secret, ids, logger } = app.services;
  const { INTERNAL_METRICS: enabled } = readEnv(processSettings);
  const metrics = metricsEndpoint({ db: app.services.db, enabled });
  const auth = createAuth({ pool: app.pool, secret, cookiePrefix, signUp: false, ids, logger });
  const gate = createDatabaseGate(app.pool);
  const authHandler = createAuthHandler({ auth, services: app.services, cookiePrefix, gate });
  return { ...app, auth, authHandler, gate, metrics };
}

type Server = ReturnType<typeof create>;
const holder = globalThis as typeof globalThis & { tillstreamAdmin?: Server };

/** Made at the first request, so that a build opens no connection. */
export function server(): Server {
  return (holder.tillstreamAdmin ??= create());
}

/** The signed-in user of a request; null for a visitor. */
export function sessionOf(headers: Headers): Promise<SessionUser | null> {
  return sessionUser(server().auth, headers);
}
