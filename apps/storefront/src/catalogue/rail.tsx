/**
 * A section of products that fails on its own: when its query fails or takes too long, the page stays and the
 * section says so.
 */
import type { ProductCard as Product } from "@tillstream/commerce";
import { withTimeout } from "@tillstream/runtime";
import { ErrorPanel, TextLink } from "@tillstream/ui";
import type { ReactNode } from "react";
import { RetryButton } from "./retry-button.tsx";
import { correlationId } from "../server/correlation.ts";
import { ask } from "../server/shop.ts";
import { ProductGrid } from "./product-grid.tsx";

const RAIL_TIMEOUT_MS = 3_000;

type Question<Answer> = Parameters<typeof ask<Answer>>[0];

/** Asks within a bound; what went wrong is a panel in place of what was asked for. */
export async function railOr<Answer>(
  what: string,
  question: Question<Answer>,
  show: (answer: Answer) => ReactNode,
): Promise<ReactNode> {
  try {
    return show(await withTimeout(ask(question), RAIL_TIMEOUT_MS, what));
  } catch {
    return (
      <ErrorPanel
        title={`We could not fetch ${what}`}
        cause="The rest of the page is complete."
        correlationId={await correlationId()}
        actions={<RetryButton />}
      />
    );
  }
}

interface RailProps {
  title: string;
  what: string;
  question: Question<readonly Product[]>;
  /** Where there is more of the same. */
  more?: { href: string; label: string };
}

export async function Rail({ title, what, question, more }: RailProps) {
  const content = await railOr(what, question, (products) =>
    products.length === 0 ? null : <ProductGrid products={products} label={title} level={3} />,
  );
  if (content === null) return null;
  return (
    <section>
      <div className="mb-6 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <h2 className="heading text-2xl">{title}</h2>
        {more && <TextLink href={more.href}>{more.label}</TextLink>}
      </div>
      {content}
    </section>
  );
}
