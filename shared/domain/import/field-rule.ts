/** What the values of a column look like, where that tells two columns apart. */
export type Shape = 'email' | 'date' | 'redacted' | 'key-id' | 'text'

/** By which headings files name a field. */
export interface FieldRule<Field extends string> {
  readonly field: Field
  /** Headings, best first, in the form that `plainHeading` gives. */
  readonly headings: readonly string[]
  readonly shape: Shape
  /** For people. */
  readonly label: string
  /** Whether the field is the date of something that has happened, so that a future one is wrong. */
  readonly isPast?: true
}
