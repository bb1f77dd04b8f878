import { IconCopy } from '@tabler/icons-react'

import { writeClipboard } from '../ui/clipboard.ts'
import { notifyDone, notifyFailed } from '../ui/notify.tsx'
import type { RowAction } from '../ui/table/row-actions.tsx'

/** The action of a row that copies one of its texts, such as `key id`. */
export function makeCopyAction(what: string, text: string): RowAction {
  const copy = async (): Promise<void> => {
    if (await writeClipboard(text)) notifyDone({ message: `Copied the ${what}` })
    else notifyFailed(new Error(`The ${what} was not copied. Open the panel and copy it there.`))
  }
  return { label: `Copy ${what}`, icon: IconCopy, run: () => void copy() }
}
