import type { ReactElement } from 'react'

import { PathField, type Readable } from '../../../entities/path-field.tsx'

interface FileFieldProps {
  readonly value: string
  readonly onChange: (path: string) => void
  readonly error?: string | undefined
}

const READS: readonly Readable[] = [{ kind: 'file', title: 'Choose connection file', extensions: ['json'] }]

/** The file of a connection that reads one instead of calling a provider. */
export function FileField(props: FileFieldProps): ReactElement {
  return (
    <PathField
      label="File"
      description="Full path of a JSON file on this machine, made from the platform’s export. It is only read, at every sync, and contains no secret; its format is in docs/file-provider.md"
      placeholder="/home/me/exports/azure.json"
      reads={READS}
      {...props}
    />
  )
}
