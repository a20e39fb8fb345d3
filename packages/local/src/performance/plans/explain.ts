/** Asks Postgres how it answers a statement: by a generic plan, made without its parameters, as prepared statements get them. */
import { raw, sql } from "@tillstream/runtime";
import type { Database, Sql } from "@tillstream/runtime";
import { z } from "zod";
import type { Question } from "./questions.ts";

export interface Plan {
  readonly question: Question;
  readonly lines: readonly string[];
  readonly milliseconds: number;
  /** Whether the index that it must use is used, and no big table is read whole. */
  readonly asExpected: boolean;
}

type BigTables = ReadonlySet<string>;

/** Those with at least so many rows, which no statement should read whole. */
export async function tablesAbove(db: Database, rows: number): Promise<BigTables> {
  const found = await db.query<{ name: string }>(sql`
    SELECT relname::text AS name FROM pg_class WHERE relkind = 'r' AND reltuples >= ${rows} AND relnamespace = 'public'::regnamespace`);
  return new Set(found.map(({ name }) => name));
}

/** Has Postgres answer twice: the first time warms the cache. */
export async function explain(db: Database, question: Question, big: BigTables): Promise<Plan> {
  const execute = `EXECUTE question${argumentsOf(question.sql)}`;
  const lines = await db.transaction(async (tx) => {
    await tx.query(sql`SELECT set_config('plan_cache_mode', 'force_generic_plan', true)`);
    await tx.query(sql`${raw(`PREPARE question AS ${question.sql.text}`)}`);
    await tx.query(sql`${raw(execute)}`);
    const rows = await tx.query<{ "QUERY PLAN": string }>(
      sql`${raw(`EXPLAIN (ANALYZE, BUFFERS, COSTS OFF) ${execute}`)}`,
    );
    await tx.query(sql`DEALLOCATE question`);
    return rows.map((row) => row["QUERY PLAN"]);
  });
  const text = lines.join("\n");
  const milliseconds = Number(/Execution Time: ([\d.]+) ms/.exec(text)?.[1] ?? "0");
  const usesIndex = question.indexes === undefined || question.indexes.some((index) => text.includes(index));
  const readWhole = [...text.matchAll(/Seq Scan on (\w+)/g)].some(([, table = ""]) => big.has(table));
  return { question, lines, milliseconds, asExpected: usesIndex && !readWhole };
}

function argumentsOf({ values }: Sql): string {
  if (values.length === 0) return "";
  return `(${values.map(literal).join(", ")})`;
}

/** Of no type, so that it takes the parameter's. */
function literal(value: unknown): string {
  if (value === null || value === undefined) return "NULL";
  const text = Array.isArray(value)
    ? `{${value.map((item) => JSON.stringify(String(item))).join(",")}}`
    : value instanceof Date
      ? value.toISOString()
      : String(value as string | number | boolean);
  return `'${text.replaceAll("'", "''")}'`;
}

export interface HotPlan {
  readonly text: string;
  readonly calls: number;
  /** As the planner counts. */
  readonly cost: number;
  /** That of the dearest look into an index; undefined where there is none. */
  readonly index: string | undefined;
  readonly readWhole: readonly string[];
}

interface PlanNode {
  readonly "Node Type": string;
  readonly "Total Cost": number;
  readonly "Relation Name"?: string | undefined;
  readonly "Index Name"?: string | undefined;
  readonly Plans?: readonly PlanNode[] | undefined;
}

const planNode: z.ZodType<PlanNode> = z.lazy(() =>
  z.object({
    "Node Type": z.string(),
    "Total Cost": z.number(),
    "Relation Name": z.string().optional(),
    "Index Name": z.string().optional(),
    Plans: z.array(planNode).optional(),
  }),
);
const explained = z.tuple([z.object({ Plan: planNode })]);

const nodesOf = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

/** Needs no parameters and changes nothing. @param calls by text */
export async function explainGeneric(
  db: Database,
  calls: ReadonlyMap<string, number>,
  big: BigTables,
): Promise<HotPlan[]> {
  const plans: HotPlan[] = [];
  for (const [text, count] of calls) {
    const statement = sql`${raw(`EXPLAIN (GENERIC_PLAN, FORMAT JSON) ${text}`)}`;
    const [row] = await db.query<{ "QUERY PLAN": unknown }>(statement);
    const [{ Plan: top }] = explained.parse(row?.["QUERY PLAN"]);
    plans.push({ text, calls: count, cost: top["Total Cost"], ...looksOf(nodesOf(top), big) });
  }
  return plans;
}

function looksOf(nodes: readonly PlanNode[], big: BigTables): Pick<HotPlan, "index" | "readWhole"> {
  const [dearest] = nodes
    .filter((node) => node["Index Name"] !== undefined)
    .toSorted((one, other) => other["Total Cost"] - one["Total Cost"]);
  const readWhole = nodes
    .filter((node) => node["Node Type"] === "Seq Scan")
    .map((node) => node["Relation Name"] ?? "")
    .filter((table) => big.has(table));
  return { index: dearest?.["Index Name"], readWhole };
}
