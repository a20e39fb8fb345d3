"use client";
/** Keeps the tabs of one browser agreed about who is signed in: none goes on showing a person who has signed out. */
import { useEffect } from "react";
import { forgetEverything, forgetOthers, type Person } from "./kept.ts";
import { onPerson, tellPerson } from "./people-channel.ts";

/** Pages about one person. The others show everyone the same, but for their header. */
const PERSONAL = /^\/(account|orders|checkout|cart)(\/|$)/;

/** @param props.person whom the page was made for */
export function PersonWatch({ person }: { person: Person }) {
  useEffect(() => {
    forgetOthers(person);
    if (person !== null) tellPerson(person);
    return onPerson((now) => {
      // Of a tab's own storage only the tab can let go.
      if (now === null) forgetEverything();
      if (person === null || now === person) return;
      if (PERSONAL.test(location.pathname)) location.replace("/");
      else location.reload();
    });
  }, [person]);
  return null;
}
