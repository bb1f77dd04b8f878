import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'

import { z } from 'zod'

import type { UpdateStatus } from '../../../shared/contract/updates.ts'
import { VERSION } from '../../../shared/domain/version.ts'
import { replacePrivateFile } from '../../files/private-file.ts'

const record = z.object({ from: z.string(), to: z.string(), at: z.number(), kept: z.string().nullable() })

function recordPath(folder: string): string {
  return join(folder, 'installation.json')
}

/** Records that an installation begins, so that the version that starts next shows whether it was done. */
export function recordInstallation(folder: string, begun: z.infer<typeof record>): void {
  replacePrivateFile(recordPath(folder), `${JSON.stringify(begun)}\n`)
}

export function forgetInstallation(folder: string): void {
  rmSync(recordPath(folder), { force: true })
}

/** The last installation begun here; null without one, and once another version than its two runs. */
export function readLastInstallation(folder: string): UpdateStatus['last'] {
  let text: string
  try {
    text = readFileSync(recordPath(folder), 'utf8')
  } catch {
    return null
  }
  const read = record.safeParse(parse(text))
  if (!read.success || (read.data.from !== VERSION && read.data.to !== VERSION)) return null
  const { kept } = read.data
  return { ...read.data, done: read.data.to === VERSION, kept: kept !== null && existsSync(kept) ? kept : null }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return null
  }
}
