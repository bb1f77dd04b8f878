import { TextInput } from '@mantine/core'
import type { ReactElement } from 'react'

interface TypedWordProps {
  readonly word: string
  /** A sentence before the request: `The finding is critical.` */
  readonly reason?: string | undefined
  /** After the word; `to confirm` unless given. */
  readonly purpose?: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly disabled?: boolean
  readonly focused?: boolean
}

/** Asks for a word, before an action that cannot be undone or that is about many things. */
export function TypedWord({
  word,
  reason,
  purpose = 'to confirm',
  value,
  onChange,
  disabled = false,
  focused = false,
}: TypedWordProps): ReactElement {
  return (
    <TextInput
      label={
        <>
          {reason === undefined ? null : `${reason} `}Type <bdi className="c-mono">{word}</bdi> {purpose}
        </>
      }
      value={value}
      required
      withAsterisk={false}
      onChange={(event) => onChange(event.currentTarget.value)}
      autoComplete="off"
      spellCheck={false}
      disabled={disabled}
      data-autofocus={focused || undefined}
    />
  )
}
