/** How much there is of each kind, with what it is or what became of it. */
import { Facts } from "@tillstream/ui";
import type { Kept } from "./kept.ts";

export function KeptFacts({ kept, say }: { kept: readonly Kept[]; say: "what" | "fate" }) {
  const items = kept.map((one) => ({
    key: one.kind,
    term: one.label,
    value:
      one.count === 0 ? (
        <span className="text-muted">none</span>
      ) : (
        <>
          <span className="figures font-medium">{one.count.toLocaleString("en-US")}</span>{" "}
          <span className="text-muted">{one[say]}</span>
        </>
      ),
  }));
  return <Facts items={items} />;
}
