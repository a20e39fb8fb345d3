/** A room of products: the picture, a few words, and what is seen in it. When the prices cannot be asked for, the rest stays. */
import type { ProductCard } from "@tillstream/commerce";
import { cn, Link, Money } from "@tillstream/ui";
import { pictureAddress } from "../catalogue/picture-address.ts";
import { railOr } from "../catalogue/rail.tsx";
import type { HomeRoom } from "./rooms.ts";

interface RoomProps {
  readonly room: HomeRoom;
  /** Above the title, such as `This season`. */
  readonly label?: string;
  /** The picture stands at the right on a desk. */
  readonly mirrored?: boolean;
  /** In sight when the page opens, or nearly. */
  readonly eager?: boolean;
}

export async function Room({ room, label, mirrored = false, eager = false }: RoomProps) {
  const { name, title, text, alt, products } = room;
  const list = await railOr(
    "what is in this room",
    (shop) => shop.catalogue.cards({ slugs: [...products] }),
    (cards) => <Things cards={cards} title={title} />,
  );
  return (
    <section
      aria-labelledby={name}
      className={cn(
        "grid items-center gap-x-14 gap-y-6",
        mirrored ? "lg:grid-cols-[1fr_1.7fr]" : "lg:grid-cols-[1.7fr_1fr]",
      )}
    >
      <img
        src={pictureAddress(`/rooms/${name}.svg`)}
        alt={alt}
        width={1600}
        height={900}
        loading={eager ? "eager" : "lazy"}
        decoding="async"
        className={cn(
          "aspect-video w-full rounded-lg bg-sunken object-cover dark:brightness-90",
          mirrored && "lg:order-2",
        )}
      />
      <div className="min-w-0">
        {label !== undefined && <p className="mb-1 text-sm font-medium text-accent-text">{label}</p>}
        <h2 id={name} className="heading text-2xl text-balance">
          {title}
        </h2>
        <p className="mt-3 text-ink-soft">{text}</p>
        <div className="mt-5">{list}</div>
      </div>
    </section>
  );
}

function Things({ cards, title }: { cards: readonly ProductCard[]; title: string }) {
  return (
    <ul aria-label={`In the picture: ${title}`} className="divide-y divide-line border-y border-line">
      {cards.map(({ slug, name, price, priceVaries, stock }) => (
        <li key={slug}>
          <Link href={`/p/${slug}`} className="flex min-h-11 items-center justify-between gap-4 hover:underline">
            <span className="min-w-0">{name}</span>
            <span className="shrink-0 text-muted">
              {stock === "out" ? "Sold out" : priceVaries ? "from " : ""}
              {stock !== "out" && <Money value={price} />}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
