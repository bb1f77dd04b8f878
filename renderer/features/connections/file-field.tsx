import type { ReactElement } from 'react'

import { PathField, type Readable } from '../../entities/path-field.tsx'

interface FileFieldProps {
  readonly value: string
  readonly onChange: (path: string) => void
  readonly error?: string | undefined
}

const READS: readonly Readable[] = [{ kind: 'file', title: 'Choose the file of the connection', extensions: ['json'] }]

/** The file of a connection that reads one instead of calling a provider. */
export function FileField(props: FileFieldProps): ReactElement {
  return (
    <PathField
      label="File"
      description="A JSON file on this machine, made from the platform’s export, named from the root on. It is only read, at every sync, and holds no secret; its form is in docs/file-provider.md"
      placeholder="/home/me/exports/azure.json"
      reads={READS}
      {...props}
    />
  )
}
