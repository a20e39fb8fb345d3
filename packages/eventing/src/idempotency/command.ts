/**
 * A command of a person or a program, carried out once for its key: the claim, the work and its events in one transaction, and
 * a hint to the relay after the commit.
 */
import type { Cache, Database, Scheduler, SqlExecutor } from "@tillstream/runtime";
import type { EventMetadata } from "../event/definition.ts";
import { fingerprintOf } from "./idempotency.ts";
import { runIdempotent } from "./run-idempotent.ts";

/** What any command is carried out with, wherever it comes from. */
export interface CommandContext {
  readonly db: Database;
  readonly cache: Cache;
  readonly scheduler: Scheduler;
  /** The sender's name for this command: sent again, it is not carried out again. */
  readonly key: string;
  /** As its events name it, such as `catalogue.rename`; what `command` carries out goes by its scope. */
  readonly command?: string | undefined;
  /** Such as `user:<id>`. */
  readonly actor: string;
  readonly correlationId: string;
  /** Says that the outbox has something new, after the commit. */
  hintOutbox(): void;
}

export interface CommandSpec {
  /** The command's name and, after a slash, whose keys they are, so that two senders' keys never meet. */
  readonly scope: string;
  /** What was sent: the same key with another input is refused. */
  readonly input: unknown;
  /** It appends no event, so that the relay need not look. */
  readonly appendsNothing?: boolean;
}

/** Resolves to the answer, now or earlier under the same key; rejects with the command's refusal alike. */
export async function command<Answer>(
  context: CommandContext,
  { scope, input, appendsNothing = false }: CommandSpec,
  work: (tx: SqlExecutor, metadata: EventMetadata) => Promise<Answer>,
): Promise<Answer> {
  const { db, cache, scheduler, key, correlationId: owner } = context;
  const named = { scope, key, fingerprint: fingerprintOf(input), owner };
  const answer = await runIdempotent<Answer>({
    db,
    cache,
    scheduler,
    command: named,
    work: (tx) => work(tx, metadataOf({ ...context, command: scope.split("/")[0] })),
  });
  if (!appendsNothing) context.hintOutbox();
  return answer;
}

/** @param correlationId of the story that the command goes on with; by default it begins one */
export function metadataOf(
  context: Pick<CommandContext, "key" | "command" | "actor" | "correlationId">,
  correlationId: string = context.correlationId,
): EventMetadata {
  const { key, command: name, actor } = context;
  return { correlationId, causationId: `command:${key}`, actor, ...(name !== undefined && { command: name }) };
}
