import type { Update, UpdateDescription, UpdatePackage } from '../../../shared/contract/updates.ts'
import { compareVersions } from '../../../shared/domain/update/version.ts'
import { VERSION } from '../../../shared/domain/version.ts'
import type { Installation } from '../kit/installation.ts'
import { Refusal } from '../kit/refusal.ts'
import { readDescription } from './description.ts'
import { fetchDescription } from './feed.ts'
import { choosePackage } from './installation.ts'
import { refuseFallback } from './newest-seen.ts'
import { UpdateRefused } from './refused.ts'
import { readReleaseKey, type ReleaseKey } from './release-key.ts'

interface ReleaseQuestion {
  readonly feed: string
  readonly key: ReleaseKey
  /** Where the newest release of the feed is remembered; null: nowhere. */
  readonly folder: string | null
  readonly installation: Installation
}

/** Reads what the feed has: asked for by a person each time. Throws `UpdateRefused` for a release that is not taken. */
export async function findRelease(
  { feed, key, folder, installation }: ReleaseQuestion,
  signal: AbortSignal | undefined,
): Promise<{ readonly description: UpdateDescription; readonly file: UpdatePackage | null }> {
  const description = readDescription(await fetchDescription(feed, signal), key)
  const { version, day, files } = description
  if (compareWithOwn(version) === 'older') {
    throw new UpdateRefused(
      `The feed has ${version} of ${day}, which is older than ${VERSION}, the version that runs.`,
      'Nothing is to be done. The way back to an older version is an update file of it, chosen as such.',
    )
  }
  if (folder !== null) refuseFallback(folder, feed, description)
  return { description, file: choosePackage(files, installation) }
}

/** The release key of this build. Throws where it has none. */
export function getReleaseKey(): ReleaseKey {
  const key = readReleaseKey()
  if (key !== null) return key
  throw new Refusal(
    'CONFLICT',
    'This build of Castellan has no release key, so no update can be verified.',
    'Install the newer package over this one; in a working copy, pull and run npm run setup.',
  )
}

export function compareWithOwn(version: string): Update['compared'] {
  const order = compareVersions(version, VERSION)
  return order === 0 ? 'same' : order > 0 ? 'newer' : 'older'
}
