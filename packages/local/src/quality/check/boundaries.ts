/**
 * Who may import whom: section 2 of the design as a table. Arrows go downwards only, a package is
 * entered through what its package.json exports, an aggregate's folder through its index.ts.
 */
import { posix } from "node:path";
import type { Finding } from "./finding.ts";
import { importsOf, withoutComments } from "./imports.ts";
import type { Import } from "./imports.ts";
import { isTest, workspaceOf } from "./source-files.ts";
import type { SourceFile } from "./source-files.ts";

interface Layer {
  readonly may: readonly string[];
  /** Packages of which only types may be taken. */
  readonly typesOf?: readonly string[];
  /** What tests may use on top, such as a real database. */
  readonly inTests?: readonly string[];
}

const LOWER = ["runtime", "db", "eventing", "trpc", "commerce"];

const layers: Readonly<Record<string, Layer>> = {
  "packages/runtime": { may: [], inTests: ["db", "local"] },
  "packages/ui": { may: [] },
  "packages/db": { may: ["runtime"] },
  "packages/eventing": { may: ["runtime"], inTests: ["db", "local"] },
  "packages/trpc": { may: ["runtime", "db", "eventing"], inTests: ["local"] },
  "packages/commerce": { may: ["runtime", "db", "eventing", "trpc"], inTests: ["local"] },
  "packages/local": { may: LOWER },
  "apps/storefront": { may: ["ui", "commerce", "trpc", "runtime"], inTests: ["local", "db"] },
  "apps/admin": {
    may: ["ui", "commerce", "trpc", "runtime", "eventing/glossary"],
    typesOf: ["eventing"],
    inTests: ["local", "db"],
  },
  "apps/worker": { may: LOWER, inTests: ["local"] },
  "apps/gateway": { may: ["runtime"] },
};

/** The transport, which the files of an aggregate know in their routers only. What inputs are made of is not part of it. */
const TRANSPORT = /^@(?:tillstream\/trpc(?!\/(?:input|list-cursor|local-path)$)|trpc\/)/;
const DOMAIN_FILE = /^packages\/commerce\/src\/[^/]+\/(?!.*router\.ts$)/;
const TEST_ROOM = /^packages\/commerce\/src\/(?:.*\/)?testing\//;

/** Pure domain files: those that hold `decide` or `evolve`, and the events they speak of. */
const EVENTS_FILE = /^packages\/commerce\/src\/[^/]+\/events\.ts$/;
const DECIDES = /\bDecider<|\b(?:function|const) (?:decide|evolve)\b/;
const PURE_MAY_IMPORT = /^(?:@tillstream\/eventing|zod|\.\/[^/]+\.ts)$/;

const TAKES_A_CLOCK = /^packages\/(?:eventing|commerce)\//;

export type PackageExports = ReadonlyMap<string, readonly string[]>;

/** @param exports by package name without scope, the subpaths that its package.json exports, such as `.` */
export function checkBoundaries(files: readonly SourceFile[], exports: PackageExports): Finding[] {
  const imports = files.flatMap((file) =>
    importsOf(file.text).flatMap((imported) => {
      const problem = problemOf(file, imported, exports);
      return problem ? [{ ...problem, path: file.path, line: imported.line }] : [];
    }),
  );
  return [...imports, ...files.filter(({ path }) => TAKES_A_CLOCK.test(path) && !isTest(path)).flatMap(clocksReadBy)];
}

/** What the linter cannot see: that a date is made of nothing is to ask the machine for the time. */
function clocksReadBy({ path, text }: SourceFile): Finding[] {
  return withoutComments(text)
    .split("\n")
    .flatMap((line, at) =>
      line.includes("new Date()")
        ? [{ rule: "clock", path, line: at + 1, message: "take a Clock as an argument" }]
        : [],
    );
}

type Problem = Pick<Finding, "rule" | "message">;

function problemOf(file: SourceFile, imported: Import, exports: PackageExports): Problem | undefined {
  const { path } = file;
  const { specifier } = imported;
  return (
    (specifier.startsWith("@tillstream/") ? packageProblem(path, imported, exports) : undefined) ??
    (specifier.startsWith(".") ? relativeProblem(path, specifier) : undefined) ??
    transportProblem(path, specifier) ??
    pureProblem(file, specifier)
  );
}

function packageProblem(path: string, { specifier, typeOnly }: Import, exports: PackageExports): Problem | undefined {
  const [, name = "", ...rest] = specifier.split("/");
  const subpath = [".", ...rest].join("/");
  if (!exports.get(name)?.includes(subpath)) {
    return { rule: "package-entry", message: `${specifier} is not exported by its package` };
  }
  const workspace = workspaceOf(path);
  const layer = workspace === undefined ? undefined : layers[workspace];
  if (workspace === undefined) return undefined;
  if (!layer) return { rule: "layers", message: `${workspace} has no place in the table of layers` };
  const allowed =
    workspace === `packages/${name}` ||
    layer.may.includes(name) ||
    layer.may.includes([name, ...rest].join("/")) ||
    (typeOnly && layer.typesOf?.includes(name)) ||
    (isTest(path) && layer.inTests?.includes(name));
  if (allowed) return undefined;
  const only = layer.typesOf?.includes(name) ? " other than types" : "";
  return { rule: "layers", message: `${workspace} may not import ${specifier}${only}` };
}

function relativeProblem(path: string, specifier: string): Problem | undefined {
  const target = posix.join(posix.dirname(path), specifier);
  const from = workspaceOf(path);
  if (from !== undefined && workspaceOf(target) !== from && !target.startsWith(`${from}/`)) {
    return { rule: "package-entry", message: `${specifier} leaves the package; import it by its name` };
  }
  const own = aggregateOf(path);
  const other = aggregateOf(target);
  if (own !== undefined && other !== undefined && own !== other && posix.basename(target) !== "index.ts") {
    return { rule: "folder-entry", message: `${specifier} reaches into ${other}/; import ../${other}/index.ts` };
  }
  return undefined;
}

function transportProblem(path: string, specifier: string): Problem | undefined {
  if (!TRANSPORT.test(specifier) || !DOMAIN_FILE.test(path) || TEST_ROOM.test(path) || isTest(path)) return undefined;
  return { rule: "transport", message: `${specifier}: only an aggregate's router knows the transport` };
}

function pureProblem({ path, text }: SourceFile, specifier: string): Problem | undefined {
  const decides = path.startsWith("packages/commerce/src/") && !isTest(path) && DECIDES.test(text);
  if ((!decides && !EVENTS_FILE.test(path)) || PURE_MAY_IMPORT.test(specifier)) return undefined;
  const message = `${specifier}: decide and evolve import the kernel, the schema library and siblings only`;
  return { rule: "pure-domain", message };
}

function aggregateOf(path: string): string | undefined {
  return /^packages\/commerce\/src\/([^/]+)\/[^/]/.exec(path)?.[1];
}
