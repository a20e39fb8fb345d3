/** The builders that routers are made of. */
import { Refusal, refuse } from "@tillstream/eventing";
import { inSpan, spanFailed, withCorrelation } from "@tillstream/runtime";
import { initTRPC, TRPCError } from "@trpc/server";
import { commandContext } from "./command-context.ts";
import type { Context, Role } from "./context.ts";
import { actorOf, ROLES } from "./context.ts";
import { DATABASE_AWAY, errorData, refusalOf, toTrpcError } from "./errors.ts";
import { requiredKey } from "./idempotency-key.ts";
import { assertSpeaksFor } from "./speaks-for.ts";

const MALFORMED_JSON = refuse("invalid", "MALFORMED_JSON", "The body is not valid JSON.", {
  fields: [{ field: "(body)", rule: "JSON", message: "The body is not valid JSON." }],
});
const TOO_MANY_STREAMS = refuse(
  "limited",
  "RATE_LIMITED",
  "Too many live pages are open from here. Close some of them.",
  {
    retryAfterSeconds: 10,
  },
);
const BROKE = "Something went wrong on our side.";
const BROKE_UNKNOWN = `${BROKE} It is not known whether this was carried out: ask again with the same Idempotency-Key.`;

export interface ProcedureMeta {
  /** The command looks itself whether it speaks for its page's person, such as after an earlier answer. */
  readonly checksSpeakerItself?: boolean;
  /** A query that may cost: it is sent by POST, as no link can. */
  readonly costs?: boolean;
}

const t = initTRPC
  .context<Context>()
  .meta<ProcedureMeta>()
  .create({
    isDev: false,
    errorFormatter({ shape, error, ctx, type }) {
      const { code, httpStatus, path } = shape.data;
      const broke = type === "mutation" ? BROKE_UNKNOWN : BROKE;
      const message = error.code === "INTERNAL_SERVER_ERROR" ? broke : shape.message;
      return {
        ...shape,
        message: error.code === "PARSE_ERROR" ? "The body is not valid JSON." : message,
        data: { code, httpStatus, path, ...errorData(error), correlationId: ctx?.correlationId },
      };
    },
    sse: { ping: { enabled: true, intervalMs: 5_000 }, client: { reconnectAfterInactivityMs: 15_000 } },
  });

export const { router, mergeRouters, createCallerFactory } = t;

/** Every procedure is a span of its own, and what it logs carries its correlation id. */
const traced = t.middleware(({ ctx, next, path }) =>
  withCorrelation(ctx.correlationId, () =>
    inSpan({ name: path, attributes: { "rpc.system.name": "trpc", "rpc.method": path } }, async (span) => {
      const result = await next({ ctx: { command: path } });
      if (!result.ok) {
        const { reason } = errorData(result.error);
        if (result.error.code === "INTERNAL_SERVER_ERROR") spanFailed(span, reason);
        else span.setAttribute("error.type", reason);
      }
      return result;
    }),
  ),
);

/** What the shop's own pages never cause: a caller without the right, or one who calls by hand or too often. */
const NOTED: ReadonlySet<TRPCError["code"]> = new Set<TRPCError["code"]>([
  "UNAUTHORIZED",
  "FORBIDDEN",
  "BAD_REQUEST",
  "METHOD_NOT_SUPPORTED",
  "TOO_MANY_REQUESTS",
]);

/** Logs who was refused what and why, without anything of what was sent. */
const noteRefusals = t.middleware(async ({ ctx, next, path }) => {
  const result = await next();
  if (!result.ok && NOTED.has(result.error.code))
    ctx.logger.warn({ path, reason: errorData(result.error).reason, actor: actorOf(ctx) }, "refused");
  return result;
});

/** Turns what a procedure threw into its transport code; logs a fault of ours with its cause. */
const mapErrors = t.middleware(async ({ ctx, next, path }) => {
  const result = await next();
  if (result.ok) return isStream(result.data) ? { ...result, data: mapErrorsOf(result.data) } : result;
  const { error } = result;
  if (error.code === "BAD_REQUEST" && error.cause instanceof SyntaxError) throw toTrpcError(MALFORMED_JSON);
  const refusal =
    error.code === "INTERNAL_SERVER_ERROR" || error.code === "BAD_REQUEST" ? refusalOf(error.cause) : undefined;
  if (refusal !== undefined) throw toTrpcError(refusal);
  if (error.code === "INTERNAL_SERVER_ERROR") ctx.logger.error({ err: error.cause ?? error, path }, "procedure failed");
  return result;
});

const isStream = (data: unknown): data is AsyncIterable<unknown> =>
  typeof data === "object" && data !== null && Symbol.asyncIterator in data;

/** A subscription refuses, or breaks, long after its procedure has answered. */
async function* mapErrorsOf(stream: AsyncIterable<unknown>): AsyncGenerator<unknown> {
  try {
    yield* stream;
  } catch (error) {
    throw error instanceof Refusal ? toTrpcError(error) : error;
  }
}

/** Every mutation is carried out as the person that its page believes it speaks for, or not at all. */
const speaksFor = t.middleware(({ ctx, meta, type, next }) => {
  if (type === "mutation" && meta?.checksSpeakerItself !== true) assertSpeaksFor(ctx, ctx.as);
  return next();
});

const notByLink = t.middleware(({ ctx, meta, next }) => {
  if (meta?.costs === true && ctx.method === "GET")
    throw new TRPCError({ code: "METHOD_NOT_SUPPORTED", message: "Send this query by POST." });
  return next();
});

/** Streams that are open in this process, by the address that they go to. */
const openStreams = new Map<string, number>();

/** A stream holds a connection and memory for as long as it is open. */
const fewStreams = t.middleware(({ ctx, type, signal, next }) => {
  if (type !== "subscription" || ctx.callerAddress === undefined || signal === undefined) return next();
  const address = ctx.callerAddress;
  const count = (by: number) => {
    const open = (openStreams.get(address) ?? 0) + by;
    if (open === 0) openStreams.delete(address);
    else openStreams.set(address, open);
    return open;
  };
  if (count(1) > ctx.limits.livePages) {
    count(-1);
    throw TOO_MANY_STREAMS;
  }
  signal.addEventListener("abort", () => count(-1), { once: true });
  return next();
});

export const publicProcedure = t.procedure
  .use(traced)
  .use(noteRefusals)
  .use(mapErrors)
  .use(speaksFor)
  .use(notByLink)
  .use(fewStreams);

/** Lets only signed-in callers through; their user is then known to be there. */
export const requireUser = t.middleware(({ ctx, next }) => {
  if (ctx.user === null) {
    throw ctx.sessionUnread === true ? DATABASE_AWAY : refuse("unauthenticated", "SIGNED_OUT", "Sign in to go on.");
  }
  return next({ ctx: { user: ctx.user } });
});

export const signedInProcedure = publicProcedure.use(requireUser);

/** For users with `role` or one above it. */
export function procedureFor(role: Role) {
  return signedInProcedure.use(({ ctx, next }) => {
    if (ROLES.indexOf(ctx.user.role) < ROLES.indexOf(role)) {
      throw refuse("forbidden", "ROLE_REQUIRED", `This needs the role ${role}; you are signed in as ${ctx.user.role}.`);
    }
    return next();
  });
}

/** For commands that must be sent with a key, so that they may be sent twice. `ctx` is what they are carried out with. */
export const idempotentProcedure = publicProcedure.use(({ ctx, next }) =>
  next({ ctx: commandContext({ ...ctx, idempotencyKey: requiredKey(ctx.idempotencyKey) }) }),
);
