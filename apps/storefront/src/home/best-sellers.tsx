import { Rail } from "../catalogue/rail.tsx";
import { remembered } from "../server/remembered.ts";

const COUNT = 8;
const TEN_MINUTES_MS = 600_000;

/** What was ordered most of late. A shop that has sold little yet shows what it would like to sell. */
export function BestSellers() {
  return (
    <Rail
      title="What others took home"
      what="what sells best"
      question={async (shop) => {
        const slugs = await remembered("best sellers", TEN_MINUTES_MS, () =>
          shop.catalogue.bestSellers({ limit: COUNT }),
        );
        const sold = await shop.catalogue.cards({ slugs });
        if (sold.length >= COUNT) return sold;
        const { items } = await shop.catalogue.list({ sort: "featured", limit: COUNT });
        return [...sold, ...items.filter(({ slug }) => !slugs.includes(slug))].slice(0, COUNT);
      }}
      more={{ href: "/products", label: "See everything" }}
    />
  );
}
