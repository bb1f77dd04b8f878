import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { z } from 'zod'

import type { UpdateDescription } from '../../../shared/contract/updates.ts'
import { compareVersions, VERSION_FORM } from '../../../shared/domain/update/version.ts'
import { replacePrivateFile } from '../../files/private-file.ts'
import { UpdateRefused } from './refused.ts'

const record = z.object({ feed: z.string(), version: z.string().regex(VERSION_FORM), day: z.string() })

function recordPath(folder: string): string {
  return join(folder, 'newest.json')
}

/**
 * Throws `UpdateRefused` for a release that is older than one that the same feed had before, and remembers the newest: a signed
 * older release is as authentic, and may lack what a newer one mended.
 */
export function refuseFallback(folder: string, feed: string, { version, day }: UpdateDescription): void {
  const seen = readNewest(folder)
  const known = seen?.feed === feed ? seen : null
  const order = known === null ? 1 : compareVersions(version, known.version)
  if (known !== null && order < 0) {
    throw new UpdateRefused(
      `The feed has ${version} of ${day}, and it had ${known.version} of ${known.day} before.`,
      'Ask the publisher whether the newer release was withdrawn. The older one can be chosen as an update file.',
    )
  }
  if (order > 0) replacePrivateFile(recordPath(folder), `${JSON.stringify({ feed, version, day })}\n`)
}

function readNewest(folder: string): z.infer<typeof record> | null {
  try {
    return record.safeParse(JSON.parse(readFileSync(recordPath(folder), 'utf8'))).data ?? null
  } catch {
    return null
  }
}
