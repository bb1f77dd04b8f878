import { oneLine } from '../../../shared/report/evidence-pack.ts'

/** A file's name as a problem may show it: a name from a hostile pack can hold anything. */
export function shownName(name: string): string {
  const line = oneLine(name)
  return line.length > 100 ? `${line.slice(0, 100).toWellFormed()}…` : line
}
