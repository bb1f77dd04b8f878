import type { ReportFormat } from '../../../shared/contract/reports.ts'
import { NEWEST_FOCUS } from '../../../shared/domain/usage/focus-versions.ts'
import { periodTitle, type ReportKind } from '../../../shared/domain/usage/report-period.ts'

interface Choice<T extends string> {
  readonly value: T
  readonly label: string
  readonly about: string
}

export const KINDS: readonly Choice<ReportKind>[] = [
  { value: 'weekly', label: 'Weekly', about: 'Projects of a week beside the week before, for team leads' },
  { value: 'monthly', label: 'Monthly', about: 'Spend by project on one page, then by organization, for finance' },
  { value: 'invoice', label: 'Invoice', about: 'A client’s month with mark-up, in its currency' },
]

export const FORMATS: readonly Choice<ReportFormat>[] = [
  { value: 'md', label: 'Markdown', about: 'For a repository or a wiki' },
  { value: 'csv', label: 'CSV', about: 'The rows, for a spreadsheet; nothing in it runs as a formula' },
  { value: 'xlsx', label: 'Excel', about: 'One sheet for each table' },
  { value: 'html', label: 'HTML', about: 'One file with pictures, for any browser' },
  { value: 'pdf', label: 'PDF', about: 'The HTML, printed by the browser' },
  {
    value: 'focus',
    label: 'FOCUS',
    about: `What providers billed, as CSV for cost tools (FinOps FOCUS ${NEWEST_FOCUS})`,
  },
]

export function kindWord(kind: ReportKind): string {
  return KINDS.find(({ value }) => value === kind)?.label ?? kind
}

export function formatWord(format: ReportFormat): string {
  return FORMATS.find(({ value }) => value === format)?.label ?? format
}

/** `week 2026-W47`, `October 2026`. */
export function periodWord(word: string): string {
  return periodTitle({ word })
}

/** `usage-weekly-acme-2026-W47.md`, with SAMPLE in front for the sample agency. */
export function reportName(of: {
  readonly kind: ReportKind
  readonly client: string | undefined
  readonly period: string
  readonly format: ReportFormat
  readonly sample: boolean
}): string {
  const { kind, client, period, format, sample } = of
  const extension = format === 'focus' ? 'focus.csv' : format
  return `${sample ? 'SAMPLE-' : ''}usage-${kind}-${client ?? 'all-clients'}-${period}.${extension}`
}
