export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined }

/**
 * One spelling for one value, so that anyone can check a hash over it: members sorted by code unit, no white space,
 * numbers and strings as JSON.stringify writes them (RFC 8785 for the values that the journal holds).
 * Members that are undefined are left out. Throws RangeError for a number that JSON cannot hold.
 *
 * @example canonicalJson({ b: 1, a: [true, null] }) // '{"a":[true,null],"b":1}'
 */
export function canonicalJson(value: Json): string {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new RangeError(`${value} has no JSON form`)
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`
  // Appended in pieces: building a list of the members first took half the time of checking a long journal.
  let text = ''
  for (const key of Object.keys(value).sort()) {
    const member = value[key]
    if (member !== undefined) text += `${text === '' ? '{' : ','}${JSON.stringify(key)}:${canonicalJson(member)}`
  }
  return text === '' ? '{}' : `${text}}`
}

function isList(value: object): value is readonly Json[] {
  return Array.isArray(value)
}
