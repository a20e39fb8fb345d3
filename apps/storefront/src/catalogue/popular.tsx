import { Rail } from "./rail.tsx";

const POPULAR_COUNT = 4;

interface PopularProps {
  title?: string;
  /** Words that may say what the customer looked for: what they find comes first. */
  soughtFor?: string | undefined;
}

/** For a customer who found nothing: what is like it, and what others like. */
export function Popular({ title = "What others are looking at", soughtFor }: PopularProps) {
  return (
    <Rail
      title={title}
      what="what is popular"
      question={async (shop) => {
        const { items: alike } =
          soughtFor === undefined
            ? { items: [] }
            : await shop.catalogue.list({ search: soughtFor, limit: POPULAR_COUNT });
        const { items } = await shop.catalogue.list({ sort: "featured", limit: POPULAR_COUNT });
        const others = items.filter(({ slug }) => !alike.some((one) => one.slug === slug));
        return [...alike, ...others].slice(0, POPULAR_COUNT);
      }}
      more={{ href: "/products", label: "See everything" }}
    />
  );
}
