import { Button, Group, Menu } from '@mantine/core'
import { IconCopy, IconDownload, IconPhoto } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import type { ReactElement } from 'react'

import { toDollars } from '../../shared/domain/text/money.ts'
import { type PeriodReading, READ_WORDS } from '../../shared/domain/usage/read-days.ts'
import { copyImage, drawPng, toBase64 } from '../charts/image.ts'
import { printSvg, type Picture } from '../charts/shapes.ts'
import { api } from '../data/api.ts'
import { useInfo } from '../data/use-info.ts'
import { writeClipboard } from '../ui/clipboard.ts'
import { notifyDone, notifyFailed } from '../ui/notify.tsx'
import { toCsv } from '../ui/spreadsheet-text.ts'
import { visibleText } from '../ui/text.ts'
import type { ShownLine } from './series-data.ts'

interface ChartActionsProps {
  /** The name of the saved file, without its extension. */
  readonly name: string
  /** The content of the chart, for the audit log. */
  readonly title: string
  readonly client: string | undefined
  readonly periods: readonly string[]
  /** Of how much of each period is known; left out: of all. */
  readonly read?: readonly PeriodReading['state'][]
  readonly lines: readonly ShownLine[]
  /** Makes the picture; null without one. */
  readonly picture: (() => Picture) | null
  /** Values in micro-USD are copied as dollars. */
  readonly money: boolean
}

type Format = 'png' | 'svg'

/** Buttons that save the chart, copy it as an image, and copy its numbers as CSV. */
export function ChartActions(props: ChartActionsProps): ReactElement {
  const { name, title, client, periods, read, lines, picture, money } = props
  const isSample = useInfo()?.sample === true
  const save = useMutation({
    mutationFn: async (format: Format): Promise<string | null> => {
      if (picture === null) return null
      const drawn = picture()
      const content = format === 'svg' ? printSvg(drawn) : await toBase64(await drawPng(drawn))
      const suggestedName = `${isSample ? 'SAMPLE-' : ''}${name}.${format}`
      const target = await api.desktop.saveTarget({ suggestedName, extension: format })
      if (target.outcome === 'cancelled') return null
      return (await api.files.exportPicture({ client, title, format, content, path: { handle: target.handle } })).path
    },
    onSuccess: (path) => {
      if (path !== null) notifyDone({ message: `Saved the chart to ${visibleText(path)}` })
    },
    onError: notifyFailed,
  })
  const copy = useMutation({
    mutationFn: async () => {
      if (picture === null) throw new Error('No chart to copy.')
      if (!(await copyImage(await drawPng(picture())))) throw new Error('Couldn’t copy the image to the clipboard.')
    },
    onSuccess: () => notifyDone({ message: 'Copied the chart as an image' }),
    onError: notifyFailed,
  })
  const numbers = useMutation({
    mutationFn: async () => {
      const cell = (value: number): number => (money ? toDollars(value) : value)
      const rows = periods.map((period, at) => [
        period,
        // A period without a day that was read has empty cells.
        ...lines.map(({ values }) => (read?.[at] === 'none' ? null : cell(values[at] ?? 0))),
        ...(read === undefined ? [] : [READ_WORDS[read[at] ?? 'none']]),
      ])
      const headings = ['Period', ...lines.map(({ label }) => label), ...(read === undefined ? [] : ['Read'])]
      if (!(await writeClipboard(toCsv([headings, ...rows])))) {
        throw new Error('Couldn’t copy to the clipboard.')
      }
    },
    onSuccess: () => notifyDone({ message: 'Copied the table as CSV' }),
    onError: notifyFailed,
  })
  return (
    <Group gap="xs" px={14} pb={12}>
      <Menu position="bottom-start">
        <Menu.Target>
          <Button
            size="compact-xs"
            variant="subtle"
            leftSection={<IconDownload size={13} aria-hidden />}
            disabled={picture === null}
            loading={save.isPending}
          >
            Save chart…
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => save.mutate('png')}>As PNG, for slides and mail</Menu.Item>
          <Menu.Item onClick={() => save.mutate('svg')}>As SVG, sharp at any size</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Button
        size="compact-xs"
        variant="subtle"
        leftSection={<IconPhoto size={13} aria-hidden />}
        disabled={picture === null}
        loading={copy.isPending}
        onClick={() => copy.mutate()}
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
