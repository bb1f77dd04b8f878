import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { workerData } from 'node:worker_threads'

import type { PackDraft } from '../../../../electron/service/evidence/pack-folder.ts'

/** The thread that writes a pack, with a file in the draft, waits until there is a file with this name beside the pack. */
const { temporary, path } = (workerData as { readonly order: { readonly draft: PackDraft } }).order.draft
writeFileSync(join(temporary, 'begun'), '')
while (!existsSync(`${path}.go`)) await setTimeout(5)
await import('../../../../electron/service/process/thread.ts')
