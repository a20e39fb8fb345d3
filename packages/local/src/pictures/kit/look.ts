/** What a drawing is told about the variant it draws, and what it hands back. */
import { group, n } from "./path.ts";
import type { Chance } from "./random.ts";
import { GROUND, WIDTH, type Stage } from "./stage.ts";

export interface Look {
  /** The named option ("colour", "size", "finish", ...), or an empty text where the product has none. */
  readonly option: (name: string) => string;
  /** The variant's main colour as `#rrggbb`: its colour, else its finish, else the drawing's own default. */
  readonly colour: (fallback: string) => string;
  /** How large to draw: 1 for a product of one size, less for its smaller ones. */
  readonly scale: number;
  readonly paper: string;
  readonly next: Chance;
}

export interface Scene {
  readonly stage: Stage;
  readonly art: string;
}

export type Drawing = (look: Look) => Scene;
export type Drawings = Readonly<Record<string, Drawing>>;

/** Most objects are drawn at one size and brought this much closer, so that they fill the picture. */
const NEAR = 1.2;

/** On the table, enlarged around the spot where the object stands. */
export const onTableAt = (zoom: number, ...parts: readonly string[]): Scene => ({
  stage: "table",
  art:
    zoom === 1
      ? parts.join("")
      : group(`matrix(${zoom} 0 0 ${zoom} ${n((WIDTH / 2) * (1 - zoom))} ${n(GROUND * (1 - zoom) + 14)})`, ...parts),
});
export const onTable = (...parts: readonly string[]): Scene => onTableAt(NEAR, ...parts);
export const onWall = (...parts: readonly string[]): Scene => ({ stage: "wall", art: parts.join("") });
export const onPaper = (...parts: readonly string[]): Scene => ({ stage: "paper", art: parts.join("") });
