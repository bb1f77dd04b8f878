/** The fault that the browser found with a field. */
export interface CheckedField {
  readonly type: string
  readonly value: string
  readonly validity: Readonly<Partial<Record<keyof ValidityState, boolean>>>
  /** The field's own check (`setCustomValidity`). */
  readonly validationMessage: string
  readonly maxLength?: number
  readonly min?: string
  readonly max?: string
  /** The expected form, for a field with a pattern. */
  readonly title?: string
}

/** The reason why a field is refused, for people; null for an allowed value. The browser's own words are never shown. */
export function fieldWords(field: CheckedField): string | null {
  const { validity, type } = field
  if (validity.customError === true) return field.validationMessage
  if (validity.valueMissing === true) return MISSING[type] ?? 'Fill in this field'
  if (validity.badInput === true) return 'Enter a number'
  if (validity.typeMismatch === true) return KINDS[type] ?? 'This has the wrong form'
  if (validity.patternMismatch === true)
    return field.title === undefined || field.title === '' ? 'This has the wrong form' : field.title
  if (validity.tooLong === true) return lengthWords(field.value.length, field.maxLength ?? 0)
  if (validity.rangeUnderflow === true) return `The smallest value is ${field.min ?? ''}`
  if (validity.rangeOverflow === true) return `The largest value is ${field.max ?? ''}`
  if (validity.stepMismatch === true) return 'Enter a whole number'
  return validity.valid === false ? 'This is not valid' : null
}

/** For a text that is too long. */
export function lengthWords(length: number, most: number): string {
  return `Use at most ${most} characters; this has ${length}`
}

const MISSING: Readonly<Record<string, string>> = {
  checkbox: 'Check this box',
  radio: 'Choose one',
  'select-one': 'Choose one',
  file: 'Choose a file',
}

const KINDS: Readonly<Record<string, string>> = {
  email: 'Write an e-mail address, such as ana@example.com',
  url: 'Write an address, such as https://example.com',
}

export interface NumberBounds {
  readonly min: number
  readonly max: number
  /** The counted things, in the plural: `days`. */
  readonly unit: string
  readonly required?: boolean
}

/** The reason why a text is not a whole number within its bounds, for people; null for an allowed one. */
export function numberWords(text: string, { min, max, unit, required = false }: NumberBounds): string | null {
  const typed = text.trim()
  if (typed === '' && !required) return null
  const isWithin = /^\d{1,15}$/u.test(typed) && Number(typed) >= min && Number(typed) <= max
  return isWithin ? null : `Enter a number of ${unit} from ${min} to ${max}`
}
