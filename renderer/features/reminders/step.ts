import { plural } from '../../ui/relative.ts'
import type { Tone } from '../../ui/status.tsx'

/** A reminder step (`before-14`, `before-0`, `overdue-2`) in words; an unknown one unchanged. */
export function stepWords(rung: string): { readonly tone: Tone; readonly text: string } {
  const match = /^(before|overdue)-(\d{1,5})$/u.exec(rung)
  if (!match) return { tone: 'quiet', text: rung }
  const count = Number(match[2])
  if (match[1] === 'overdue') {
    return { tone: 'bad', text: count === 1 ? 'Overdue, first reminder' : `Overdue, reminder ${count}` }
  }
  if (count === 0) return { tone: 'warn', text: 'On the day' }
  return { tone: count <= 7 ? 'warn' : 'info', text: `${plural(count, 'day')} before` }
}
