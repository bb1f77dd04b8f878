import { rmSync } from 'node:fs'
import { join } from 'node:path'

import type { UpdateDescription, UpdatePackage, Update, UpdateStatus } from '../../../shared/contract/updates.ts'
import { PACKAGES } from '../../../shared/domain/update/package-kind.ts'
import { VERSION } from '../../../shared/domain/version.ts'
import type { Context } from '../core/context.ts'
import type { Events } from '../kit/events.ts'
import type { Installation } from '../kit/installation.ts'
import { Refusal } from '../kit/refusal.ts'
import { profileOfSample, profilePaths } from '../profile/paths.ts'
import { openPreferences, type Preferences } from '../profile/preferences.ts'
import { downloadPackage, partialBytes } from './download.ts'
import { compareWithOwn, findRelease, getReleaseKey } from './find-release.ts'
import { findInstallation } from './installation.ts'
import { forgetInstallation, readLastInstallation, recordInstallation } from './last-installation.ts'
import { verifyOffline } from './offline.ts'
import { verifyPackage } from './package-file.ts'
import { readReleaseKey } from './release-key.ts'
import { UpdateRefused } from './refused.ts'
import { installSteps, OTHER_STEPS } from './steps.ts'

/** A release whose description was verified, and its package for this machine. */
interface VerifiedRelease {
  readonly source: Update['source']
  /** The feed that was checked; a package comes from no other. Null for a file. */
  readonly feed: string | null
  readonly description: UpdateDescription
  readonly file: UpdatePackage | null
  /** The package on this disk, once it was verified. */
  readonly path: string | null
}

interface State {
  found: VerifiedRelease | null
  isDownloading: boolean
}

/** The findings of a service since it runs; nothing is found again by itself. */
const states = new WeakMap<Events, State>()

function getState({ events }: Context): State {
  const state = states.get(events) ?? { found: null, isDownloading: false }
  states.set(events, state)
  return state
}

/** Updates are of the program: the sample agency uses the feed and the folder of the profile that it belongs to. */
function getOwn(context: Context): {
  readonly folder: string
  readonly downloads: string
  readonly preferences: Preferences
} {
  const { profile, sample, preferences } = context.session()
  const own = sample ? profileOfSample(profile) : null
  const { updates } = profilePaths(own ?? profile)
  return {
    folder: updates,
    downloads: join(updates, 'download'),
    preferences: own === null ? preferences : openPreferences(own),
  }
}

export function getUpdateStatus(context: Context): UpdateStatus {
  const { folder, preferences } = getOwn(context)
  const { found } = getState(context)
  return {
    version: VERSION,
    keyFingerprint: readReleaseKey()?.fingerprint ?? null,
    feed: preferences.get().updateFeed,
    installedAs: getInstallation(context).kind,
    update: found === null ? null : toUpdate(context, found),
    last: readLastInstallation(folder),
  }
}

function toUpdate(context: Context, { description, source, file, path }: VerifiedRelease): Update {
  const compared = compareWithOwn(description.version)
  const isForHere = file !== null && isForThisMachine(context, file)
  return {
    version: description.version,
    day: description.day,
    source,
    compared,
    file,
    partialBytes: file === null ? 0 : Math.min(partialBytes(getOwn(context).downloads, file), file.bytes),
    path,
    installs: path !== null && canInstall(context, file) && compared !== 'same',
    steps:
      getInstallation(context).kind === 'other'
        ? OTHER_STEPS
        : path === null || file === null
          ? []
          : isForHere
            ? installSteps(file.kind, path, compared === 'older')
            : [
                {
                  words: 'This package is for another system or processor, so it is not installed here.',
                  command: null,
                },
              ],
  }
}

function getInstallation({ installation }: Context): Installation {
  return installation ?? findInstallation()
}

function isForThisMachine(context: Context, { kind, arch }: UpdatePackage): boolean {
  const installation = getInstallation(context)
  return PACKAGES[kind].platform === installation.platform && arch === installation.arch
}

/** Of these kinds Castellan replaces its own program; a Debian package needs an administrator, a folder has its place from a person. */
const INSTALLED_HERE = ['appimage', 'nsis', 'zip']

function canInstall(context: Context, file: UpdatePackage | null): boolean {
  const { kind } = getInstallation(context)
  const isOwn = file !== null && file.kind === kind && INSTALLED_HERE.includes(kind) && isForThisMachine(context, file)
  return isOwn && context.host.installUpdate !== undefined
}

