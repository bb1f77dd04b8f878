import type { Run } from '../../kit/run.ts'
import { shown } from '../../kit/text/shown.ts'

/** Usage of something, and the last day up to which it was read; null where it was never read. */
export interface UnreadUsage {
  readonly of: string
  readonly client: string
  readonly readThrough: string | null
  /** The read days of the month, where others before the last of them were not read. */
  readonly gaps?: string | null
}

/** For the help of options that fail on what was spent. */
export const UNREAD_HELP =
  '\nExit code 3 when it cannot be judged, since usage was not read far enough: castellan usage sync.\n'

/** Prints on standard error why an option cannot be judged, once for each place. */
export async function sayUnread(
  run: Run,
  option: string,
  { until, unread }: { readonly until: string; readonly unread: readonly UnreadUsage[] },
): Promise<void> {
  const lines = unread.map(({ of, client, readThrough, gaps = null }) => {
    const known = gaps === null ? `through ${readThrough ?? ''}` : `on ${gaps}`
    const read = readThrough === null ? 'was not read' : `was read ${known} only`
    return `${option} cannot be judged: usage of ${shown(of)} ${read}, not ${until}. Read it: castellan usage sync --client ${client}\n`
  })
  await run.terminal.err([...new Set(lines)].join(''))
}
