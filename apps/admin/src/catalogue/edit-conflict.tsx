"use client";
/** Two edits of one product, side by side: theirs is saved, mine is not. */
import { Banner, Button, Instant } from "@tillstream/ui";
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
        <div key={field}>
          <h3 className="mb-1 text-sm font-medium text-ink-soft">{FIELDS[field]}</h3>
          <div className="grid gap-2 sm:grid-cols-2">
            <Side whose="Theirs" text={theirs[field]} />
            <Side whose="Yours" text={mine[field]} />
          </div>
        </div>
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

function Side({ whose, text }: { whose: string; text: string }) {
  return (
    <div className="min-w-0 rounded-md border border-line bg-sunken px-3 py-2">
      <p className="text-xs font-semibold text-muted">{whose}</p>
      <p className="break-words whitespace-pre-wrap">{text}</p>
    </div>
  );
}
