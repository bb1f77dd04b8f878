import { nameKey } from '../text/names.ts'

/** A title that no other plan of the client has: the wanted one, or the first free one of “Target 2”, “Target 3” and so on. */
export function findFreeTitle(taken: Iterable<string>, wanted: string): string {
  const keys = new Set([...taken].map(nameKey))
  let title = wanted
  for (let n = 2; keys.has(nameKey(title)); n += 1) title = `${wanted} ${n}`
  return title
}

/** True if another plan of the client has a title. `others`: the titles of the client's other plans. */
export function isTitleTaken(others: Iterable<string>, wanted: string): boolean {
  return [...others].some((title) => nameKey(title) === nameKey(wanted))
}
