import { notFound } from "next/navigation";
import { sharedPicture } from "../../../found/shared-picture.tsx";
import { remembered } from "../../../server/remembered.ts";
import { ask } from "../../../server/shop.ts";

export { SHARED_SIZE as size } from "../../../found/shared-picture.tsx";
export const contentType = "image/png";
export const alt = "A drawing of it, with its name";

const HOUR_MS = 3_600_000;

/** Drawn once an hour at most, however often it is shown somewhere. */
export default async function SharedPicture({ params }: { params: Promise<{ slug: string }> }): Promise<Response> {
  const { slug } = await params;
  const [product] = await ask((shop) => shop.catalogue.cards({ slugs: [slug] }));
  if (product === undefined) notFound();
  const { image, name, summary } = product;
  const picture = await remembered(`picture ${slug} ${image} ${name}`, HOUR_MS, async () => {
    const made = await sharedPicture({ image, imageWidth: 504, title: name, text: summary });
    return await made.arrayBuffer();
  });
  return new Response(picture, {
    headers: { "content-type": contentType, "cache-control": "public, max-age=86400, stale-while-revalidate=604800" },
  });
}
