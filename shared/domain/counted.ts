/** A count in words: `1 row`, `2 rows`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${nounFor(count, one, many)}`
}

/**
 * The noun after a number that is formatted separately, such as `1,200`. The plural rule of English in Unicode CLDR;
 * loading those of `Intl` takes as long as opening the register.
 */
export function nounFor(count: number, one: string, many = `${one}s`): string {
  return Math.abs(count) === 1 ? one : many
}
