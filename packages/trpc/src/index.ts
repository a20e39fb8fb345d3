export { audited } from "./audited.ts";
export { createAuth, sessionUser } from "./auth.ts";
export type { Auth, AuthOptions } from "./auth.ts";
export { AUTH_PATHS, createAuthHandler } from "./auth-http.ts";
export { addressOfConfirmation, addressOfReset } from "./address-of-link.ts";
export type { LoginMail } from "./auth-links.ts";
export { actorOf, ROLES } from "./context.ts";
export { commandContext } from "./command-context.ts";
export type { Commander } from "./command-context.ts";
export type { Context, Role, Services, SessionUser, ShopFacts } from "./context.ts";
export { readEmailChange, signEmailChange } from "./email-change.ts";
export { errorData, refusalOf } from "./errors.ts";
export { BODY_BYTES_MAX, createContext, createHttpHandler } from "./http.ts";
export { runMonitor } from "./monitor.ts";
export { withActorNames } from "./operations/actor-names.ts";
export { historyQuery } from "./operations/events.ts";
export { readHistoryFlow } from "./operations/flow.ts";
export type { FlowEntry } from "./operations/flow.ts";
export { findInHistory } from "./operations/find.ts";
export type { SearchHit } from "./operations/find.ts";
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
export { ownPassword, provePassword } from "./prove-password.ts";
export { assertWithinLimit } from "./rate-limit.ts";
export { believeProxies } from "./believe-proxies.ts";
export { boundServer } from "./bound-requests.ts";
export { guardServer } from "./guard-server.ts";
export { endUnreadConnections } from "./unread-bodies.ts";
export { createDatabaseGate } from "./database-gate.ts";
export type { DatabaseGate } from "./database-gate.ts";
export { createAppServices, inProcessServices } from "./services.ts";
export type { AppServices } from "./services.ts";
