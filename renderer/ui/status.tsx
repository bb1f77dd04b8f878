import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconClock,
  IconHelpCircle,
  IconInfoCircle,
  IconLoader2,
  IconMinus,
  IconShieldHalf,
  type TablerIcon,
} from '@tabler/icons-react'
import type { ReactElement, ReactNode } from 'react'

/** The meaning of a status. It sets the colour; the icon and the word have the same meaning without colour. */
export type Tone = 'good' | 'warn' | 'bad' | 'info' | 'quiet' | 'busy' | 'sample'

const ICONS: Readonly<Record<Tone, TablerIcon>> = {
  good: IconCircleCheck,
  warn: IconAlertTriangle,
  bad: IconCircleX,
  info: IconInfoCircle,
  quiet: IconMinus,
  busy: IconLoader2,
  sample: IconCircleDashed,
}

export const STATUS_ICONS = {
  clock: IconClock,
  unknown: IconHelpCircle,
  none: IconMinus,
  privileged: IconShieldHalf,
} as const

interface StatusProps {
  readonly tone: Tone
  readonly children: ReactNode
  /** Replaces the icon of the tone. */
  readonly icon?: TablerIcon
  /** Shown on hover: the reason. */
  readonly title?: string | undefined
  /** Without the tinted background, for dense tables. */
  readonly plain?: boolean
}

/** A status: an icon, a word and a colour, never colour alone. */
export function Status({ tone, children, icon, title, plain = false }: StatusProps): ReactElement {
  const Icon = icon ?? ICONS[tone]
  return (
    <span className={plain ? 'c-status c-status-plain' : 'c-status'} data-tone={tone} title={title}>
      <Icon size={14} stroke={2} aria-hidden className={tone === 'busy' ? 'c-spin' : undefined} />
      <span>{children}</span>
    </span>
  )
}
