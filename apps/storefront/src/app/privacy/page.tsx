import { CART_DAYS } from "@tillstream/commerce";
import { readShopPromises } from "@tillstream/commerce/settings";
import { TextLink } from "@tillstream/ui";
import type { Metadata } from "next";
import { Section, ServicePage } from "../../service/service-page.tsx";

export const metadata: Metadata = {
  title: "Privacy",
  description: "What Fernhill keeps about you, for how long, and how it is erased.",
};

/** Whole years where they are. */
const span = (days: number): string => {
  const years = Math.round(days / 365);
  return days >= 730 && Math.abs(days - years * 365) <= years ? `${years} years` : `${days} days`;
};

export default function PrivacyPage() {
  const { email, mailDays, orderDays } = readShopPromises();
  return (
    <ServicePage
      path="/privacy"
      title="Privacy"
      lead="We keep what an order needs, for as long as it needs it. Nobody else watches you here."
    >
      <Section title="What we keep, and for how long">
        <ul className="list-disc space-y-2 pl-5">
          <li>
            Of an account: your name, e-mail address and the addresses that you saved, for as long as you have it. Of
            your password, only a digest.
          </li>
          <li>
            Of an order: your name, e-mail address and postal address, for {span(orderDays)} after it is over, or until
            you delete your account. What was bought and for how much stays in our books after that, without your name
            and address: tax offices ask for it.
          </li>
          <li>Of a card: a token of the payment provider, its brand and its last four digits, never its number.</li>
          <li>Mails that we sent you: {span(mailDays)}, sealed with a key of your own.</li>
          <li>A cart: {span(CART_DAYS)} after its last change.</li>
          <li>
            While you are signed in: your browser&apos;s name and network address. Limits on guessing keep digests of
            them.
          </li>
        </ul>
      </Section>
      <Section title="Who gets it">
        <p>
          The payment provider gets what it needs to charge you, the carrier gets your address, and the mail server
          delivers what we write to you. There is no advertising, and nothing is loaded from other sites.
        </p>
      </Section>
      <Section title="In your browser">
        <p>
          We set cookies for three things alone: that you are signed in, which cart is yours, and whether you like the
          pages light or dark. What you type at the checkout stays in your browser until you order or sign out.
        </p>
      </Section>
      <Section title="To see it, or to have it erased">
        <p>
          You delete your account yourself, in your <TextLink href="/account/profile">profile</TextLink>. For anything
          else write to{" "}
          <a href={`mailto:${email}`} className="text-accent-text underline underline-offset-3">
            {email}
          </a>{" "}
          from the address that it is about. We send you everything that we keep, or erase it: the details are deleted
          and your key is destroyed, with which copies in old backups become unreadable where they were sealed. An order
          that is under way is erased once it has arrived at its end. Store credit that is left is lost then, so use it
          first.
        </p>
      </Section>
    </ServicePage>
  );
}
