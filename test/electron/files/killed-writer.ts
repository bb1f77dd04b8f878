/** Begins an export, or a pack with its zip, in the given folder, prints a line, and never ends. */
import { writeFileSync } from 'node:fs'

import { newPackFolder } from '../../../electron/service/evidence/pack-folder.ts'
import { newSaveTargets } from '../../../electron/service/core/save-targets.ts'
import { fileTarget } from '../../../electron/service/files-out/target.ts'
import { stageFile } from '../../../electron/service/files-out/write-file.ts'
import type { Session } from '../../../electron/service/core/session.ts'
import { terminalHost } from '../service/files-out/terminal-host.ts'

const [what = '', folder = ''] = process.argv.slice(2)

function wait(): never {
  process.stdout.write('begun\n')
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
}

function* endless(): Generator<string> {
  yield 'x'.repeat(1 << 20)
  wait()
}

if (what === 'file') {
  const session = () => ({ profile: '/nowhere', sample: false }) as Session
  stageFile(
    fileTarget({ host: terminalHost, session, targets: newSaveTargets() }, { path: `${folder}/register.md` }),
    endless(),
  )
} else {
  const pack = newPackFolder({ name: 'pack', path: `${folder}/pack`, zipPath: `${folder}/pack.zip` })
  pack.write('items.csv', ['half'])
  writeFileSync(`${pack.draft.temporary}.zip`, 'half')
  wait()
}
