/** A card as it is typed: how it is written, which brand it is, and what is asked of it. Pure; of it only what `shownCard` says is sent. */
import { visibleText } from "@tillstream/trpc/visible-text";

export interface Card {
  readonly cardNumber: string;
  readonly cardExpiry: string;
  readonly cardCvc: string;
  readonly cardName: string;
}

export type CardField = keyof Card;
export type CardErrors = Partial<Record<CardField, string>>;

export const EMPTY_CARD: Card = { cardNumber: "", cardExpiry: "", cardCvc: "", cardName: "" };
/** From top to bottom. */
export const CARD_FIELDS = ["cardNumber", "cardExpiry", "cardCvc", "cardName"] as const satisfies readonly CardField[];

const DIGITS_MIN = 12;
const DIGITS_MAX = 19;
/** Cards are good for fewer years than that. */
const YEARS_AHEAD_MAX = 30;

const BRANDS = [
  { name: "Visa", begins: /^4/ },
  { name: "Mastercard", begins: /^(5[1-5]|2(2[2-9]|[3-6]|7[01]|720))/ },
  { name: "American Express", begins: /^3[47]/ },
  { name: "Discover", begins: /^6(011|5|4[4-9])/ },
] as const;

export type CardBrand = (typeof BRANDS)[number]["name"];

export const digitsOf = (typed: string): string => typed.replace(/\D/g, "");

export function brandOf(cardNumber: string): CardBrand | undefined {
  const digits = digitsOf(cardNumber);
  return BRANDS.find(({ begins }) => begins.test(digits))?.name;
}

/** The check digit of ISO/IEC 7812 (Luhn). */
function addsUp(digits: string): boolean {
  const sum = digits
    .split("")
    .toReversed()
    .reduce((total, digit, at) => {
      const value = Number(digit) * (at % 2 === 0 ? 1 : 2);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  return sum % 10 === 0;
}

interface Expiry {
  readonly month: number;
  readonly year: number;
}

function expiryOf(typed: string): Expiry | undefined {
  const [, month = "", year = ""] = /^(0?[1-9]|1[0-2])\s*[/.-]?\s*(?:20)?(\d{2})$/.exec(typed.trim()) ?? [];
  return month === "" ? undefined : { month: Number(month), year: 2_000 + Number(year) };
}

/** As it is shown once its field is left. */
export function tidyCard(name: CardField, typed: string): string {
  if (name === "cardNumber" && !/[^\d\s-]/.test(typed)) {
    const groups = brandOf(typed) === "American Express" ? /^(\d{4})(\d{6})(\d{5})$/ : /(\d{4})(?=\d)/g;
    const digits = digitsOf(typed);
    return digits.replace(groups, groups.global ? "$1 " : "$1 $2 $3");
  }
  const expiry = name === "cardExpiry" ? expiryOf(typed) : undefined;
  if (expiry === undefined) return typed;
  return `${String(expiry.month).padStart(2, "0")}/${String(expiry.year % 100).padStart(2, "0")}`;
}

/** @param today of the person who pays: a card is good until the end of its month */
export function checkCard(card: Card, today: Date): CardErrors {
  const wrong: CardErrors = {};
  const set = (name: CardField, message: string | undefined) => {
    if (message !== undefined) wrong[name] = message;
  };
  set("cardNumber", wrongNumber(card.cardNumber));
  set("cardExpiry", wrongExpiry(card.cardExpiry, today));
  set("cardCvc", wrongCvc(card));
  if (visibleText(card.cardName) === "") set("cardName", "Enter the name on the card");
  return wrong;
}

function wrongNumber(typed: string): string | undefined {
  const digits = digitsOf(typed);
  if (digits === "" || /[^\d\s-]/.test(typed)) return "Enter the digits of the card number";
  if (digits.length >= DIGITS_MIN && digits.length <= DIGITS_MAX && addsUp(digits)) return undefined;
  return "Check the card number: a digit is missing or wrong";
}

function wrongExpiry(typed: string, today: Date): string | undefined {
  const expiry = expiryOf(typed);
  if (expiry === undefined) return "Enter the expiry date as month and year, such as 08/30";
  const monthsLeft = (expiry.year - today.getFullYear()) * 12 + expiry.month - (today.getMonth() + 1);
  if (monthsLeft < 0) return "This card has expired. Enter another one";
  return monthsLeft > YEARS_AHEAD_MAX * 12 ? "Check the year of the expiry date" : undefined;
}

function wrongCvc({ cardNumber, cardCvc }: Card): string | undefined {
  const [count, side] = brandOf(cardNumber) === "American Express" ? [4, "front"] : [3, "back"];
  return new RegExp(`^\\d{${count}}$`).test(cardCvc.trim())
    ? undefined
    : `Enter the ${count} digits on the ${side} of the card`;
}

/** What may be said of it, and be kept. */
export function shownCard({ cardNumber }: Pick<Card, "cardNumber">) {
  return { brand: brandOf(cardNumber), lastFour: digitsOf(cardNumber).slice(-4) };
}

/** Such as `Visa ending 4242`. */
export function cardWords(card: Card): string {
  const { brand = "Card", lastFour } = shownCard(card);
  return `${brand} ending ${lastFour}`;
}
