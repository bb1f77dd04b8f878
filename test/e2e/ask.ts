import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Bytes of the longest answer that a test reads. */
const LONGEST = 1 << 26

/** What the terminal prints as JSON about the same profile. */
export async function ask<Row>(profile: string, ...words: readonly string[]): Promise<readonly Row[]> {
  const program = resolve(import.meta.dirname, '../../out/node/cli.js')
  const { stdout } = await run(process.execPath, [program, ...words, '--profile', profile, '--json'], {
    maxBuffer: LONGEST,
  })
  return JSON.parse(stdout) as readonly Row[]
}
