import {
  IconCalendarClock,
  IconClockExclamation,
  IconCloudOff,
  IconHourglassEmpty,
  IconMailX,
  IconPlugConnectedX,
  IconProgressAlert,
  IconUserQuestion,
  type TablerIcon,
} from '@tabler/icons-react'

import type { Attention } from '../../../shared/contract/overview.ts'
import { plural } from '../../ui/relative.ts'
import type { Tone } from '../../ui/status.tsx'

const TONES: Readonly<Record<Attention['severity'], Tone>> = { high: 'bad', medium: 'warn', low: 'quiet' }

const ICONS: Readonly<Record<Attention['kind'], TablerIcon>> = {
  'overdue-keys': IconClockExclamation,
  'due-keys': IconCalendarClock,
  'unowned-keys': IconUserQuestion,
  'unused-keys': IconHourglassEmpty,
  'expired-invites': IconMailX,
  'incomplete-sync': IconProgressAlert,
  'stale-sync': IconCloudOff,
  'no-credential': IconPlugConnectedX,
}

export interface AttentionWords {
  readonly tone: Tone
  readonly icon: TablerIcon
  readonly text: string
  /** Urgency in a word, for those who do not see the colour. */
  readonly severity: string
}

/** One thing that wants a person, in words. */
export function attentionWords({ kind, count, severity }: Attention): AttentionWords {
  return { tone: TONES[severity], icon: ICONS[kind], text: textOf(kind, count), severity: `${severity} urgency` }
}

function textOf(kind: Attention['kind'], count: number): string {
  switch (kind) {
    case 'overdue-keys':
      return `${plural(count, 'key')} overdue`
    case 'due-keys':
      return `${plural(count, 'key')} due`
    case 'unowned-keys':
      return `${plural(count, 'key')} without owner`
    case 'unused-keys':
      return `${plural(count, 'key')} unused`
    case 'expired-invites':
      return plural(count, 'expired invite')
    case 'incomplete-sync':
      return plural(count, 'incomplete sync', 'incomplete syncs')
    case 'stale-sync':
      return `${plural(count, 'connection')} not synced lately`
    case 'no-credential':
      return `${plural(count, 'connection')} without credential`
  }
}

/** Where the rows behind it are listed. Typed as the options of a link, so that a renamed filter does not compile. */
export function attentionLink(kind: Attention['kind'], client: string) {
  switch (kind) {
    case 'overdue-keys':
      return { to: '/keys', search: { client, rotation: 'overdue' } } as const
    case 'due-keys':
      return { to: '/keys', search: { client, rotation: 'due' } } as const
    case 'unowned-keys':
      return { to: '/keys', search: { client, flag: 'unowned' } } as const
    case 'unused-keys':
      return { to: '/keys', search: { client, flag: 'unused' } } as const
    case 'expired-invites':
      return { to: '/people', search: { client, status: 'expired' } } as const
    case 'incomplete-sync':
    case 'stale-sync':
    case 'no-credential':
      return { to: '/connections', search: { client } } as const
  }
}
