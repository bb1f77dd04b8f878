import { INVISIBLE, visibleText } from '../text/visible-text.ts'

const UNSEEN = new RegExp(`[${INVISIBLE.join('')}\\p{Default_Ignorable_Code_Point}]`, 'gu')

/** A name inside a comment: one line, with all characters visible. */
export function commentText(name: string): string {
  return visibleText(name).replaceAll(UNSEEN, '\u00b7').replaceAll(/\s+/gu, ' ').replaceAll('*/', '*\\/').trim()
}
