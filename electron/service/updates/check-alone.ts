import { existsSync } from 'node:fs'

import type { UpdateDescription, UpdatePackage } from '../../../shared/contract/updates.ts'
import type { Installation } from '../kit/installation.ts'
import { Refusal } from '../kit/refusal.ts'
import { profileOfSample, profilePaths } from '../profile/paths.ts'
import { openPreferences } from '../profile/preferences.ts'
import { findRelease, getReleaseKey } from './find-release.ts'
import { findInstallation } from './installation.ts'

/** The content of a feed, as found without a register. */
export interface FoundAlone {
  readonly feed: string
  readonly keyFingerprint: string
  readonly description: UpdateDescription
  /** Null where the release has no package for this system and processor. */
  readonly file: UpdatePackage | null
  readonly installedAs: Installation['kind']
}

/**
 * Asks the given feed, or else the feed of the profile's preferences, without opening the register. A version that cannot open a
 * register can still be replaced then. Creates no profile. Throws `Refusal` without a feed, and as `findRelease` does.
 */
export async function checkAlone(profile: string, given: string | null): Promise<FoundAlone> {
  const key = getReleaseKey()
  const own = findOwner(profile)
  const feed = given ?? openPreferences(own).get().updateFeed
  if (feed === null) {
    throw new Refusal(
      'CONFLICT',
      'No feed is named, so there is nowhere to check.',
      'Name it for this check: castellan update check --feed ADDRESS. Or for every check of a profile: castellan update feed ADDRESS.',
    )
  }
  const installation = findInstallation()
  const folder = existsSync(own) ? profilePaths(own).updates : null
  const release = await findRelease({ feed, key, folder, installation }, undefined)
  return { feed, keyFingerprint: key.fingerprint, installedAs: installation.kind, ...release }
}

/** Updates are of the program: the sample agency uses the feed of the profile that it belongs to. */
function findOwner(profile: string): string {
  const owner = profileOfSample(profile)
  return owner !== null && existsSync(profilePaths(owner).register) ? owner : profile
}
