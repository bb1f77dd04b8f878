import { nounFor } from '../../../shared/domain/counted.ts'
import { wholeNumber } from '../../ui/relative.ts'

interface Difference {
  readonly more: number
  readonly fewer: number
}

/** `3 findings more, 1 fewer`; null where nothing differs. */
export function describeDifference({ more, fewer }: Difference): string | null {
  if (more === 0 && fewer === 0) return null
  const noun = (count: number): string => `${wholeNumber(count)} ${nounFor(count, 'finding', 'findings')}`
  if (more === 0) return `${noun(fewer)} fewer`
  return fewer === 0 ? `${noun(more)} more` : `${noun(more)} more, ${wholeNumber(fewer)} fewer`
}
