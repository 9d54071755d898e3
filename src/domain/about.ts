/** What a city tells about itself in public, beside its policies. */
import type { Coordinates } from '../lib/coordinates.ts';

/** A picture at an address, or a file on the machine (its path). */
export type AboutPicture = { readonly uri: string } | { readonly path: string };

/** As `city.json` states it. What is left out is said by `describe`, or not at all. */
export type About = {
  /** What this is, in a sentence or two. */
  readonly description?: string | undefined;
  /** An `https` address; the city's own where it is left out. */
  readonly website?: string | undefined;
  /** The `https` address of another account on Bluesky, such as the operator's. */
  readonly bluesky?: string | undefined;
  readonly links?: readonly Link[] | undefined;
  /** Paragraphs, in order; one that begins with `# ` is a heading. */
  readonly story?: readonly string[] | undefined;
  /** Such as `nonprofit` or `government`. */
  readonly organizationType?: readonly string[] | undefined;
  readonly location?: Where | undefined;
  readonly avatar?: AboutPicture | undefined;
  readonly banner?: AboutPicture | undefined;
};

type Link = { readonly label: string; readonly url: string };

/** Where the city is: its name for the place, and a point in it. */
export type Where = { readonly name: string; readonly coordinates: Coordinates };

/** What a city that tells nothing else about itself is described by. */
export const describe = (city: string): string =>
  `What residents do for ${city}: work that organizations ask for and review, the credits that it brings, and what local businesses give for them. All of it is a public record.`;

/** What a city tells of itself that has no story of its own. */
export const storyOf = (city: string): readonly string[] => [
  `In ${city}, organizations that serve the public ask for help with work that can be seen when it is done. Residents join with the phone that they have, and do it.`,
  'Whoever has done the work sends words or photos of it. Somebody of the organization looks at them and decides, with a reason. Work that is approved brings credits, which nobody can buy, sell or give away; local businesses honor them.',
  'Each step is a record here: the task, the evidence, its review, the credits, and what they were redeemed for. People stand in them under random ids. Anybody can check that the records agree with one another.',
];
