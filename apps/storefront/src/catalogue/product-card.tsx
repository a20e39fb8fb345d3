import type { ProductCard as Product } from "@tillstream/commerce";
import { Link, Money } from "@tillstream/ui";
import { Picture } from "./picture.tsx";
import { stockWords } from "./stock-words.ts";

interface ProductCardProps {
  product: Product;
  /** Level of the name in the page's outline. */
  level?: 2 | 3;
  eager?: boolean;
}

/** One product of a list: picture, name, price, and a word when it is scarce or gone. The whole card is the link. */
export function ProductCard({ product, level = 2, eager = false }: ProductCardProps) {
  const { slug, name, image, price, priceVaries, variantCount, shown, stock } = product;
  const Heading = `h${level}` as const;
  const notes = [
    ...(stock === "in" ? [] : [stockWords[stock]]),
    ...(variantCount > 1 ? [`${variantCount} choices`] : []),
  ];
  return (
    <article className="group relative min-w-0">
      <div className="overflow-hidden rounded-lg">
        <Picture
          src={image}
          eager={eager}
          className={`transition-[scale] duration-200 group-hover:scale-[1.02] ${stock === "out" ? "opacity-60" : ""}`}
        />
      </div>
      <Heading className="heading mt-3.5 text-lg">
        <Link
          href={shown === null ? `/p/${slug}` : `/p/${slug}?sku=${shown}`}
          className="group-hover:underline group-hover:decoration-line-strong group-hover:underline-offset-4 after:absolute after:inset-0 after:rounded-lg focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-offset-4 focus-visible:after:outline-focus"
        >
          {name}
        </Link>
      </Heading>
      <p className="mt-0.5">
        {priceVaries && <span className="text-muted">from </span>}
        <Money value={price} />
      </p>
      {notes.length > 0 && <p className="mt-0.5 text-sm text-muted">{notes.join(" · ")}</p>}
    </article>
  );
}
