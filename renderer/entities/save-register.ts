import type { ClientRef } from '../../shared/contract/common.ts'
import { api } from '../data/api.ts'
import { notifyDone } from '../ui/notify.tsx'
import { visibleText } from '../ui/text.ts'
import { exportName } from './export-choice.ts'
import { writeRegister } from './use-save.ts'

/** Asks where to save the register of one client as Markdown, and writes it there. */
export async function saveRegister({ slug, name }: ClientRef, sample: boolean): Promise<void> {
  const target = await api.desktop.saveTarget({
    suggestedName: exportName({ format: 'md', client: slug, sample, now: Date.now() }),
    extension: 'md',
  })
  if (target.outcome === 'cancelled') return
  const { path } = await writeRegister(
    { format: 'md', client: slug, connection: undefined, contact: undefined },
    { handle: target.handle },
  )
  notifyDone({ message: `Saved the register of ${visibleText(name)} as ${visibleText(path)}` })
}
