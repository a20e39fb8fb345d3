/** Who caused an event, as people say it. */

const WORDS: Readonly<Record<string, string>> = { system: "the system", guest: "a guest" };

/** @param name of the login that it is, where there is one */
export function actorWords(actor: string, name: string | null): string {
  if (name !== null) return name;
  const [kind = "", ...rest] = actor.split(":");
  if (kind === "user") return "somebody who has no login any more";
  if (kind === "saga" || kind === "consumer") return `the ${kind} ${rest.join(":")}`;
  return WORDS[actor] ?? actor;
}
