import { cn, Link, LinkButton, shopMeasure } from "@tillstream/ui";
import { Suspense } from "react";
import { GridSkeleton } from "../catalogue/grid-skeleton.tsx";
import { Rail, railOr } from "../catalogue/rail.tsx";

const FEATURED_COUNT = 8;

/** The front of the shop. */
export default function HomePage() {
  return (
    <>
      <Hero />
      <div className={cn(shopMeasure, "mt-16 grid gap-20 md:mt-20")}>
        <Suspense fallback={<GridSkeleton count={FEATURED_COUNT} />}>
          <Rail
            title="From the workshop this week"
            what="this week's choice"
            question={async (shop) => (await shop.catalogue.list({ sort: "featured", limit: FEATURED_COUNT })).items}
            more={{ href: "/products", label: "See everything" }}
          />
        </Suspense>
        <Suspense fallback={<GridSkeleton count={6} />}>
          <Categories />
        </Suspense>
        <section className="grid items-center gap-6 rounded-lg bg-sunken p-8 md:grid-cols-[1fr_1.3fr] md:gap-14 md:p-14">
          <h2 className="heading text-3xl text-balance">A shelf, not a warehouse</h2>
          <p className="max-w-[58ch] text-lg text-ink-soft">
            We keep what we would give to a friend: glazes that forgive, lamps that hide their bulb, cloth that gets
            better with washing. What is on the shelf is what you see here, and when it is gone we say so.
          </p>
        </section>
      </div>
    </>
  );
}

/**
 * The picture keeps its own light colours in both themes, and so does what is written on it. On a desk the words stand
 * on its calm left third; on a phone that third is too narrow, so they stand above.
 */
function Hero() {
  return (
    <section className="relative flex flex-col-reverse overflow-hidden bg-[#f6ecdd] md:block">
      <img
        src="/hero.svg"
        alt=""
        width={1600}
        height={900}
        fetchPriority="high"
        className="h-64 w-full object-cover object-right sm:h-80 md:h-[37rem] md:object-[78%_50%]"
      />
      <div
        className="absolute inset-0 hidden bg-linear-to-r from-[#f6ecdd] via-[#f6ecdd]/25 to-[#f6ecdd]/0 md:block"
        aria-hidden="true"
      />
      <div className={cn(shopMeasure, "flex flex-col justify-center py-10 md:absolute md:inset-0 md:py-0")}>
        <h1 className="heading max-w-[13ch] text-4xl text-balance text-[#23201c]">Made slowly, used every day</h1>
        <p className="mt-4 max-w-[30ch] text-lg text-[#4a443c]">
          Pots, lamps, linen and paper from small workshops, kept for a long time.
        </p>
        <p className="mt-7">
          <LinkButton href="/products" variant="primary" size="lg">
            See everything
          </LinkButton>
        </p>
      </div>
    </section>
  );
}

async function Categories() {
  const content = await railOr(
    "the categories",
    (shop) => shop.catalogue.categories(),
    (categories) => (
      <ul className="grid grid-cols-2 gap-x-4 gap-y-8 md:grid-cols-3 md:gap-x-8 md:gap-y-10">
        {categories.map(({ slug, name, summary, image }) => (
          <li key={slug} className="group relative min-w-0">
            <img
              src={image}
              alt=""
              width={800}
              height={800}
              loading="lazy"
              className="aspect-[4/3] w-full rounded-lg bg-sunken object-cover dark:brightness-90"
            />
            <h3 className="heading mt-3.5 text-lg">
              <Link href={`/c/${slug}`} className="group-hover:underline after:absolute after:inset-0">
                {name}
              </Link>
            </h3>
            <p className="text-sm text-muted">{summary}</p>
          </li>
        ))}
      </ul>
    ),
  );
  return (
    <section aria-labelledby="categories">
      <h2 id="categories" className="heading mb-6 text-2xl">
        By room and by hand
      </h2>
      {content}
    </section>
  );
}
