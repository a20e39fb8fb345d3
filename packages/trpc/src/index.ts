export { audited } from "./audited.ts";
export { createAuth, sessionUser } from "./auth.ts";
export type { Auth, AuthOptions } from "./auth.ts";
export { AUTH_PATHS, createAuthHandler } from "./auth-http.ts";
export { addressOfConfirmation, addressOfReset } from "./address-of-link.ts";
export type { LoginMail } from "./auth-links.ts";
export { cookieName, cookieOf, setCookie } from "./cookies.ts";
export { actorOf, ROLES } from "./context.ts";
export type { ChangeFeed, Context, Role, Services, SessionUser, ShopFacts } from "./context.ts";
export { errorData, orThrow, refusalOf, toTrpcError } from "./errors.ts";
export { BODY_BYTES_MAX, createContext, createHttpHandler } from "./http.ts";
export {
  email,
  explanation,
  FOREIGN_CURSOR,
  identifier,
  instant,
  line,
  nothing,
  pairCursor,
  personName,
  reason,
  text,
  version,
} from "./input.ts";
export { runLagMonitor } from "./lag-monitor.ts";
export { historyQuery } from "./operations/events.ts";
export { operationsRouters } from "./operations/index.ts";
export {
  createCallerFactory,
  idempotentProcedure,
  mergeRouters,
  procedureFor,
  publicProcedure,
  requireUser,
  router,
  signedInProcedure,
} from "./procedures.ts";
export { pageSecurity } from "./page-security.ts";
export type { PageSecurity } from "./page-security.ts";
export { assertWithinLimit, limited, refusalByLimit } from "./rate-limit.ts";
export { believeProxies } from "./believe-proxies.ts";
export { boundServer } from "./bound-requests.ts";
export { guardServer } from "./guard-server.ts";
export { endUnreadConnections } from "./unread-bodies.ts";
export { createDatabaseGate } from "./database-gate.ts";
export type { DatabaseGate } from "./database-gate.ts";
export { refusalToSpeakFor } from "./speaks-for.ts";
export { createAppServices, inProcessServices, readShopFacts } from "./services.ts";
export type { AppServices } from "./services.ts";
