import { KEYLESS, KEYLESS_STATE_WORDS, type KeylessRow } from '../../../shared/nouns/keyless.ts'
import { capitalize } from '../../../shared/domain/capitalize.ts'
import { platformName } from '../../../shared/domain/keyless/platforms.ts'
import { certaintyWord } from '../../entities/finding-labels.ts'
import { toColumns } from '../../entities/noun-columns.tsx'
import type { Tone } from '../../ui/status.tsx'

const TONES: Readonly<Record<KeylessRow['state'], Tone>> = { static: 'warn', beside: 'info' }

export function keylessState(state: KeylessRow['state']): { readonly tone: Tone; readonly word: string } {
  return { tone: TONES[state], word: capitalize(KEYLESS_STATE_WORDS[state]) }
}

export const KEYLESS_COLUMNS = toColumns(KEYLESS, {
  state: (row) => keylessState(row.state),
  certainty: (row) => certaintyWord(row.certainty).word,
  platform: (row) => (row.platform === null ? '' : platformName(row.platform)),
})
