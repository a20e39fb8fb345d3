/** Does what a section of the guide says, in a clone. What cannot be done, or comes out otherwise, is an error that names the section. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import type { Section, Step, Where } from "./read-guide.ts";

/** Carries out one command line; resolves to what it printed, and rejects when it failed. */
export type RunCommand = (commandLine: string) => Promise<string>;

export async function followSection({ title, steps }: Section, folder: string, run: RunCommand): Promise<void> {
  let said = "";
  for (const step of steps) {
    try {
      if (step.kind === "run") said = await runAll(step.commands, run);
      else if (step.kind === "expect") assertSaid(step.lines, said);
      else applyStep(step, folder);
    } catch (error) {
      throw new Error(`docs/extending.md, section ${title}: ${(error as Error).message}`, { cause: error });
    }
  }
}

async function runAll(commands: readonly string[], run: RunCommand): Promise<string> {
  const outputs: string[] = [];
  for (const command of commands) outputs.push(await run(command));
  return stripVTControlCharacters(outputs.join("\n"));
}

function assertSaid(lines: readonly string[], said: string): void {
  const printed = said.split("\n");
  const missing = lines.filter((line) => !printed.includes(line));
  if (missing.length > 0) throw new Error(`no command said "${missing.join("\n")}", but:\n${said}`);
}

function applyStep(step: Extract<Step, { path: string }>, folder: string): void {
  const path = join(folder, step.path);
  if (step.kind === "change") return writeFileSync(path, changed(readFileSync(path, "utf8"), step.where, step.text));
  if (existsSync(path)) throw new Error(`${step.path} is there already`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, step.text);
}

function changed(before: string, where: Where, text: string): string {
  if (where.at === "end") return `${before}\n${text}`;
  const lines = before.split("\n");
  const matching = lines.filter((line) => line.includes(where.anchor));
  if (matching.length !== 1) throw new Error(`${matching.length} lines contain "${where.anchor}", not one`);
  const at = lines.findIndex((line) => line.includes(where.anchor));
  return lines
    .toSpliced(where.at === "after" ? at + 1 : at, where.at === "after" ? 0 : 1, text.replace(/\n$/, ""))
    .join("\n");
}
