import { Button, Group, Textarea } from '@mantine/core'
import { useEffect, useRef, useState, type ReactElement, type ReactNode } from 'react'

import { Failed } from '../../ui/states.tsx'
import type { Unlocking } from './use-unlock.ts'

interface CodeFormProps {
  readonly unlocking: Unlocking
  readonly label: string
  /** Another button beside it. */
  readonly children?: ReactNode
  /** True if a person has just opened the form, so that it takes the focus. */
  readonly takesFocus?: boolean
}

/** Asks for the recovery code; Enter submits, Shift+Enter begins another line. */
export function CodeForm({ unlocking, label, children, takesFocus = false }: CodeFormProps): ReactElement {
  const [code, setCode] = useState('')
  const field = useRef<HTMLTextAreaElement>(null)
  const { unlock, isPending, error } = unlocking
  useEffect(() => {
    if (takesFocus) field.current?.focus()
  }, [takesFocus])
  return (
    <form
      className="c-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (code.trim() !== '') unlock(code)
      }}
    >
      <Textarea
        ref={field}
        label="Recovery code"
        description="Spaces, dashes and line breaks do not matter"
        autosize
        minRows={2}
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey) return
          event.preventDefault()
          event.currentTarget.form?.requestSubmit()
        }}
        autoComplete="off"
        spellCheck={false}
        classNames={{ input: 'c-mono' }}
      />
      {error === null ? null : <Failed error={error} />}
      <Group justify={children === undefined ? 'flex-end' : 'space-between'}>
        {children}
        <Button type="submit" loading={isPending} disabled={code.trim() === ''}>
          {label}
        </Button>
      </Group>
    </form>
  )
}
