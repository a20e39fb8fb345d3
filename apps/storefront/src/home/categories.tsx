import { Link } from "@tillstream/ui";
import { pictureAddress } from "../catalogue/picture-address.ts";
import { railOr } from "../catalogue/rail.tsx";

export async function Categories() {
  const content = await railOr(
    "the categories",
    (shop) => shop.catalogue.categories(),
    (categories) => (
      <ul className="grid grid-cols-2 gap-x-4 gap-y-8 md:grid-cols-3 md:gap-x-8 md:gap-y-10">
        {categories.map(({ slug, name, summary, image }) => (
          <li key={slug} className="group relative min-w-0">
            <img
              src={pictureAddress(image)}
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
