import { Radio, Stack } from '@mantine/core'
import type { ReactElement } from 'react'

import type { Connection } from '../../../../shared/contract/connections.ts'

export type AccessMode = Connection['access']

interface AccessChoiceProps {
  readonly value: AccessMode
  readonly onChange: (access: AccessMode) => void
}

/** The choice between reading alone and changes in the organization. */
export function AccessChoice({ value, onChange }: AccessChoiceProps): ReactElement {
  return (
    <Radio.Group
      label="Access"
      value={value}
      onChange={(text) => onChange(text === 'read-write' ? 'read-write' : 'read-only')}
    >
      <Stack gap={6} mt={4}>
        <Radio value="read-only" label="Read only" description="Castellan never changes anything in the organization" />
        <Radio
          value="read-write"
          label="Read and write"
          description="Changes are possible, each with a preview and a typed confirmation"
        />
      </Stack>
    </Radio.Group>
  )
}
