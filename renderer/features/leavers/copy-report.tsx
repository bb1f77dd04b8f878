import { Button } from '@mantine/core'
import { IconCopy } from '@tabler/icons-react'
import type { ReactElement } from 'react'

import type { Inputs } from '../../../shared/contract/contract.ts'
import { api } from '../../data/api.ts'
import { useCopyMarkdown } from '../../entities/copy-markdown.tsx'

interface CopyReportProps {
  readonly input: Inputs['leavers']['report']
  readonly label: string
  readonly small?: boolean
}

const SMALL = { size: 'compact-xs', variant: 'subtle' } as const

/** Copies the report of one leaver, or of all, to the clipboard, as Markdown. */
export function CopyReport({ input, label, small = false }: CopyReportProps): ReactElement {
  const copying = useCopyMarkdown('the report', () => api.leavers.report(input))
  return (
    <Button
      {...(small ? SMALL : { variant: 'default' })}
      leftSection={<IconCopy size={small ? 13 : 15} aria-hidden />}
      loading={copying.isPending}
      onClick={() => copying.mutate()}
    >
      {label}
    </Button>
  )
}
