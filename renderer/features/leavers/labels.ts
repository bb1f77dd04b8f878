import type { LeaverItem, LeaverRow, LeaverState } from '../../../shared/contract/leavers.ts'
import { plural } from '../../ui/relative.ts'
import type { Tone } from '../../ui/status.tsx'

/** A leaver's state as an icon, a word and a colour: red from 24 hours on. */
export function leaverStateWord(row: Pick<LeaverRow, 'state' | 'late'>): {
  readonly tone: Tone
  readonly word: string
} {
  if (row.state === 'holds')
    return row.late ? { tone: 'bad', word: 'Has access' } : { tone: 'warn', word: 'Has access' }
  return row.state === 'shared' ? { tone: 'warn', word: 'Keys to rotate' } : { tone: 'good', word: 'Clear' }
}

export const STATE_CHOICES: readonly { readonly value: LeaverState; readonly label: string }[] = [
  { value: 'holds', label: 'Has access' },
  { value: 'shared', label: 'Keys to rotate' },
  { value: 'clear', label: 'Clear' },
]

/** The remaining access of a leaver, counted: `1 account, 4 keys, 2 roles`. */
export function heldWords({ accounts, keys, invites, roles }: LeaverRow): string {
  const parts = [
    [accounts, 'account'],
    [keys, 'key'],
    [invites, 'invite'],
    [roles, 'role'],
  ] as const
  const held = parts.flatMap(([count, word]) => (count === 0 ? [] : plural(count, word)))
  return held.length === 0 ? 'Nothing' : held.join(', ')
}

/** Hours since a departure: `7 h`, from two days on `3 d 4 h`. */
export function hoursWords(hours: number): string {
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} d ${hours % 24} h`
}

export const ITEM_KINDS: Readonly<Record<LeaverItem['kind'], string>> = {
  account: 'Account',
  key: 'Key',
  invite: 'Invite',
  role: 'Role',
  'shared-key': 'Key',
}

/**
 * The items that are added to remediation together: all of the leaver's that can be removed by themselves and were not
 * added yet.
 */
export function toPutOnList(items: readonly LeaverItem[]): readonly LeaverItem[] {
  return items.filter(
    ({ kind, remediation, listed }) =>
      kind !== 'shared-key' && kind !== 'role' && remediation !== null && listed === null,
  )
}
