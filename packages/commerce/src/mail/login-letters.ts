/**
 * What the shop writes about a login. Each letter goes to the address itself and holds nothing that was typed with it, since a
 * stranger may have typed it.
 */
import { letterOf } from "./letter.ts";
import type { Letter } from "./letter.ts";

export function confirmationLetter(url: string, shopUrl: string): Letter {
  return letterOf("Confirm your address for your Fernhill account", [
    "Somebody, we hope you, has opened an account at Fernhill with this address. Follow the link and enter the password that you chose.",
    "",
    { link: "Confirm your address", url },
    "",
    { small: "The link works for a day." },
    {
      small:
        "If that was not you, you do not have to do anything: without the link nobody can get into that account. To make it yours, set a new password:",
      url: `${shopUrl}/reset`,
    },
  ]);
}

export function welcomeLetter(shopUrl: string): Letter {
  return letterOf("Welcome to Fernhill", [
    "Your account is open. It keeps your orders, your addresses and your store credit together, and your cart is the same on every device that you sign in on.",
    "",
    { link: "Look around", url: `${shopUrl}/products` },
    "",
    {
      small: "If you did not open it, set a new password, which signs out everybody else:",
      url: `${shopUrl}/reset`,
    },
  ]);
}

export function knownAddressLetter(shopUrl: string): Letter {
  return letterOf("You have a Fernhill account already", [
    "Somebody, we hope you, tried to use this address for an account at Fernhill. It already has one.",
    "",
    { link: "Sign in", url: `${shopUrl}/login` },
    "",
    { small: "If you do not remember your password, set a new one:", url: `${shopUrl}/reset` },
    { small: "If that was not you, you do not have to do anything: your account is as it was." },
  ]);
}

export function resetLetter(url: string): Letter {
  return letterOf("Set a new password for your Fernhill account", [
    "Somebody, we hope you, asked for a new password for your account at Fernhill.",
    "",
    { link: "Set a new password", url },
    "",
    { small: "The link works once, within an hour. With a new password you are signed out everywhere else." },
    { small: "If that was not you, you do not have to do anything: your password is as it was." },
  ]);
}

/** To the new address. */
export function newAddressLetter(url: string): Letter {
  return letterOf("Confirm the new address of your Fernhill account", [
    "Somebody, we hope you, wants to use this address for their account at Fernhill from now on. Sign in to the account, and confirm it.",
    "",
    { link: "Use this address", url },
    "",
    {
      small: "The link works once, within an hour. Then you are signed out everywhere, and sign in with this address.",
    },
    { small: "If that was not you, you do not have to do anything: without the link nothing changes." },
  ]);
}

/** To the address before. */
export function addressChangedLetter(shopUrl: string): Letter {
  return letterOf("The address of your Fernhill account has changed", [
    "Your account at Fernhill goes by another e-mail address now. The change was made with your password, and confirmed by a mail to the new address.",
    "What we write about orders that you have placed still comes here.",
    "",
    { link: "Sign in", url: `${shopUrl}/login` },
    "",
    { small: "If that was not you, somebody knows your password. Write to us at once:", url: `${shopUrl}/contact` },
  ]);
}
