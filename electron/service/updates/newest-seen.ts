import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { z } from 'zod'

import type { UpdateDescription } from '../../../shared/contract/updates.ts'
import { compareVersions, VERSION_FORM } from '../../../shared/domain/update/version.ts'
import { replacePrivateFile } from '../../files/private-file.ts'
import { UpdateRefused } from './refused.ts'

/** By the address of a feed: the newest release that it had. */
const records = z.record(z.string(), z.object({ version: z.string().regex(VERSION_FORM), day: z.string() }))

function recordPath(folder: string): string {
  return join(folder, 'newest.json')
}

/**
 * Throws `UpdateRefused` for a release that is older than one that the same feed had before, and remembers the newest: a signed
 * older release is as authentic, and may lack what a newer one mended.
 */
export function refuseFallback(folder: string, feed: string, { version, day }: UpdateDescription): void {
  const seen = readNewest(folder)
  const known = new Map(Object.entries(seen)).get(feed)
  const order = known === undefined ? 1 : compareVersions(version, known.version)
  if (known !== undefined && order < 0) {
    throw new UpdateRefused(
      `The feed has ${version} of ${day}, and it had ${known.version} of ${known.day} before.`,
      'Ask the publisher whether the newer release was withdrawn. The older one can be chosen as an update file.',
    )
  }
  if (order > 0) replacePrivateFile(recordPath(folder), `${JSON.stringify({ ...seen, [feed]: { version, day } })}\n`)
}

function readNewest(folder: string): z.infer<typeof records> {
  try {
    return records.safeParse(JSON.parse(readFileSync(recordPath(folder), 'utf8'))).data ?? {}
  } catch {
    return {}
  }
}
