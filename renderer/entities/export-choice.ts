import { toLocalDay } from '../../shared/domain/day.ts'
import { takeLines } from '../../shared/domain/text/lines.ts'

/** The forms of an export: the register in four formats, and the rotation calendar. */
export const EXPORT_FORMATS = [
  { value: 'md', label: 'Markdown', about: 'Git-friendly: one changed grant changes one line' },
  { value: 'csv', label: 'CSV', about: 'For a spreadsheet; nothing in it runs as a formula' },
  { value: 'json', label: 'JSON', about: 'For other programs' },
  { value: 'xlsx', label: 'Excel', about: 'One sheet for each table' },
  { value: 'ics', label: 'Calendar', about: 'Due days of keys, with alarms, for any calendar program' },
] as const

export type ExportFormat = (typeof EXPORT_FORMATS)[number]['value']

/** Formats with a preview and a copy button. */
export type TextFormat = Exclude<ExportFormat, 'xlsx'>

export function isText(format: ExportFormat): format is TextFormat {
  return format !== 'xlsx'
}

export interface ExportName {
  readonly format: ExportFormat
  /** Slug of the client in scope; undefined: all. */
  readonly client: string | undefined
  readonly sample: boolean
  readonly now: number
}

/** `access-register-acme-corp-2026-11-24.md`, with SAMPLE in front for the sample agency. */
export function exportName({ format, client, sample, now }: ExportName): string {
  const what = format === 'ics' ? 'rotation-calendar' : 'access-register'
  return `${sample ? 'SAMPLE-' : ''}${what}-${client ?? 'all-clients'}-${toLocalDay(now)}.${format}`
}

/** Lines of a preview; more would only slow the window down. */
const PREVIEW_LINES = 400

/** Lines that are asked for a preview: one more shows whether the file has more. */
export const PREVIEW_FIRST = PREVIEW_LINES + 1

/** The first lines of a text, and whether they are all of it. */
export function makePreview(text: string): { readonly shown: string; readonly isWhole: boolean } {
  const shown = takeLines(text, PREVIEW_LINES)
  return { shown, isWhole: shown === text }
}
