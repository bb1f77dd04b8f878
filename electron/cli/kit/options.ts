import { InvalidArgumentError, Option } from 'commander'

import { parseTime } from './time-option.ts'

/** Readers of option values. Their errors become a misuse that names the option. */

export function wholeNumber(text: string): number {
  const value = Number(text)
  if (!/^\d{1,9}$/u.test(text) || value < 1) throw new InvalidArgumentError('Write a whole number from 1.')
  return value
}

/** For an argument that takes several. */
export function wholeNumbers(text: string, before: readonly number[] | undefined): readonly number[] {
  return [...(before ?? []), wholeNumber(text)]
}

/** `30d`, `4w` or a bare number of days. */
export function days(text: string): number {
  const value = parseTime(text)
  if (value === null) throw new InvalidArgumentError('Write days or weeks, such as 30d or 4w; at most 3650d.')
  return value
}

/** For an option that may be given several times. */
export function collect(text: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), text]
}

/** A filter that may be given several times; any of its values matches. With `choices` only these are allowed. */
export function manyOption(flags: string, description: string, choices?: readonly string[]): Option {
  const option = new Option(flags, `${description}; may be repeated`)
  if (choices !== undefined) option.choices(choices)
  const check = option.parseArg
  return option.argParser<readonly string[] | undefined>((text, before) => {
    check?.(text, undefined)
    return collect(text, before)
  })
}
