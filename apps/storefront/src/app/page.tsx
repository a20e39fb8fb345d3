/** The front of the shop, an editorial: it is sent whole, so that it reads without scripts, and each part of it fails on its own. */
import { cn, LinkButton, shopMeasure, TextLink } from "@tillstream/ui";
import { readShopPromises } from "@tillstream/commerce/settings";
import { Picture } from "../catalogue/picture.tsx";
import { pictureAddress } from "../catalogue/picture-address.ts";
import { organisation } from "../found/json-ld.ts";
import { StructuredData } from "../found/structured-data.tsx";
import { BestSellers } from "../home/best-sellers.tsx";
import { Categories } from "../home/categories.tsx";
import { Room } from "../home/room.tsx";
import { roomsIn } from "../home/rooms.ts";
import { server } from "../server/services.ts";

export default function HomePage() {
  const { clock, shop } = server().services;
  const [season, second, ...others] = roomsIn(clock.now().getUTCMonth() + 1);
  return (
    <>
      <StructuredData data={organisation(shop.url, readShopPromises().email)} />
      <Hero />
      <div className={cn(shopMeasure, "mt-14 grid gap-20 md:mt-20 md:gap-24")}>
        {season && <Room room={season} label="This season" eager />}
        <BestSellers />
        {second && <Room room={second} mirrored />}
        <Story />
        <Categories />
        <div className="grid gap-16 md:gap-20">
          {others.map((room, index) => (
            <Room key={room.name} room={room} mirrored={index % 2 === 1} />
          ))}
        </div>
        <Promises />
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
        src={pictureAddress("/hero.svg")}
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

/** How one thing is made, as its own page tells it. */
function Story() {
  return (
    <section
      aria-labelledby="story"
      className="grid items-center gap-6 rounded-lg bg-sunken p-6 md:grid-cols-[1fr_1.5fr] md:gap-14 md:p-12"
    >
      <Picture
        src="/products/dipped-mug-moss.svg#svgView(viewBox(150,420,400,500))"
        alt="From near: the line where the green glaze of a mug ends over bare, speckled clay"
      />
      <div className="min-w-0">
        <h2 id="story" className="heading text-3xl text-balance">
          Held by the foot, dipped once
        </h2>
        <div className="mt-4 grid max-w-[58ch] gap-4 text-lg text-ink-soft">
          <p>
            A mug of ours is glazed in one movement. The potter holds it by the foot, lowers it to two thirds and takes
            it out again before the clay has drunk too much.
          </p>
          <p>
            No line sits quite where the last one did. Below it the clay stays bare, so that a thumb finds something
            rough on a cold morning.
          </p>
        </div>
        <p className="mt-5">
          <TextLink href="/p/dipped-mug">The dipped mug</TextLink>
        </p>
      </div>
    </section>
  );
}

function Promises() {
  const promises = [
    { href: "/delivery", title: "Leaves soon", text: "Before you order, we say on which day it leaves us." },
    { href: "/returns", title: "Comes back easily", text: "Send it back, and your money returns once it has arrived." },
    { href: "/care", title: "Lasts", text: "How to look after clay, linen, wool, wood and iron." },
  ];
  return (
    <section aria-label="What you can count on" className="border-t border-line pt-10">
      <ul className="grid gap-8 md:grid-cols-3">
        {promises.map(({ href, title, text }) => (
          <li key={href}>
            <h3 className="heading text-lg">
              <TextLink href={href}>{title}</TextLink>
            </h3>
            <p className="mt-1 text-ink-soft">{text}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
