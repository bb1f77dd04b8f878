import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { putCopy } from '../temporary/template.ts'

const run = promisify(execFile)

/** Creates a profile as it is after the sample agency was opened in it. */
export async function copySample(profile: string): Promise<void> {
  await putCopy('window-sample', profile, async (made) => {
    await run(process.execPath, [join(import.meta.dirname, 'fill-sample.ts'), made])
  })
}
