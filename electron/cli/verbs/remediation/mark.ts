import { createHash } from 'node:crypto'

/** A mark of what a preview was of, short enough to be read: the changes and all that they depend on, without its time. */
export function computeMark(token: string): string {
  const [, items = '', marks = ''] = token.split('.')
  return createHash('sha256').update(`${items}.${marks}`).digest('hex').slice(0, 8)
}
