const rules = new Intl.PluralRules('en')

/** A count in words: `1 row`, `2 rows`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${nounFor(count, one, many)}`
}

/** The noun after a number that is formatted separately, such as `1,200`. */
export function nounFor(count: number, one: string, many = `${one}s`): string {
  return rules.select(count) === 'one' ? one : many
}
