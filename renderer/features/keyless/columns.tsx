import { KEYLESS_STATE_WORDS, type KeylessRow } from '../../../shared/contract/keyless.ts'
import { capitalize } from '../../../shared/domain/capitalize.ts'
import { platformName } from '../../../shared/domain/keyless/platforms.ts'
import { certaintyWord } from '../../entities/finding-labels.ts'
import { clientColumn, connectionColumn, projectColumn } from '../../entities/ref-columns.tsx'
import type { Tone } from '../../ui/status.tsx'
import { dayColumn, statusColumn, textColumn, wordColumn } from '../../ui/table/column-kinds.tsx'
import type { DataColumn } from '../../ui/table/column.ts'

const TONES: Readonly<Record<KeylessRow['state'], Tone>> = { static: 'warn', beside: 'info' }

export function keylessState(state: KeylessRow['state']): { readonly tone: Tone; readonly word: string } {
  return { tone: TONES[state], word: capitalize(KEYLESS_STATE_WORDS[state]) }
}

export const KEYLESS_COLUMNS: readonly DataColumn<KeylessRow>[] = [
  textColumn('key', 'Key', { ch: 20, grow: 1, sort: 'name' }, (row) => row.name),
  clientColumn({ ch: 14, sort: 'client' }),
  dayColumn('last-day', 'Last day', { sort: 'last-day' }, (row) => row.lastDay),
  statusColumn('state', 'State', { ch: 15 }, (row) => keylessState(row.state)),
  wordColumn('certainty', 'Certainty', { ch: 10, sort: 'certainty' }, (row) => certaintyWord(row.certainty).word),
  wordColumn('platform', 'Platform', { ch: 15 }, (row) => (row.platform === null ? '' : platformName(row.platform))),
  textColumn('reasons', 'Why', { ch: 28, grow: 3 }, (row) => row.reasons.join(' ')),
  textColumn('account', 'Service account', { ch: 16, hidden: true, otherwise: 'To be created' }, (row) =>
    row.account === null ? null : (row.account.name ?? row.account.externalId),
  ),
  textColumn('rule', 'Federation rule', { ch: 24, hidden: true, otherwise: 'None yet' }, (row) => row.rule?.workload),
  projectColumn({ ch: 14, hidden: true }),
  connectionColumn({ ch: 16, hidden: true }),
  dayColumn('due', 'Due', { hidden: true, otherwise: 'No due day' }, (row) => row.dueOn),
]
