import type { ProductCard as Product } from "@tillstream/commerce";
import { cn } from "@tillstream/ui";
import { ProductCard } from "./product-card.tsx";

/** Pictures of the first row are in sight when the page opens. */
const EAGER_CARDS = 4;

interface ProductGridProps {
  products: readonly Product[];
  label: string;
  level?: 2 | 3;
  /** Whether the grid is what its page is about, beside its facets: its products can then be linked to by number. */
  first?: boolean;
}

/** Products side by side: two on a phone, four on a desk. */
export function ProductGrid({ products, label, level = 2, first = false }: ProductGridProps) {
  return (
    <ul
      aria-label={label}
      className={cn(
        "grid grid-cols-2 gap-x-4 gap-y-10 md:grid-cols-3 md:gap-x-6 lg:gap-y-14",
        first ? "xl:grid-cols-4" : "lg:grid-cols-4 lg:gap-x-8",
      )}
    >
      {products.map((product, index) => (
        <li key={product.slug} id={first ? `item-${index + 1}` : undefined} className="min-w-0 scroll-mt-28">
          <ProductCard product={product} level={level} eager={first && index < EAGER_CARDS} />
        </li>
      ))}
    </ul>
  );
}
