import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** What the terminal prints as JSON about the same profile. */
export async function ask<Row>(profile: string, ...words: readonly string[]): Promise<readonly Row[]> {
  const { stdout } = await run(process.execPath, [
    resolve(import.meta.dirname, '../../out/node/cli.js'),
    ...words,
    '--profile',
    profile,
    '--json',
  ])
  return JSON.parse(stdout) as readonly Row[]
}
