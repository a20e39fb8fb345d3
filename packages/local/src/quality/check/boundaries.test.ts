import { describe, expect, it } from "vitest";
import { checkBoundaries } from "./boundaries.ts";
import { importsOf } from "./imports.ts";

const exports = new Map([
  ["runtime", ["."]],
  ["eventing", ["."]],
  ["db", [".", "./testing"]],
  ["trpc", [".", "./input", "./list-cursor"]],
  ["commerce", ["."]],
  ["ui", [".", "./styles.css"]],
  ["local", ["."]],
]);
const rulesFor = (path: string, text: string) => checkBoundaries([{ path, text }], exports).map(({ rule }) => rule);
const importing = (specifier: string) => `import { thing } from "${specifier}";`;

describe("layers", () => {
  it.each([
    ["packages/runtime/src/a.ts", "@tillstream/eventing"],
    ["packages/ui/src/a.tsx", "@tillstream/runtime"],
    ["packages/db/src/a.ts", "@tillstream/eventing"],
    ["packages/eventing/src/relay/a.ts", "@tillstream/db"],
    ["packages/eventing/src/relay/a.ts", "@tillstream/commerce"],
    ["packages/trpc/src/a.ts", "@tillstream/commerce"],
    ["packages/commerce/src/order/commands.ts", "@tillstream/ui"],
    ["apps/storefront/app/page.tsx", "@tillstream/eventing"],
    ["apps/admin/app/page.tsx", "@tillstream/eventing"],
    ["apps/worker/src/main.ts", "@tillstream/ui"],
    ["apps/gateway/src/main.ts", "@tillstream/commerce"],
    ["apps/unheard-of/src/main.ts", "@tillstream/runtime"],
  ])("%s may not import %s", (path, specifier) => {
    expect(rulesFor(path, importing(specifier))).toEqual(["layers"]);
  });

  it.each([
    ["packages/eventing/src/relay/a.ts", "@tillstream/runtime"],
    ["packages/eventing/src/relay/a.int.test.ts", "@tillstream/db/testing"],
    ["packages/commerce/src/order/commands.ts", "@tillstream/db"],
    ["apps/worker/src/main.ts", "@tillstream/commerce"],
    ["packages/local/src/a.ts", "@tillstream/commerce"],
    ["prisma/seed.ts", "@tillstream/commerce"],
  ])("%s may import %s", (path, specifier) => {
    expect(rulesFor(path, importing(specifier))).toEqual([]);
  });

  it("the console may take types of the kernel", () => {
    expect(rulesFor("apps/admin/app/page.tsx", 'import type { Saga } from "@tillstream/eventing";')).toEqual([]);
  });
});

it.each([
  ["packages/commerce/src/shipping/shipment.ts", ["clock"]],
  ["packages/eventing/src/relay/relay.ts", ["clock"]],
  ["packages/commerce/src/shipping/shipment.test.ts", []],
  ["apps/gateway/src/main.ts", []],
])("%s may not read the machine's clock: %j", (path, rules) => {
  expect(rulesFor(path, "export const now = new Date();\nconst then = new Date(0); // new Date()")).toEqual(rules);
});

describe("entries", () => {
  it.each([
    ["packages/commerce/src/order/commands.ts", "@tillstream/eventing/src/relay/relay.ts"],
    ["packages/commerce/src/order/commands.ts", "../../../eventing/src/index.ts"],
    ["packages/commerce/src/order/commands.ts", "../../../../apps/worker/src/main.ts"],
  ])("%s may not enter a package through %s", (path, specifier) => {
    expect(rulesFor(path, importing(specifier))).toEqual(["package-entry"]);
  });

  it("an aggregate's folder is entered through its index", () => {
    const path = "packages/commerce/src/order/commands.ts";
    expect(rulesFor(path, importing("../stock/stock.ts"))).toEqual(["folder-entry"]);
    expect(rulesFor(path, importing("../stock/index.ts"))).toEqual([]);
    expect(rulesFor(path, importing("./events.ts"))).toEqual([]);
    expect(rulesFor("packages/commerce/src/order/projections/order-view.ts", importing("../events.ts"))).toEqual([]);
  });
});

describe("the transport", () => {
  const COMMANDS = "packages/commerce/src/cart/commands.ts";
  it.each([
    [COMMANDS, 'import type { Context } from "@tillstream/trpc";'],
    [COMMANDS, importing("@trpc/server")],
    ["packages/commerce/src/order/projections/order-view.ts", importing("@tillstream/trpc")],
  ])("is unknown to %s", (path, text) => {
    expect(rulesFor(path, text)).toEqual(["transport"]);
  });

  it.each([
    [COMMANDS, "@tillstream/trpc/input"],
    [COMMANDS, "@tillstream/trpc/list-cursor"],
    ["packages/commerce/src/cart/router.ts", "@tillstream/trpc"],
    ["packages/commerce/src/customer/admin-router.ts", "@tillstream/trpc"],
    ["packages/commerce/src/routers.ts", "@tillstream/trpc"],
    ["packages/commerce/src/cart/cart.int.test.ts", "@tillstream/trpc"],
    ["packages/commerce/src/testing/index.ts", "@tillstream/trpc"],
  ])("%s may import %s", (path, specifier) => {
    expect(rulesFor(path, importing(specifier))).toEqual([]);
  });
});

describe("pure domain files", () => {
  const decider = "export const account = {} satisfies Decider<State, Command, Event>;";
  it.each(["@tillstream/runtime", "@tillstream/db", "node:crypto", "../stock/index.ts"])(
    "may not import %s",
    (specifier) => {
      expect(rulesFor("packages/commerce/src/order/events.ts", importing(specifier))).toEqual(["pure-domain"]);
      expect(rulesFor("packages/commerce/src/account/account.ts", `${importing(specifier)}\n${decider}`)).toEqual([
        "pure-domain",
      ]);
    },
  );

  it("may import the kernel, the schema library and siblings", () => {
    const text = ["@tillstream/eventing", "zod", "./money.ts"].map(importing).join("\n");
    expect(rulesFor("packages/commerce/src/account/account.ts", `${text}\n${decider}`)).toEqual([]);
  });
});

it("imports are found in every form, with their lines, and not in comments", () => {
  const text = [
    'import "./a.ts";',
    "import type {",
    "  B,",
    '} from "./b.ts";',
    'export * from "./c.ts";',
    '// import "./comment.ts";',
    'const lazy = () => import("./d.ts");',
  ].join("\n");
  expect(importsOf(text)).toEqual([
    { specifier: "./a.ts", typeOnly: false, line: 1 },
    { specifier: "./b.ts", typeOnly: true, line: 4 },
    { specifier: "./c.ts", typeOnly: false, line: 5 },
    { specifier: "./d.ts", typeOnly: false, line: 7 },
  ]);
});
