"use client";
/** Two edits of one product, side by side: theirs is saved, mine is not. */
import { Banner, Button, Instant } from "@tillstream/ui";
import { TwoSides } from "../console/two-sides.tsx";
import { differences, draftOf, FIELDS } from "./draft.ts";
import type { Draft } from "./draft.ts";
import type { Product } from "./product.ts";

interface EditConflictProps {
  /** As it is saved now. */
  product: Product;
  mine: Draft;
  onUseTheirs(theirs: Draft): void;
  /** What was typed goes on from their version. */
  onKeepMine(): void;
}

export function EditConflict({ product, mine, onUseTheirs, onKeepMine }: EditConflictProps) {
  const theirs = draftOf(product);
  const fields = differences(theirs, mine);
  return (
    <section aria-label="Another edit" className="mb-4 space-y-3">
      <Banner tone="waiting" role="alert" title={`${product.updatedBy ?? "Somebody"} edited this product meanwhile`}>
        At <Instant at={product.updatedAt} format="precise" />; it is at version {product.version} now. Nothing of yours
        is saved, and nothing that you typed is lost.
      </Banner>
      {fields.length === 0 && <p>Both say the same.</p>}
      {fields.map((field) => (
        <TwoSides key={field} field={FIELDS[field]} theirs={theirs[field]} mine={mine[field]} />
      ))}
      <div className="flex flex-wrap gap-2">
        <Button size="sm" onClick={() => onUseTheirs(theirs)}>
          Use theirs
        </Button>
        <Button size="sm" onClick={onKeepMine}>
          Keep mine
        </Button>
      </div>
    </section>
  );
}
