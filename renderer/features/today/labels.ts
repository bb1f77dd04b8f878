import { IconAlertCircle, IconAlertOctagon, IconAlertTriangle, IconPoint, type TablerIcon } from '@tabler/icons-react'

import type { TodayEntry } from '../../../shared/contract/today.ts'
import type { Tone } from '../../ui/status.tsx'

/** The names of the groups of the queue. */
export const BAND_TITLES: Readonly<Record<TodayEntry['band'], string>> = {
  now: 'Now',
  week: 'This week',
  later: 'Later',
}

export const KIND_TITLES: Readonly<Record<TodayEntry['kind'], string>> = {
  leaver: 'Former employee',
  connection: 'Connection',
  keys: 'Keys',
  review: 'Access review',
  remediation: 'Remediation',
  budget: 'Budget',
  usage: 'Usage',
  finding: 'Finding',
  invites: 'Invites',
  report: 'Report',
}

interface RiskLabel {
  readonly tone: Tone
  readonly icon: TablerIcon
  readonly word: string
}

/** A risk as a word with a sign and a tone, never by colour alone. */
export const RISK_LABELS: Readonly<Record<TodayEntry['risk'], RiskLabel>> = {
  critical: { tone: 'bad', icon: IconAlertOctagon, word: 'Critical' },
  high: { tone: 'bad', icon: IconAlertTriangle, word: 'High' },
  medium: { tone: 'warn', icon: IconAlertCircle, word: 'Medium' },
  low: { tone: 'quiet', icon: IconPoint, word: 'Low' },
}
