import type { ReactElement } from 'react'

import { visibleText } from './text.ts'

interface NamedProps {
  /** A name, e-mail, id or label, written by a provider, a file or a person. */
  readonly text: string | null | undefined
  /** Shown when the text is empty. */
  readonly otherwise?: string
  readonly mono?: boolean
}

/**
 * Foreign text in a sentence or a cell: isolated from the direction of its surroundings, with hidden characters made
 * visible.
 */
export function Named({ text, otherwise = '–', mono = false }: NamedProps): ReactElement {
  if (text === null || text === undefined || text === '') return <span className="c-quiet">{otherwise}</span>
  return <bdi className={mono ? 'c-mono' : undefined}>{visibleText(text)}</bdi>
}
