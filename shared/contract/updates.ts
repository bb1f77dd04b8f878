import { eventIterator } from '@orpc/contract'
import { z } from 'zod'

import { ARCHS, PACKAGE_KINDS } from '../domain/update/package-kind.ts'
import { VERSION_FORM } from '../domain/update/version.ts'
import { day, filePath, instant, operation } from './common.ts'

/** The name of a file of a release: no folder, nothing that a shell or an address reads in another way. */
const fileName = z.string().regex(/^[A-Za-z0-9](?:[A-Za-z0-9 _+-]|\.(?!\.)){0,150}$/u)

export const packageKind = z.enum(PACKAGE_KINDS)

/** One package of a release. `sha512` is in hex. */
export const updatePackage = z.object({
  name: fileName,
  kind: packageKind,
  arch: z.enum(ARCHS),
  bytes: z.number().int().min(1).max(4_000_000_000),
  sha512: z.string().regex(/^[0-9a-f]{128}$/u),
})
export type UpdatePackage = z.infer<typeof updatePackage>

/**
 * A release: the file `castellan-update.json`, whose bytes are signed by the release key. Unknown fields are refused,
 * so that nothing unread is taken as agreed.
 */
export const updateDescription = z.strictObject({
  format: z.literal('castellan-update-1'),
  version: z.string().regex(VERSION_FORM),
  /** The day of the release (UTC). */
  day,
  files: z.array(updatePackage.strict()).min(1).max(40),
})
export type UpdateDescription = z.infer<typeof updateDescription>

/** A release whose description was verified, and the package of it for this machine. */
export const update = z.object({
  version: z.string(),
  day,
  source: z.enum(['feed', 'file']),
  compared: z.enum(['newer', 'same', 'older']),
  /** Null where the release has no package for this system and processor. */
  file: updatePackage.nullable(),
  /** How much of the package an interrupted download left; the next one continues there. */
  partialBytes: z.number().int(),
  /** The verified package on this disk; null until it was downloaded or chosen. */
  path: z.string().nullable(),
  /** True if Castellan can install it and start again; otherwise `steps` describe what to do. */
  installs: z.boolean(),
  /** The steps to install it, in order; a step with a command has it to copy. */
  steps: z.array(z.object({ words: z.string(), command: z.string().nullable() })),
})
export type Update = z.infer<typeof update>

/** The last installation that a person began here. */
export const lastInstallation = z.object({
  from: z.string(),
  to: z.string(),
  at: instant,
  /** True if the version that runs is the one that was to be installed. */
  done: z.boolean(),
  /** The package that was replaced, kept for the way back; null where none was kept. */
  kept: z.string().nullable(),
})

export const updateStatus = z.object({
  version: z.string(),
  /** SHA-256 of the release key's public half, in hex; null where this build has none, so that no update is offered. */
  keyFingerprint: z.string().nullable(),
  /** The address that a person named; null: none, so that no check can be asked for. */
  feed: z.string().nullable(),
  /** The package that this program was installed from; `other` where no release has its kind, null in a working copy. */
  installedAs: z.enum([...PACKAGE_KINDS, 'other']).nullable(),
  /** The update by the last check or the chosen file; null before. */
  update: update.nullable(),
  last: lastInstallation.nullable(),
})
export type UpdateStatus = z.infer<typeof updateStatus>

/** Bytes of the package that are on the disk, the earlier part of an interrupted download included. */
export const downloadProgress = z.object({ bytes: z.number().int(), total: z.number().int() })

/**
 * Updates of the program. Nothing here runs by itself: a feed is called only by `check` and `download`. A description
 * is read only when the release key signed it, a package only when its size and SHA-512 are those of the description.
 */
export const updatesContract = {
  status: operation.output(updateStatus),
  /** Names the feed, or none. An address as of a provider: https, or http on this machine. */
  setFeed: operation.input(z.object({ feed: z.string().max(2000).nullable() })).output(updateStatus),
  /** Reads the description of the feed's release, in two requests. */
  check: operation.output(updateStatus),
  /**
   * Downloads the package of the last check, continuing an interrupted download, and verifies it. Ending the iteration
   * cancels it, and keeps what was downloaded.
   */
  download: operation.output(eventIterator(downloadProgress)),
  /**
   * Verifies a package on this disk by the description and its signature beside it, without a network. `older` agrees to
   * a version older than the one that runs.
   */
  verify: operation.input(z.object({ path: filePath, older: z.boolean().default(false) })).output(updateStatus),
  /** Installs the verified package and starts Castellan again; only where the shell can, after it was verified again. */
  install: operation.output(z.object({ started: z.literal(true) })),
  /** Removes what was downloaded, complete or not. */
  discard: operation.output(updateStatus),
}
