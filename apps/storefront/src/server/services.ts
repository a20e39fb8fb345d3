/**
 * One set of services for the process. Next bundles this module once for the proxy, for pages and for route handlers:
 * each copy must find the same pools, or every one of them would open its own connections.
 */
import { localInbox, loginMail, metricsEndpoint, refusePublishedSecrets, registerCustomer } from "@tillstream/commerce";
import { mailsConfirm, readShopFacts } from "@tillstream/commerce/settings";
import { processSettings, readEnv } from "@tillstream/runtime";
import { createAppServices, createAuth, createAuthHandler, createDatabaseGate, sessionUser } from "@tillstream/trpc";
import type { SessionUser } from "@tillstream/trpc";

const COOKIE_PREFIX = "fernhill";

function create() {
  refusePublishedSecrets();
  const app = createAppServices("storefront", readShopFacts());
  const { secret, ids, db, logger } = app.services;
  const { INTERNAL_METRICS: enabled } = readEnv(processSettings);
  const metrics = metricsEndpoint({ db: app.services.db, enabled });
  const auth = createAuth({
    pool: app.pool,
    secret,
    cookiePrefix: COOKIE_PREFIX,
    signUp: true,
    ids,
    logger,
    onUserCreated: (user) => registerCustomer(db, user),
    mail: loginMail(app.services, localInbox(app.services.keyring)),
    confirmSignUp: mailsConfirm(),
  });
  const gate = createDatabaseGate(app.pool);
  const authHandler = createAuthHandler({ auth, services: app.services, cookiePrefix: COOKIE_PREFIX, gate });
  return { ...app, auth, authHandler, gate, metrics };
}

type Server = ReturnType<typeof create>;
const holder = globalThis as typeof globalThis & { tillstreamStorefront?: Server };

/** Made at the first request, so that a build opens no connection. */
export function server(): Server {
  return (holder.tillstreamStorefront ??= create());
}

/** The signed-in shopper of a request; null for a guest. */
export function sessionOf(headers: Headers): Promise<SessionUser | null> {
  return sessionUser(server().auth, headers);
}
