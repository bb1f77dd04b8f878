import type { World } from './worlds.ts'

/** Organizations by what is the case in them. */
type Worlds = Readonly<Record<string, World>>

/** What shows that a rule finds what it should and nothing else. One file for each rule in `rules/`. */
export interface RuleCases {
  readonly rule: string
  /** The subjects that are found wherever any are; left out: one, of whatever name. */
  readonly subjects?: readonly string[]
  readonly found: Worlds
  readonly notFound: Worlds
  /** Two organizations that lie next to each other, on the two sides of the condition. */
  readonly boundary: { readonly notYet: Worlds; readonly just: Worlds }
}
