/** The variants of a product as links: the choice is in the address, so it can be shared and Back works. */
import type { VariantDetail } from "@tillstream/commerce";
import { Link } from "@tillstream/ui";

export function VariantChoice({ slug, variants, chosen }: { slug: string; variants: readonly VariantDetail[]; chosen: string }) {
  if (variants.length < 2) return null;
  return (
    <nav aria-label="Variants" className="mt-7">
      <p className="mb-2 text-sm font-medium text-ink-soft">{variants.length} to choose from</p>
      <ul className="grid grid-cols-4 gap-2.5 sm:grid-cols-5">
        {variants.map(({ sku, name, image, stock }) => {
          const current = sku === chosen;
          return (
            <li key={sku} className="relative min-w-0">
              <img
                src={image}
                alt=""
                width={160}
                height={200}
                className={`aspect-[4/5] w-full rounded-md object-cover ring-offset-2 ring-offset-canvas ${current ? "ring-2 ring-accent" : "ring-1 ring-line"} ${stock === "out" ? "opacity-45" : ""}`}
              />
              <Link
                href={`/p/${slug}?sku=${sku}`}
                scroll={false}
                aria-current={current ? "true" : undefined}
                className={`mt-1.5 block text-sm leading-snug after:absolute after:inset-0 ${current ? "font-medium" : "text-muted"}`}
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
