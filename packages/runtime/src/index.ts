export { createMemoryCache, createRedisCache } from "./cache.ts";
export { createCache } from "./create-cache.ts";
export { csvDownload, jsonDownload } from "./download.ts";
export { createNamespacedCache } from "./namespaced-cache.ts";
export type { Bucket, Cache, CacheHealth } from "./cache.ts";
export { callerAddress, isTrusted, trustedProxies } from "./caller-address.ts";
export { manualClock, monotonicMs, systemClock } from "./clock.ts";
export { cookieIn, cookieName, cookieOf, cookieText, setCookie } from "./cookies.ts";
export type { Exchange } from "./cookies.ts";
export type { Clock } from "./clock.ts";
export {
  count,
  environmentSettings,
  InvalidSettingsError,
  masterKeySettings,
  milliseconds,
  port,
  processSettings,
  readEnv,
  seconds,
} from "./env.ts";
export { checkHealth } from "./health.ts";
export type { CheckResult, HealthCheck, HealthReport } from "./health.ts";
export { readBody } from "./read-body.ts";
export { FOR_PROGRAMS, httpListener } from "./http-listener.ts";
export type { HttpEnv } from "./http-listener.ts";
export { uuidGenerator } from "./ids.ts";
export type { IdGenerator } from "./ids.ts";
export { withoutPersons } from "./loggable-error.ts";
export { createLogger } from "./logger.ts";
export { readMasterKeys } from "./master-keys.ts";
export type { MasterKey } from "./master-keys.ts";
export { isInProduction, refusePublished } from "./published-secrets.ts";
export type { Logger } from "./logger.ts";
export { createShutdown, exitOnSignals, TimeoutError, withTimeout } from "./shutdown.ts";
export type { Shutdown } from "./shutdown.ts";
export { keyset } from "./keyset.ts";
export type { TimeOrder } from "./keyset.ts";
export { anyLength, empty, join, literal, raw, sql } from "./sql.ts";
export type { Database, Sql, SqlExecutor } from "./sql.ts";
export { AT_ONCE, repeat } from "./repeat.ts";
export type { Loop } from "./repeat.ts";
export { systemScheduler } from "./scheduler.ts";
export type { Scheduler } from "./scheduler.ts";
export { createWakeUp } from "./wake-up.ts";
export { createWatchdog } from "./watchdog.ts";
export type { LoopPorts, Watchdog } from "./watchdog.ts";
export type { WakeUp } from "./wake-up.ts";
export {
  activeTraceparent,
  inSpan,
  linkTo,
  SpanKind,
  spanFailed,
  startSpan,
  storyHeaders,
  validTraceparent,
  withCorrelation,
} from "./trace.ts";
export type { Attributes, Link, Span, Story } from "./trace.ts";
export { startTracing } from "./tracing.ts";
