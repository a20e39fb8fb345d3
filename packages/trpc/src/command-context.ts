/** Turns a request into the context that commands run with: code below this knows nothing of procedures. */
import type { CommandContext } from "@tillstream/eventing";
import { systemScheduler } from "@tillstream/runtime";
import { actorOf } from "./context.ts";
import type { Context } from "./context.ts";
import { assertSpeaksFor } from "./speaks-for.ts";

/** Who commands, and how the command finds out whether they are who its page believes. */
export interface Commander extends CommandContext {
  /** Refuses unless the session is that of `as`: "guest", a user's id or the account's e-mail address. */
  assertSpeaksFor(as: string | undefined): void;
}

/** Without a key the request names the command. */
export function commandContext<Ctx extends Context>(context: Ctx): Ctx & Commander {
  return {
    ...context,
    scheduler: systemScheduler,
    key: context.idempotencyKey ?? context.correlationId,
    actor: actorOf(context),
    assertSpeaksFor: (as) => assertSpeaksFor(context, as),
  };
}
