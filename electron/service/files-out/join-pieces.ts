import { takeLines } from '../../../shared/domain/text/lines.ts'

/** A text from its pieces; with a number of lines, only these, and no later piece is made. */
export function joinPieces(pieces: Iterable<string>, first?: number): string {
  if (first === undefined) return [...pieces].join('')
  const taken: string[] = []
  let lines = 0
  for (const piece of pieces) {
    taken.push(piece)
    lines += piece.split('\n').length - 1
    if (lines >= first) break
  }
  return takeLines(taken.join(''), first)
}
