import type { ReactElement } from 'react'

import { visibleText } from './text.ts'

interface NamedProps {
  /** A name, e-mail, id or label as a provider, a file or a person wrote it. */
  readonly text: string | null | undefined
  /** What stands there when there is no text. */
  readonly otherwise?: string
  readonly mono?: boolean
}

/** Foreign text in a sentence or a cell: isolated from the direction of its surroundings, nothing in it hidden. */
export function Named({ text, otherwise = '–', mono = false }: NamedProps): ReactElement {
  if (text === null || text === undefined || text === '') return <span className="c-quiet">{otherwise}</span>
  return <bdi className={mono ? 'c-mono' : undefined}>{visibleText(text)}</bdi>
}
