import { cn, Link } from "@tillstream/ui";
import { Picture } from "../catalogue/picture.tsx";
import type { OptionValue, ProductOption } from "./variant-links.ts";

/** Options whose values one sees rather than reads. */
const SEEN = new Set(["colour", "glaze", "finish", "wood"]);

interface VariantChoiceProps {
  slug: string;
  options: readonly ProductOption[];
}

/** Colour, size and the like as links: the choice is in the address and can be shared. */
export function VariantChoice({ slug, options }: VariantChoiceProps) {
  return options
    .filter(({ values }) => values.length > 1)
    .map(({ name, values }) => (
      <nav key={name} aria-label={`Choose ${name}`}>
        <p className="text-sm font-medium text-ink-soft">
          <span className="capitalize">{name}</span>{" "}
          <span className="font-normal text-muted">{values.find(({ chosen }) => chosen)?.value}</span>
        </p>
        <ul className="mt-2 flex flex-wrap gap-2.5">
          {values.map((value) => (
            <li key={value.value}>
              {SEEN.has(name) ? <Swatch slug={slug} value={value} /> : <Word slug={slug} value={value} />}
            </li>
          ))}
        </ul>
      </nav>
    ));
}

const hrefOf = (slug: string, { variant }: OptionValue) => `/p/${slug}?sku=${encodeURIComponent(variant.sku)}`;
const labelOf = ({ value, soldOut }: OptionValue) => (soldOut ? `${value}, sold out` : value);

interface ValueProps {
  slug: string;
  value: OptionValue;
}

function Swatch({ slug, value }: ValueProps) {
  return (
    <Link
      href={hrefOf(slug, value)}
      title={labelOf(value)}
      aria-label={labelOf(value)}
      aria-current={value.chosen ? "true" : undefined}
      className={cn(
        "relative block w-16 overflow-hidden rounded-md ring-1 ring-line-strong transition-shadow hover:ring-field",
        value.chosen && "ring-2 ring-accent hover:ring-accent",
      )}
    >
      <Picture src={value.variant.image} className={cn("rounded-none", value.soldOut && "opacity-45")} />
      {value.soldOut && <Strike />}
    </Link>
  );
}

function Word({ slug, value }: ValueProps) {
  return (
    <Link
      href={hrefOf(slug, value)}
      aria-label={labelOf(value)}
      aria-current={value.chosen ? "true" : undefined}
      className={cn(
        "relative inline-flex h-control min-w-control items-center justify-center overflow-hidden rounded-md bg-surface px-4 ring-1 ring-line-strong transition-shadow ring-inset hover:ring-field",
        value.chosen && "bg-accent-soft/45 font-medium ring-2 ring-accent hover:ring-accent",
        value.soldOut && "text-muted",
      )}
    >
      {value.value}
      {value.soldOut && <Strike />}
    </Link>
  );
}

/** Says "sold out" to the eye; the label says it in words. */
function Strike() {
  return (
    <svg aria-hidden="true" viewBox="0 0 100 100" preserveAspectRatio="none" className="absolute inset-0 size-full text-muted">
      <path d="M0 100 100 0" stroke="currentColor" strokeWidth="1.5" vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
