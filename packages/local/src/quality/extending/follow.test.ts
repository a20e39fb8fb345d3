import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { followSection } from "./follow.ts";
import { readGuide } from "./read-guide.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tillstream-follow-"));
  writeFileSync(join(folder, "list.ts"), "const list = [\n  one,\n];\n");
});
afterEach(() => rmSync(folder, { recursive: true }));

const says = (output: string) => async () => output;

async function follow(blocks: string, run = says("")): Promise<string> {
  for (const section of readGuide(`# Guide\n\n## 1. A list\n\n| \`list.ts\` | changed |\n\n${blocks}`))
    await followSection(section, folder, run);
  return readFileSync(join(folder, "list.ts"), "utf8");
}

it("a line is put behind another, in its place, or at the end", async () => {
  const guide = [
    '```ts file=list.ts after="one,"\n  two,\n```',
    '```ts file=list.ts instead="  one,"\n  zero,\n```',
    "```ts file=list.ts at=end\nuse(list);\n```",
  ].join("\n\n");
  expect(await follow(guide)).toBe("const list = [\n  zero,\n  two,\n];\n\nuse(list);\n");
});

it.each([
  ["a line that is not there", '```ts file=list.ts after="three"\n  four,\n```', '0 lines contain "three"'],
  [
    "a line that is there twice",
    '```ts file=list.ts after="]"\nx\n```\n\n```ts file=list.ts at=end\n]\n```\n\n```ts file=list.ts after="]"\nx\n```',
    '2 lines contain "]"',
  ],
  ["a new file that is there", "```ts file=list.ts\n```", "list.ts is there already"],
  ["a file that is not there", "```ts file=other.ts at=end\n```", "ENOENT"],
  [
    "a command that says something else",
    "```sh\nnpm run check\n```\n\n```text\nPublished: A v1\n```",
    'no command said "Published: A v1"',
  ],
  ["a block of nothing", "```ts\nconst a = 1;\n```", "says neither a file nor what to run"],
])("%s is an error", async (_, guide, message) => {
  await expect(follow(guide, says("Published: A v10"))).rejects.toThrow(message);
});

it("a command that fails is an error", async () => {
  const fails = () => Promise.reject(new Error("Check failed: schemas"));
  await expect(follow("```sh\nnpm run check\n```", fails)).rejects.toThrow("1. A list: Check failed: schemas");
});

it("an error names the section", async () => {
  await expect(follow('```ts file=list.ts after="three"\n```')).rejects.toThrow(
    "docs/extending.md, section 1. A list: ",
  );
});
