/** What a provider without an official client offers to read, from its published specification. */
export interface Specification {
  /** The repository and the commit. */
  readonly of: string
  readonly version: string
  /** Of the commit; where it is not known, of the day when it was read. */
  readonly date: string
  /** Method and path, in the order of the specification. */
  readonly reads: readonly string[]
}
