import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

let made: Promise<string> | null = null

/** Makes a profile as it is once somebody has opened the sample agency. The agency is worked out once for all tests of a run. */
export async function copySample(profile: string): Promise<void> {
  made ??= makeSample()
  await cp(await made, profile, { recursive: true })
}

/** The folder is in its place only when it is whole. Of two workers that make it at the same time the first one has it. */
async function makeSample(): Promise<string> {
  const place = join(tmpdir(), 'castellan-sample')
  if (existsSync(place)) return place
  const folder = await mkdtemp(join(tmpdir(), 'castellan-sample-'))
  await run(process.execPath, [join(import.meta.dirname, 'fill-sample.ts'), folder])
  await rename(folder, place).catch(async (error: unknown) => {
    if (!existsSync(place)) throw error
    await rm(folder, { recursive: true, force: true })
  })
  return place
}
