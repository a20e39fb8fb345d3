"use client";
/** The variants of a product: what is left, the price now, and what it was; and one more. */
import { Button, Money, Panel, TextLink } from "@tillstream/ui";
import { useState } from "react";
import { useWhyNotOperate } from "../console/person.ts";
import { stockItemHref } from "../links/events.ts";
import { AddVariant } from "./add-variant.tsx";
import { PriceDialog } from "./price-dialog.tsx";
import { PriceHistory } from "./price-history.tsx";
import type { Product, Variant } from "./product.ts";

export function Variants({ product }: { product: Product }) {
  const { slug, variants } = product;
  return (
    <Panel
      title="Prices"
      description="A new price holds at once. Orders keep the one that they were placed at; carts ask before they take it."
      actions={<AddVariant product={product} />}
      flush
    >
      <ul className="border-t border-line">
        {variants.map((variant) => (
          <VariantRow key={variant.sku} slug={slug} variant={variant} />
        ))}
      </ul>
    </Panel>
  );
}

function VariantRow({ slug, variant }: { slug: string; variant: Variant }) {
  const { sku, name, price, available } = variant;
  const whyNot = useWhyNotOperate();
  const [asking, setAsking] = useState(false);
  const [shown, setShown] = useState(false);
  return (
    <li className="border-b border-line px-4 py-3 last:border-b-0">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-40">
          <p className="font-medium">{name === "" ? "The only variant" : name}</p>
          <p className="font-mono text-sm break-all text-muted">{sku}</p>
        </div>
        <TextLink href={stockItemHref(sku)} className="inline-flex min-h-6 items-center" title="Its stock">
          {available > 0 ? `${available.toLocaleString("en-US")} available` : "sold out"}
        </TextLink>
        <Money value={price} className="font-semibold" />
        <span className="flex gap-2">
          <Button
            size="sm"
            variant="ghost"
            aria-expanded={shown}
            aria-label={`History of the price of ${sku}`}
            onClick={() => setShown(!shown)}
          >
            History
          </Button>
          <Button
            size="sm"
            disabled={whyNot !== undefined}
            title={whyNot}
            aria-label={`Change the price of ${sku}`}
            onClick={() => setAsking(true)}
          >
            Change
          </Button>
        </span>
      </div>
      {shown && <PriceHistory sku={sku} />}
      {asking && <PriceDialog slug={slug} variant={variant} onClose={() => setAsking(false)} />}
    </li>
  );
}
