/** What people changed: who, what, why, before and after. Written by `audited`, and final. */
import { join, keyset, sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import { z } from "zod";
import { identifier, instant, timeOrder } from "../input.ts";
import { listCursor, placeNumber } from "../list-cursor.ts";
import { procedureFor, router } from "../procedures.ts";
import { withActorNames } from "./actor-names.ts";
import type { NamesOfSubjects } from "./sagas.ts";

const PAGE_MAX = 200;

/** The id of the last row of the page before. */
const pages = listCursor("audit.list", placeNumber);
const listInput = z
  .strictObject({
    cursor: pages.input.optional(),
    limit: z.int().min(1).max(PAGE_MAX).default(50),
    order: timeOrder,
    /** As the row has it, or a person by id, name or e-mail address. */
    actor: identifier().optional(),
    action: identifier().optional(),
    /** With what is a part of it. */
    subject: identifier().optional(),
    from: instant.optional(),
    to: instant.optional(),
  })
  .prefault({});

interface AuditRow {
  readonly id: number;
  readonly at: Date;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly reason: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly correlationId: string;
}

/** What a run is about is in its id, after the saga's name. */
const aboutOf = (subject: string): string => subject.slice(subject.indexOf(":") + 1);

/** What is changed under names of its own and is a part of the subject, such as the variants of a product. */
export type PartsOfSubject = (db: SqlExecutor, subject: string) => Promise<readonly string[]>;

export const auditRouter = (namesOfSubjects?: NamesOfSubjects, partsOfSubject?: PartsOfSubject) =>
  router({
    list: procedureFor("viewer")
      .input(listInput)
      .query(async ({ ctx, input: { cursor, limit, ...list } }) => {
        const { order, actor, action, subject, from, to } = list;
        const [after] = pages.placeIn(list, cursor) ?? [];
        const { follows, direction } = keyset(order);
        const parts = subject === undefined ? [] : ((await partsOfSubject?.(ctx.db, subject)) ?? []);
        const person = sql`SELECT 'user:' || id FROM auth_users WHERE ${actor ?? ""} IN (id, name, email)`;
        const conditions = [
          after === undefined ? undefined : sql`id ${follows} ${after}`,
          actor === undefined ? undefined : sql`(actor = ${actor} OR actor IN (${person}))`,
          action === undefined ? undefined : sql`action = ${action}`,
          subject === undefined ? undefined : sql`subject = ANY(${[subject, ...parts]}::text[])`,
          from === undefined ? undefined : sql`at >= ${from}::timestamptz`,
          to === undefined ? undefined : sql`at < ${to}::timestamptz`,
        ].filter((condition) => condition !== undefined);
        const rows = await ctx.db.query<AuditRow>(sql`
        SELECT id, at, actor, action, subject, reason, before, after, correlation_id AS "correlationId" FROM audit
        WHERE ${join([sql`true`, ...conditions], " AND ")} ORDER BY id ${direction} LIMIT ${limit + 1}`);
        const named = await withActorNames(ctx.db, rows.slice(0, limit), (row) => row.actor);
        const names = await namesOfSubjects?.(
          ctx.db,
          named.map((row) => aboutOf(row.subject)),
        );
        const items = named.map((row) => ({
          ...row,
          id: String(row.id),
          at: row.at.toISOString(),
          subjectName: names?.get(aboutOf(row.subject)) ?? null,
        }));
        const last = rows.length > limit ? rows[limit - 1] : undefined;
        return { items, nextCursor: pages.after(list, last && [last.id]) };
      }),
  });
