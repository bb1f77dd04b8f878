import type { LeaverItem, LeaverRow, LeaverState } from '../../../shared/contract/leavers.ts'
import { levelWord } from '../../entities/access-labels.ts'
import { plural, relativeTime } from '../../ui/relative.ts'
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

/** The pressing facts of a leaver in one line: `Left 6 days ago, still owner in 2 clients, key used 5 days ago`. */
export function leaverSentence(row: LeaverRow, now: number): string {
  const { level, levelClients, accounts, keys, invites, sharedKeys, usedAfterAt, keyUsedAt } = row
  const role = level !== null && level !== 'other' ? levelWord(level).toLowerCase() : accounts > 0 ? 'a member' : null
  const holds =
    role !== null
      ? `still ${role} in ${plural(Math.max(1, levelClients), 'client')}`
      : invites > 0
        ? plural(invites, 'invite') + ' can be accepted'
        : keys > 0
          ? `${plural(keys, 'key')} in their name`
          : null
  const isKeyUse = keyUsedAt !== null && keyUsedAt === usedAfterAt
  const parts = [
    `Left ${relativeTime(row.departedAt, now)}`,
    holds,
    usedAfterAt !== null
      ? `${isKeyUse ? 'key' : 'account'} used ${relativeTime(usedAfterAt, now)}`
      : role !== null && keys > 0
        ? plural(keys, 'key')
        : null,
    row.state === 'shared' ? `${plural(sharedKeys, 'shared key')} to rotate` : null,
    row.state === 'clear' ? 'nothing remains' : null,
  ]
  return parts.filter((part) => part !== null).join(', ')
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
