/** `npm run plans`: how Postgres answers the questions that matter with a million events; writes docs/query-plans.md. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createPool, poolDatabase } from "@tillstream/db";
import { createTestDatabase } from "@tillstream/db/testing";
import { Command } from "commander";
import { REPOSITORY_ROOT } from "./environment/places.ts";
import { explain, explainGeneric, tablesAbove } from "./performance/plans/explain.ts";
import type { HotPlan, Plan } from "./performance/plans/explain.ts";
import { fillHistory } from "./performance/plans/fill.ts";
import { HOT_ORDERS, hotStatements } from "./performance/plans/hot-statements.ts";
import { questions } from "./performance/plans/questions.ts";
import { startTestServer } from "./testing/test-server.ts";

/** Writing a million events takes a while. */
const STATEMENT_TIMEOUT_MS = 600_000;
/** Of the tables that grow with the orders. */
const BIG_ROWS = 10_000;
const TEXT_MAX = 150;

const { events } = new Command("plans")
  .option("--events <n>", "how many events, in fours", "1000000")
  .parse()
  .opts<{ events: string }>();
const count = Math.max(4_000, Math.floor(Number(events) / 4) * 4);

function statementTable(plans: readonly HotPlan[]): string {
  const rows = plans
    .toSorted((one, other) => other.cost - one.cost)
    .map(({ text, calls, cost, index, readWhole }) => {
      const looks = readWhole.length > 0 ? `**reads ${readWhole.join(" and ")} whole**` : (index ?? "(none)");
      const line = text.replaceAll(/\s+/g, " ").trim().slice(0, TEXT_MAX).replaceAll("|", "\\|").replaceAll("`", "");
      return `| \`${line}\` | ${calls} | ${cost.toFixed(0)} | ${looks} |`;
    });
  return ["| statement | calls | cost | dearest index |", "|---|---|---|---|", ...rows].join("\n");
}

interface Found {
  readonly plans: readonly Plan[];
  readonly orders: number;
  readonly ofOrders: readonly HotPlan[];
  readonly housekeeping: readonly HotPlan[];
}

function document({ plans, orders, ofOrders, housekeeping }: Found): string {
  const rows = plans.map(
    ({ question, milliseconds }) =>
      `| ${question.title} | ${question.indexes?.join(" or ") ?? "(a small table)"} | ${milliseconds.toFixed(2)} ms |`,
  );
  const sections = plans.map(({ question, lines }) => `## ${question.title}\n\n\`\`\`\n${lines.join("\n")}\n\`\`\`\n`);
  return `# Query plans

Written by \`npm run plans\`: ${count.toLocaleString("en-US")} events and ${orders.toLocaleString("en-US")} orders, 1,000 events unpublished, Postgres 18, warm cache. The catalogue has some sixty
products: reading such a table whole is the right plan, and its indexes serve shops with more. A test holds the same plans at a smaller size.

The plans are generic ones, made without the parameters, as prepared statements get them. Where a limit is a parameter, a generic plan reckons with a tenth of all
rows: Postgres then keeps planning for the parameters, which takes some tenths of a millisecond each time. Hot statements have their limits in the text.

| question | index | time |
|---|---|---|
${rows.join("\n")}

## Every statement of an order

Recorded in a shop with all its background work while ${HOT_ORDERS} orders were placed and shipped, or cancelled for a declined card, and then explained in the filled
database (\`EXPLAIN (GENERIC_PLAN)\`, so nothing is executed). The cost is the planner's; for a statement with many parts it counts the whole of it, executed or not.

${statementTable(ofOrders)}

Housekeeping, which the background does once when it starts and then every minute or more seldom:

${statementTable(housekeeping)}

${sections.join("\n")}`;
}

await using server = await startTestServer();
await using test = await createTestDatabase({ serverUrl: server.url });
const pool = createPool({ url: test.url, max: 2, applicationName: "plans", statementTimeoutMs: STATEMENT_TIMEOUT_MS });
const db = poolDatabase(pool);
console.log(`writing ${count} events`);
const { orders } = await fillHistory(db, count);
const big = await tablesAbove(db, BIG_ROWS);
const plans: Plan[] = [];
for (const question of questions(count)) plans.push(await explain(db, question, big));
console.log("recording the statements of an order");
const hot = await hotStatements(server.url);
const ofOrders = await explainGeneric(db, hot.ofOrders, big);
const housekeeping = await explainGeneric(db, hot.housekeeping, big);
await pool.end();
const path = join(REPOSITORY_ROOT, "docs", "query-plans.md");
writeFileSync(path, document({ plans, orders, ofOrders, housekeeping }));
for (const { question, milliseconds, asExpected } of plans) {
  console.log(`${asExpected ? "ok  " : "FAIL"}  ${question.title}  ${milliseconds.toFixed(2)} ms`);
}
const wholeReads = ofOrders.filter(({ readWhole }) => readWhole.length > 0);
for (const { text, readWhole } of wholeReads) console.log(`FAIL  reads ${readWhole.join(" and ")} whole: ${text}`);
console.log(`wrote ${path}`);
process.exitCode = plans.every(({ asExpected }) => asExpected) && wholeReads.length === 0 ? 0 : 1;
