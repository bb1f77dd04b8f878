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

/**
 * True if a value that JSON.parse gave has one spelling everywhere (RFC 8785, I-JSON): its numbers are finite, its texts have
 * no half of a character, and it has at most so many levels. Without recursion: the depth of a stack differs between programs.
 */
export function hasCanonicalForm(value: unknown, mostLevels: number): boolean {
  const open: { readonly value: unknown; readonly level: number }[] = [{ value, level: 1 }]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value: each, level } = next
    if (typeof each === 'number' && !Number.isFinite(each)) return false
    if (typeof each === 'string' && !each.isWellFormed()) return false
    if (typeof each !== 'object' || each === null) continue
    if (level > mostLevels) return false
    if (!isList(each) && !Object.keys(each).every((key) => key.isWellFormed())) return false
    for (const member of Object.values(each)) open.push({ value: member, level: level + 1 })
  }
  return true
}

function isList(value: object): value is readonly Json[] {
  return Array.isArray(value)
}
