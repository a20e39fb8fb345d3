/** The kinds of tests. Which one a file is of, its name says. */
import { globSync } from "node:fs";

/** Integration tests need Postgres, Kafka tests a broker too, browser tests the system. */
export const KINDS = ["unit", "integration", "kafka", "e2e"] as const;
export type Kind = (typeof KINDS)[number];

const FOLDERS = ["apps/*/src", "packages/*", "prisma"];
const SUFFIXES: Readonly<Record<Exclude<Kind, "unit">, string>> = {
  integration: ".int.test.ts",
  kafka: ".kafka.test.ts",
  e2e: ".e2e.test.ts",
};
const NEVER = ["**/node_modules/**", "**/.next/**", "**/generated/**"];

/** Changes its process for good, such as by what it listens to: has a process of its own. A browser test: runs after the others. */
const ALONE = "**/*.alone.*";

export interface Globs {
  readonly include: string[];
  readonly exclude: string[];
}

export function globsOf(kind: Kind): Globs {
  const suffix = kind === "unit" ? ".test.ts" : SUFFIXES[kind];
  const others = kind === "unit" ? Object.values(SUFFIXES).map((other) => `**/*${other}`) : [];
  return { include: FOLDERS.map((folder) => `${folder}/**/*${suffix}`), exclude: [...NEVER, ...others] };
}

export const shared = (kind: Kind): Globs => ({ ...globsOf(kind), exclude: [...globsOf(kind).exclude, ALONE] });
export const alone = (kind: Kind): Globs => {
  const { include, exclude } = globsOf(kind);
  return { include: include.map((glob) => glob.replace("/*.", "/*.alone.")), exclude };
};

/** Whether a file of this kind has one of the words in its path, in `root`; any file does where there are no words. */
export function hasTests(kind: Kind, words: readonly string[], root: string): boolean {
  const { include, exclude } = globsOf(kind);
  const files = globSync(include, { cwd: root, exclude });
  return files.some((file) => words.length === 0 || words.some((word) => file.includes(word)));
}
