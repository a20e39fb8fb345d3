/** Dispatch, delivery, returns and care of one product: in short, with the way to all of it. */
import type { ProductDetail } from "@tillstream/commerce";
import { COUNTRY_CODES } from "@tillstream/commerce/postal-rules";
import { TextLink } from "@tillstream/ui";
import type { ReactNode } from "react";
import { caresOf } from "./care.ts";

/** More is on its own page. */
const CARES_MAX = 2;

export function Promises({ product }: { product: Pick<ProductDetail, "details"> }) {
  const cares = caresOf(product).slice(0, CARES_MAX);
  return (
    <div className="mt-8 divide-y divide-line border-y border-line">
      <Fold title="Details" open>
        <ul className="list-disc space-y-1.5 pl-5">
          {product.details.map((detail) => (
            <li key={detail}>{detail}</li>
          ))}
        </ul>
      </Fold>
      {cares.length > 0 && (
        <Fold title="Care">
          {cares.map(({ id, title, text }) => (
            <p key={id} className="mb-3">
              <span className="font-medium">{title}.</span> {text}
            </p>
          ))}
          <TextLink href={`/care#${cares[0]?.id}`}>How to care for everything</TextLink>
        </Fold>
      )}
      <Fold title="Delivery">
        <p className="mb-3">
          To {COUNTRY_CODES.length} countries. You see the whole price before you pay, and we write to you with a
          tracking number when it leaves.
        </p>
        <TextLink href="/delivery">All about delivery</TextLink>
      </Fold>
      <Fold title="Returns">
        <p className="mb-3">
          Not what you hoped for? Choose what comes back on the page of your order, and fix the label from there on the
          parcel. You get your money back once it has arrived.
        </p>
        <TextLink href="/returns">How to send something back</TextLink>
      </Fold>
    </div>
  );
}

function Fold({ title, open = false, children }: { title: string; open?: boolean; children: ReactNode }) {
  return (
    <details open={open} className="group">
      <summary className="flex min-h-12 cursor-pointer items-center justify-between font-medium marker:content-none">
        {title}
        <span
          aria-hidden="true"
          className="text-xl font-normal text-muted group-open:rotate-45 motion-safe:transition-[rotate]"
        >
          +
        </span>
      </summary>
      <div className="max-w-[60ch] pb-5 text-ink-soft">{children}</div>
    </details>
  );
}
