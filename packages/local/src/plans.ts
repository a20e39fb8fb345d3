/** `npm run plans`: how Postgres answers the questions that matter with a million events; writes docs/query-plans.md. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createPool, poolDatabase } from "@tillstream/db";
import { createTestDatabase } from "@tillstream/db/testing";
import { Command } from "commander";
import { REPOSITORY_ROOT } from "./places.ts";
import { explain } from "./plans/explain.ts";
import type { Plan } from "./plans/explain.ts";
import { fillHistory } from "./plans/fill.ts";
import { questions } from "./plans/questions.ts";
import { startTestServer } from "./testing/test-server.ts";

/** Writing a million events takes a while. */
const STATEMENT_TIMEOUT_MS = 600_000;

const { events } = new Command("plans")
  .option("--events <n>", "how many events, in fours", "1000000")
  .parse()
  .opts<{ events: string }>();
const count = Math.max(4_000, Math.floor(Number(events) / 4) * 4);

function document(plans: readonly Plan[], orders: number): string {
  const rows = plans.map(
    ({ question, milliseconds }) =>
      `| ${question.title} | ${question.indexes?.join(" or ") ?? "(a small table)"} | ${milliseconds.toFixed(2)} ms |`,
  );
  const sections = plans.map(({ question, lines }) => `## ${question.title}\n\n\`\`\`\n${lines.join("\n")}\n\`\`\`\n`);
  return `# Query plans

Written by \`npm run plans\`: ${count.toLocaleString("en-US")} events and ${orders.toLocaleString("en-US")} orders, 1,000 events unpublished, Postgres 18, warm cache. The catalogue has some sixty
products: reading such a table whole is the right plan, and its indexes serve shops with more. A test holds the same plans at a smaller size.

| question | index | time |
|---|---|---|
${rows.join("\n")}

${sections.join("\n")}`;
}

await using server = await startTestServer();
await using test = await createTestDatabase({ serverUrl: server.url });
const pool = createPool({ url: test.url, max: 2, applicationName: "plans", statementTimeoutMs: STATEMENT_TIMEOUT_MS });
const db = poolDatabase(pool);
console.log(`writing ${count} events`);
const { orders } = await fillHistory(db, count);
const plans: Plan[] = [];
for (const question of questions(count)) plans.push(await explain(db, question));
await pool.end();
const path = join(REPOSITORY_ROOT, "docs", "query-plans.md");
writeFileSync(path, document(plans, orders));
for (const { question, milliseconds, asExpected } of plans) {
  console.log(`${asExpected ? "ok  " : "FAIL"}  ${question.title}  ${milliseconds.toFixed(2)} ms`);
}
console.log(`wrote ${path}`);
process.exitCode = plans.every(({ asExpected }) => asExpected) ? 0 : 1;
