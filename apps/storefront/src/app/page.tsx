import type { CategorySummary } from "@tillstream/commerce";
import { cn, Link, LinkButton, shopMeasure } from "@tillstream/ui";
import { Rail, railOr } from "../catalogue/rail.tsx";

const FEATURED_COUNT = 8;

/** The front of the shop. Each section fails on its own. */
export default function HomePage() {
  return (
    <>
      <Hero />
      <div className={cn(shopMeasure, "space-y-20 pt-16 md:space-y-28 md:pt-24")}>
        <Rail
          title="Out on the table now"
          what="what is on the table now"
          question={async (shop) => (await shop.catalogue.list({ sort: "featured", limit: FEATURED_COUNT })).items}
          more={{ href: "/products", label: "See everything" }}
        />
        <Categories />
      </div>
    </>
  );
}

/** The picture is light in both themes, so the words on it keep their dark ink; on a phone they stand above it. */
function Hero() {
  return (
    <section className="relative overflow-hidden bg-[#ecdcc7] text-[#23201c]">
      <div className={cn(shopMeasure, "relative z-10 flex flex-col justify-center pt-12 md:min-h-[min(34rem,48vw)] md:pt-0")}>
        <div className="max-w-[22rem] lg:max-w-[27rem]">
          <h1 className="heading text-4xl">Things that stay</h1>
          <p className="mt-5 text-lg">
            Ceramics, lamps, linen and tools for the house and the garden. Made slowly, by people we know, to be used every
            day.
          </p>
          <div className="mt-7">
            <LinkButton href="/products" size="lg" className="bg-[#23201c] text-[#faf7f2] shadow-none ring-0 hover:bg-[#4a443c]">
              Look around
            </LinkButton>
          </div>
        </div>
      </div>
      {/* eslint-disable-next-line nextjs/no-img-element -- next/image does not resize SVG */}
      <img
        src="/hero.svg"
        alt=""
        width={1600}
        height={900}
        fetchPriority="high"
        className="mt-2 h-auto w-[150%] max-w-none -translate-x-1/3 md:absolute md:inset-0 md:mt-0 md:size-full md:translate-x-0 md:object-cover md:object-[70%_70%]"
      />
    </section>
  );
}

async function Categories() {
  return (
    <section>
      <h2 className="heading mb-6 text-2xl">By the room and by the hand</h2>
      {await railOr(
        "the categories",
        (shop) => shop.catalogue.categories(),
        (categories) => (
          <ul className="grid grid-cols-2 gap-4 md:grid-cols-3 md:gap-6">
            {categories.map((category) => (
              <li key={category.slug}>
                <CategoryCard category={category} />
              </li>
            ))}
          </ul>
        ),
      )}
    </section>
  );
}

function CategoryCard({ category: { slug, name, summary, image, productCount } }: { category: CategorySummary }) {
  return (
    <Link href={`/c/${slug}`} className="group block rounded-lg">
      <span className="block overflow-hidden rounded-lg">
        {/* eslint-disable-next-line nextjs/no-img-element -- next/image does not resize SVG */}
        <img
          src={image}
          alt=""
          width={800}
          height={800}
          loading="lazy"
          decoding="async"
          className="block aspect-square h-auto w-full bg-sunken object-cover transition-[scale] duration-200 group-hover:scale-[1.02] md:aspect-4/3 dark:brightness-90"
        />
      </span>
      <span className="mt-3 flex flex-wrap items-baseline justify-between gap-x-3">
        <span className="heading text-lg group-hover:underline group-hover:decoration-line-strong group-hover:underline-offset-4">
          {name}
        </span>
        <span className="figures text-sm text-muted">{productCount} things</span>
      </span>
      <span className="mt-0.5 hidden text-sm text-muted sm:block">{summary}</span>
    </Link>
  );
}
