import { Button, Group } from '@mantine/core'
import { IconCopy, IconPhoto } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import type { ReactElement, RefObject } from 'react'

import { toDollars } from '../../shared/domain/text/money.ts'
import { copyImage } from '../charts/image.ts'
import { toCsv } from '../ui/spreadsheet-text.ts'
import { notifyDone, notifyFailed } from '../ui/notify.tsx'
import { writeClipboard } from '../ui/clipboard.ts'
import type { ShownLine } from './series-data.ts'

interface CopySeriesProps {
  readonly periods: readonly string[]
  readonly lines: readonly ShownLine[]
  /** Null without a picture. */
  readonly image: RefObject<(() => Promise<Blob>) | null> | null
  /** Values in micro-USD are copied as dollars. */
  readonly money: boolean
}

/** Buttons that copy the picture as an image, and its numbers as CSV. */
export function CopySeries({ periods, lines, image, money }: CopySeriesProps): ReactElement {
  const picture = useMutation({
    mutationFn: async () => {
      const made = await image?.current?.()
      if (made === undefined) throw new Error('No chart to copy.')
      if (!(await copyImage(made))) throw new Error('Couldn’t copy the image to the clipboard.')
    },
    onSuccess: () => notifyDone({ message: 'Copied the chart as an image' }),
    onError: notifyFailed,
  })
  const numbers = useMutation({
    mutationFn: async () => {
      const cell = (value: number): number => (money ? toDollars(value) : value)
      const rows = periods.map((period, at) => [period, ...lines.map(({ values }) => cell(values[at] ?? 0))])
      if (!(await writeClipboard(toCsv([['Period', ...lines.map(({ label }) => label)], ...rows])))) {
        throw new Error('Couldn’t copy to the clipboard.')
      }
    },
    onSuccess: () => notifyDone({ message: 'Copied the table as CSV' }),
    onError: notifyFailed,
  })
  return (
    <Group gap="xs" px={14} pb={12}>
      <Button
        size="compact-xs"
        variant="subtle"
        leftSection={<IconPhoto size={13} aria-hidden />}
        disabled={image === null}
        loading={picture.isPending}
        onClick={() => picture.mutate()}
      >
        Copy chart as image
      </Button>
      <Button
        size="compact-xs"
        variant="subtle"
        leftSection={<IconCopy size={13} aria-hidden />}
        loading={numbers.isPending}
        onClick={() => numbers.mutate()}
      >
        Copy table as CSV
      </Button>
    </Group>
  )
}
