/** The variants of a product as links: the choice is in the address, so it can be shared and Back works. */
import type { VariantDetail } from "@tillstream/commerce";
import { cn, Link } from "@tillstream/ui";
import { Picture } from "./picture.tsx";

interface VariantChoiceProps {
  readonly slug: string;
  readonly variants: readonly VariantDetail[];
  readonly chosen: string;
}

export function VariantChoice({ slug, variants, chosen }: VariantChoiceProps) {
  if (variants.length < 2) return null;
  return (
    <nav aria-label="Variants" className="mt-7">
      <ul className="grid grid-cols-4 gap-3 sm:grid-cols-5">
        {variants.map(({ sku, name, image, stock }) => {
          const current = sku === chosen;
          return (
            <li key={sku} className="relative min-w-0">
              <Picture
                src={image}
                eager
                className={cn(
                  "rounded-md ring-offset-2 ring-offset-canvas",
                  current ? "ring-2 ring-accent" : "ring-1 ring-line",
                  stock === "out" && "opacity-45",
                )}
              />
              <Link
                href={`/p/${slug}?sku=${sku}`}
                aria-current={current ? "true" : undefined}
                className={cn(
                  "mt-1.5 block text-sm leading-snug after:absolute after:inset-0",
                  current ? "font-medium" : "text-muted",
                )}
              >
                {name}
                {stock === "out" && <span className="block text-xs">sold out</span>}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
