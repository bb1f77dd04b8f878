import type { World } from './worlds.ts'

/** Organizations by the situation in them. */
type Worlds = Readonly<Record<string, World>>

/** Cases that show that a rule finds what it should and nothing else. One file for each rule in `rules/`. */
export interface RuleCases {
  readonly rule: string
  /** The subjects that are found in each positive case; left out: one subject with any name. */
  readonly subjects?: readonly string[]
  readonly found: Worlds
  readonly notFound: Worlds
  /** Two neighbouring organizations on the two sides of the condition. */
  readonly boundary: { readonly notYet: Worlds; readonly just: Worlds }
}
