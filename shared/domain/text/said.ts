import { visibleText } from './visible-text.ts'

/** Provider text in the form that every document may contain. */
export function said(text: string): string {
  return visibleText(text)
}

/** `said` of a text that may be missing. */
export function saidOrNull(text: string | null | undefined): string | null {
  return text === null || text === undefined ? null : said(text)
}
