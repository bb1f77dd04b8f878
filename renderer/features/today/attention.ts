import {
  IconCalendarClock,
  IconClipboardX,
  IconClockExclamation,
  IconChartBar,
  IconCloudOff,
  IconCoinOff,
  IconFlag,
  IconFlagExclamation,
  IconHandStop,
  IconHelpCircle,
  IconHourglassEmpty,
  IconKey,
  IconMailX,
  IconPlugConnectedX,
  IconProgressAlert,
  IconTool,
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
  'critical-findings': IconFlagExclamation,
  'high-findings': IconFlagExclamation,
  'medium-findings': IconFlag,
  'unsure-remediations': IconHelpCircle,
  'deploying-remediations': IconKey,
  'waiting-remediations': IconTool,
  'by-hand-remediations': IconHandStop,
  'overdue-reviews': IconClipboardX,
  'budgets-spent': IconCoinOff,
  'budgets-near': IconChartBar,
  'budgets-unread': IconChartBar,
}

export interface AttentionWords {
  readonly tone: Tone
  readonly icon: TablerIcon
  readonly text: string
  /** Urgency in a word, for screen readers. */
  readonly severity: string
}

const TEXTS: Readonly<Record<Attention['kind'], (count: number) => string>> = {
  'overdue-keys': (count) => `${plural(count, 'key')} overdue`,
  'due-keys': (count) => `${plural(count, 'key')} due`,
  'unowned-keys': (count) => `${plural(count, 'key')} without owner`,
  'unused-keys': (count) => `${plural(count, 'key')} unused`,
  'expired-invites': (count) => plural(count, 'expired invite'),
  'incomplete-sync': (count) => plural(count, 'incomplete sync'),
  'stale-sync': (count) => `${plural(count, 'connection')} not synced lately`,
  'no-credential': (count) => `${plural(count, 'connection')} without credential`,
  'critical-findings': (count) => plural(count, 'critical finding'),
  'high-findings': (count) => plural(count, 'high finding'),
  'medium-findings': (count) => plural(count, 'medium finding'),
  'unsure-remediations': (count) => `${plural(count, 'change', 'changes')} with unknown result`,
  'deploying-remediations': (count) => `${plural(count, 'new key')} to deploy`,
  'waiting-remediations': (count) => `${plural(count, 'change', 'changes')} pending`,
  'by-hand-remediations': (count) => `${plural(count, 'change', 'changes')} to do manually`,
  'overdue-reviews': (count) => `${plural(count, 'review')} overdue`,
  'budgets-spent': (count) => `${plural(count, 'budget')} exceeded`,
  'budgets-unread': (count) => `${plural(count, 'budget')} without usage up to yesterday`,
  'budgets-near': (count) => `${plural(count, 'budget')} over a threshold`,
}

/** One thing that needs attention, in words. */
export function attentionWords({ kind, count, severity }: Attention): AttentionWords {
  return { tone: TONES[severity], icon: ICONS[kind], text: TEXTS[kind](count), severity: `${severity} urgency` }
}

const connections = (client: string) => ({ to: '/connections', search: { client } }) as const

/** The list that contains the rows of each kind. Options of a link, so that a renamed filter does not compile. */
const LINKS = {
  'overdue-keys': (client: string) => ({ to: '/keys', search: { client, rotation: 'overdue' } }) as const,
  'due-keys': (client: string) => ({ to: '/keys', search: { client, rotation: 'due' } }) as const,
  'unowned-keys': (client: string) => ({ to: '/keys', search: { client, flag: 'unowned' } }) as const,
  'unused-keys': (client: string) => ({ to: '/keys', search: { client, flag: 'unused' } }) as const,
  'expired-invites': (client: string) => ({ to: '/findings', search: { client, rule: 'invite-expired' } }) as const,
  'incomplete-sync': connections,
  'stale-sync': connections,
  'no-credential': connections,
  'critical-findings': (client: string) => ({ to: '/findings', search: { client, severity: 'critical' } }) as const,
  'high-findings': (client: string) => ({ to: '/findings', search: { client, severity: 'high' } }) as const,
  'medium-findings': (client: string) => ({ to: '/findings', search: { client, severity: 'medium' } }) as const,
  'unsure-remediations': (client: string) => ({ to: '/remediation', search: { client, state: 'unsure' } }) as const,
  'deploying-remediations': (client: string) =>
    ({ to: '/remediation', search: { client, state: 'deploying' } }) as const,
  'waiting-remediations': (client: string) => ({ to: '/remediation', search: { client, state: 'waiting' } }) as const,
  'by-hand-remediations': (client: string) => ({ to: '/remediation', search: { client, state: 'by-hand' } }) as const,
  'overdue-reviews': (client: string) => ({ to: '/reviews', search: { client } }) as const,
  'budgets-spent': (client: string) => ({ to: '/usage/budgets', search: { client } }) as const,
  'budgets-unread': (client: string) => ({ to: '/usage/budgets', search: { client } }) as const,
  'budgets-near': (client: string) => ({ to: '/usage/budgets', search: { client } }) as const,
} as const satisfies Record<Attention['kind'], unknown>

/** The list of the rows of one thing that needs attention. */
export function attentionLink(kind: Attention['kind'], client: string) {
  return LINKS[kind](client)
}
