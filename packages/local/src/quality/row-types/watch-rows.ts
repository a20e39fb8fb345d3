/** For Vitest: has the calls of `query<Row>` in product code tell what rows they give. */
import { join, relative } from "node:path";
import type { Plugin } from "vitest/config";
import { REPOSITORY_ROOT } from "../../environment/places.ts";
import { insertAt, PRODUCT_CODE, queryCalls, versionOf } from "./queries.ts";

const SEEN = join(import.meta.dirname, "seen.ts");

export function watchRows(): Plugin {
  return {
    name: "watch-rows",
    enforce: "pre",
    transform(code, id) {
      const file = relative(REPOSITORY_ROOT, id);
      if (!PRODUCT_CODE.test(file) || !code.includes(".query<")) return undefined;
      const place = `${JSON.stringify(file)}, ${JSON.stringify(versionOf(code))}`;
      const pieces = queryCalls(code).flatMap(({ start, end }, call) => [
        [start, `__seen(${place}, ${call}, `] as const,
        [end, ")"] as const,
      ]);
      return { code: `import { seen as __seen } from ${JSON.stringify(SEEN)}; ${insertAt(code, pieces)}`, map: null };
    },
  };
}
