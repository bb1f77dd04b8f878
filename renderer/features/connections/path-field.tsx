import { TextInput } from '@mantine/core'
import type { ReactElement } from 'react'

interface PathFieldProps {
  readonly value: string
  readonly onChange: (path: string) => void
  readonly error?: string | undefined
}

/** The file of a connection that reads one instead of calling a provider. */
export function PathField({ value, onChange, error }: PathFieldProps): ReactElement {
  return (
    <TextInput
      label="File"
      description="A JSON file on this machine, made from the platform’s export, named from the root on. It is only read, at every sync, and holds no secret; its form is in docs/file-provider.md"
      placeholder="/home/me/exports/azure.json"
      required
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={error}
      spellCheck={false}
      classNames={{ input: 'c-mono' }}
    />
  )
}