export async function setFeed(context: Context, feed: string | null): Promise<void> {
  await getOwn(context).preferences.set({ updateFeed: feed })
  getState(context).found = null
  context.events.changed('app')
}

/** Reads what the feed has: asked for by a person each time. Throws `UpdateRefused` for a release that is not taken. */
export async function checkFeed(context: Context, signal: AbortSignal | undefined): Promise<void> {
  const key = getReleaseKey()
  const state = getState(context)
  const feed = getOwn(context).preferences.get().updateFeed
  if (feed === null) {
    throw new Refusal(
      'CONFLICT',
      'No feed is named, so there is nowhere to check.',
      'Name it under Settings, About, or choose an update file.',
    )
  }
  state.found = null
  const { folder } = getOwn(context)
  const release = await findRelease({ feed, key, folder, installation: getInstallation(context) }, signal)
  state.found = { source: 'feed', feed, ...release, path: null }
  context.session().log.write('info', 'update.checked', { version: release.description.version })
}

/** Downloads and verifies what the last check found; yields the bytes that are here and their total. */
export async function* downloadUpdate(
  context: Context,
  signal: AbortSignal | undefined,
): AsyncGenerator<{ readonly bytes: number; readonly total: number }> {
  const state = getState(context)
  const { found } = state
  if (
    found === null ||
    found.feed === null ||
    found.file === null ||
    compareWithOwn(found.description.version) !== 'newer'
  ) {
    throw new Refusal('CONFLICT', 'There is no update to download.', 'Check for updates first.')
  }
  if (state.isDownloading) {
    throw new Refusal('CONFLICT', 'The update is being downloaded already.', 'Wait for it, or cancel it.')
  }
  const { feed, file } = found
  const { downloads } = getOwn(context)
  state.isDownloading = true
  try {
    for await (const bytes of downloadPackage({ feed, file, folder: downloads, signal })) {
      yield { bytes, total: file.bytes }
    }
    if (state.found === found) state.found = { ...found, path: join(downloads, file.name) }
    context.session().log.write('info', 'update.verified', { version: found.description.version })
  } finally {
    state.isDownloading = false
  }
}

/** Verifies a package and its description on this disk. `older` agrees to a version older than the one that runs. */
export async function verifyFile(context: Context, path: string, older: boolean): Promise<void> {
  const { description, file } = await verifyOffline(path, getReleaseKey())
  refuseOlder(description, older)
  getState(context).found = { source: 'file', feed: null, description, file, path }
}

/** Throws `UpdateRefused` for a release older than this version, unless that was agreed to. */
export function refuseOlder({ version, day }: UpdateDescription, isAgreed: boolean): void {
  if (isAgreed || compareWithOwn(version) !== 'older') return
  throw new UpdateRefused(
    `It is ${version} of ${day}, which is older than ${VERSION}, the version that runs.`,
    'Choose a newer one, or agree to go back to an older version: it opens only a register of its own time, from a backup.',
  )
}

/** Hands the package to the shell, which installs it and starts Castellan again, after it was verified again. */
export async function installUpdate(context: Context): Promise<void> {
  const { found } = getState(context)
  const { host } = context
  const file = found?.file ?? null
  if (!found?.path || file === null || !host.installUpdate || !toUpdate(context, found).installs) {
    throw new Refusal(
      'CONFLICT',
      'There is no verified update that Castellan can install here.',
      'Check for updates, and download.',
    )
  }
  const { folder } = getOwn(context)
  const { description, path } = found
  await verifyPackage(path, file)
  const begun = { from: VERSION, to: description.version, at: context.now(), kept: null }
  recordInstallation(folder, begun)
  const answer = await host.installUpdate({ path, folder, from: VERSION, version: description.version, file })
  if (answer.outcome === 'failed') {
    forgetInstallation(folder)
    throw new Refusal(
      'CONFLICT',
      `The update was not installed: ${answer.reason}`,
      'This version keeps running. Install the package yourself: docs/upgrade.md has the steps.',
    )
  }
  recordInstallation(folder, { ...begun, kept: answer.kept })
  context.session().log.write('info', 'update.installing', { version: description.version })
}

/** Removes what was downloaded, complete or not. */
export function discardDownload(context: Context): void {
  const state = getState(context)
  if (state.isDownloading) {
    throw new Refusal('CONFLICT', 'The update is being downloaded.', 'Cancel the download first.')
  }
  rmSync(getOwn(context).downloads, { recursive: true, force: true })
  if (state.found?.source === 'feed') state.found = { ...state.found, path: null }
}
