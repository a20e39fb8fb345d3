/**
 * What projections fill, held against `prisma/schema.sql`, which is that of the committed migrations. A rebuild fills a projection's
 * tables in the schema `rebuild` and merges them into the live ones: they have to be alike (ADR 8).
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { tableView } from "@tillstream/eventing";
import type { Projection } from "@tillstream/eventing";
import { expect, it } from "vitest";
import { modules } from "./modules.ts";

const SCHEMA = readFileSync(join(import.meta.dirname, "../../../prisma/schema.sql"), "utf8");
const projections = modules.flatMap((module) => module.projections);
const tables = projections.flatMap((projection) => projection.tables);

/** The lines of the statements that say what the table takes and refuses; those of other indexes do not. */
function shapeOf(table: string, text = SCHEMA): string[] {
  const [schema, name = table] = table.includes(".") ? table.split(".") : ["public"];
  const statements = text
    .split(";\n")
    .filter((statement) =>
      new RegExp(`^\n?((CREATE|ALTER) TABLE ${table}|CREATE UNIQUE INDEX .* ON ${schema}.${name}) `).test(statement),
    );
  const lines = statements.flatMap((statement) => statement.replaceAll(`${schema}.`, "").split(/,?\n/));
  return lines.filter((line) => line !== "").toSorted();
}

/** The columns of the table as a projection's list would say them. */
const columnsOf = (table: string): string[] =>
  shapeOf(table)
    .filter((line) => line.startsWith("  "))
    .map((line) =>
      line
        .trim()
        .replace("timestamp(6) with time zone", "timestamptz")
        .replace(/ DEFAULT .*(?= NOT NULL)/, ""),
    );

const listed = ({ columns = new Map() }: Pick<Projection, "columns">): string[] =>
  [...columns].map(([name, { type, nullable }]) => `${name} ${type}${nullable ? "" : " NOT NULL"}`).toSorted();

it("no other table than those of projections has a shadow", () => {
  const shadows = [...SCHEMA.matchAll(/^CREATE TABLE rebuild\.(\w+)/gm)].map(([, name]) => name);
  expect(shadows).toEqual(tables.toSorted());
});

it.each(tables)("the shadow of %s has its shape", (table) => {
  expect(shapeOf(table)).not.toEqual([]);
  expect(shapeOf(`rebuild.${table}`)).toEqual(shapeOf(table));
});

it.each(projections.filter(({ columns }) => columns !== undefined))(
  "$name lists the columns of its table",
  (projection) => {
    expect(projection.tables.map(columnsOf)).toEqual([listed(projection)]);
  },
);

it.each([
  ["a column more", "CREATE TABLE rebuild.sales_by_day (", "$&\n  extra integer,"],
  ["no key", "ALTER TABLE rebuild.sales_by_day ADD CONSTRAINT sales_by_day_pkey PRIMARY KEY", "--"],
])("a shadow with %s would be found", (_, text, drifted) => {
  const changed = SCHEMA.replace(text, drifted);
  expect(shapeOf("rebuild.sales_by_day", changed)).not.toEqual(shapeOf("sales_by_day", changed));
});

it("a column that the table lacks or has of another type would be found", () => {
  const view = tableView({
    table: "stock_view",
    key: ["sku"],
    columns: { sku: "text", left: "integer", sold: "bigint" },
  });
  const unknown = listed(view).filter((line) => !columnsOf("stock_view").includes(line));
  expect(unknown).toEqual(["left integer NOT NULL", "sold bigint NOT NULL"]);
});
