/** The form of the values of a column, where it distinguishes two columns. */
export type Shape = 'email' | 'date' | 'redacted' | 'key-id' | 'text'

/** The headings that files use for a field. */
export interface FieldRule<Field extends string> {
  readonly field: Field
  /** Headings, best first, in the form that `plainHeading` gives. */
  readonly headings: readonly string[]
  readonly shape: Shape
  /** Shown to people. */
  readonly label: string
  /** True if the field is the date of a past event, so that a future one is wrong. */
  readonly isPast?: true
}
