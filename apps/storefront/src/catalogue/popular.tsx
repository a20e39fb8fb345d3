import { Rail } from "./rail.tsx";

const POPULAR_COUNT = 4;

/** For a customer who found nothing: what others like. */
export function Popular({ title = "What others are looking at" }: { title?: string }) {
  return (
    <Rail
      title={title}
      what="what is popular"
      question={async (shop) => (await shop.catalogue.list({ sort: "featured", limit: POPULAR_COUNT })).items}
      more={{ href: "/products", label: "See everything" }}
    />
  );
}
