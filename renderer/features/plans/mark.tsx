import type { ReactElement } from 'react'

import { Status, type Tone } from '../../ui/status.tsx'
import type { MarkOf } from './marks.ts'

const WORDS: Readonly<Record<MarkOf, { readonly tone: Tone; readonly word: string }>> = {
  planned: { tone: 'good', word: 'As planned' },
  missing: { tone: 'bad', word: 'Missing' },
  different: { tone: 'warn', word: 'Different' },
}

/** How a part of a plan stands against what is there: icon, word and colour. */
export function Mark({ mark }: { readonly mark: MarkOf }): ReactElement {
  const { tone, word } = WORDS[mark]
  return <Status tone={tone}>{word}</Status>
}
