/**
 * A product's pictures: the whole, a part from near, in a room, beside something known. On a phone they are swiped, the next
 * one in sight; on a desk all of them stand there. Scripts have no part in it.
 */
import { cn } from "@tillstream/ui";
import { Picture } from "../catalogue/picture.tsx";
import views from "./views.json";

interface View {
  readonly src: string;
  /** What is seen in it. */
  readonly alt: string;
}

const VIEWS: Readonly<Record<string, readonly View[]>> = views;

export function Gallery({ image, name }: { image: string; name: string }) {
  const pictures = [
    { src: image, alt: name },
    ...(VIEWS[image] ?? []).map(({ src, alt }) => ({ src, alt: `${name}: ${alt}` })),
  ];
  const several = pictures.length > 1;
  return (
    <section aria-label={several ? `${pictures.length} pictures of ${name}` : `Picture of ${name}`} className="min-w-0">
      <ul
        // A list that scrolls is reached by the keyboard, and scrolled by its arrows.
        tabIndex={several ? 0 : undefined}
        className="-mx-5 flex snap-x snap-mandatory scroll-px-5 gap-3 overflow-x-auto px-5 pb-2 [scrollbar-width:none] md:mx-0 md:grid md:grid-cols-6 md:gap-4 md:overflow-visible md:px-0"
      >
        {pictures.map(({ src, alt }, index) => (
          <li
            key={src}
            className={cn(
              "shrink-0 snap-start md:w-auto",
              several ? "w-[70%]" : "w-full",
              index === 0 ? "md:col-span-6" : pictures.length === 3 ? "md:col-span-3" : "md:col-span-2",
            )}
          >
            <Picture src={src} alt={alt} eager={index === 0} />
          </li>
        ))}
      </ul>
    </section>
  );
}
