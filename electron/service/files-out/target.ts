import { accessSync, constants, existsSync, lstatSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'

import type { WriteTarget } from '../../../shared/contract/common.ts'
import { profileIdPath } from '../../secrets/profile-id.ts'
import { keyFilePath } from '../../secrets/register-key-file.ts'
import { signingKeyPath } from '../../secrets/signing-key.ts'
import { teamKeysPath } from '../../secrets/team-secrets.ts'
import type { Context } from '../core/context.ts'
import type { Session } from '../core/session.ts'
import { absolutePath, explained, namedPath } from '../kit/paths.ts'
import { profileOfSample, profilePaths } from '../profile/paths.ts'
import { invalid } from '../kit/refusal.ts'
import type { SaveTarget, TargetKind } from '../core/save-targets.ts'

/**
 * A file that may be written, in a folder that is created if missing. Only `fileTarget` and `folderTarget` make
 * targets, and every writer takes one.
 */
export interface FileTarget {
  /** Absolute, links resolved. */
  readonly path: string
  /** The permissions of the file that is replaced; null where none may be. */
  readonly replaced: number | null
  readonly [checked]: 'file'
}

/** A folder that new files and folders may be written to; it is created if missing. */
export interface FolderTarget {
  /** Absolute, links resolved. */
  readonly path: string
  readonly [checked]: 'folder'
}

declare const checked: unique symbol

interface Asker extends Pick<Context, 'targets'> {
  readonly host: Pick<Context['host'], 'shell'>
  readonly session: () => Pick<Session, 'profile' | 'sample'>
}

/**
 * The file that an operation was asked to write: a path in a terminal, an answer of the dialog in a window. Throws
 * `Refusal` INVALID for one inside a profile, for an existing one unless it may be replaced, and for what cannot be a
 * file. An operation that never replaces a file has null for `force`.
 */
export function fileTarget(
  context: Asker,
  asked: { readonly path: WriteTarget; readonly force?: boolean | null | undefined },
): FileTarget {
  const chosen = chosenBy(context, asked.path, { kind: 'file', field: 'path', force: asked.force ?? false })
  const asPath = (path: string, replaced: number | null): FileTarget => {
    checkOutside(context, dirname(path), chosen.path, 'path')
    return { path, replaced } as FileTarget
  }
  return orExplained(chosen.path, 'path', () => {
    const entry = lstatSync(chosen.path, { throwIfNoEntry: false })
    if (entry === undefined) return asPath(join(getFolder(dirname(chosen.path)), basename(chosen.path)), null)
    const there = statSync(chosen.path, { throwIfNoEntry: false })
    if (there === undefined) {
      throw invalid('path', `${namedPath(chosen.path)} is a link that leads nowhere.`, 'Choose another name.')
    }
    if (!there.isFile()) {
      const what = there.isDirectory() ? 'a folder' : 'not a file'
      throw invalid('path', `${namedPath(chosen.path)} is ${what}.`, 'Give the name of a file, such as register.md.')
    }
    const target = asPath(realpathSync(chosen.path), there.mode & 0o777)
    if (!chosen.replaces) throw taken(chosen.path, context.host.shell === 'terminal' && asked.force !== null)
    // Renaming would replace even a file that its owner protected.
    accessSync(target.path, constants.W_OK)
    return target
  })
}

/** The folder that an operation was asked to write to, in the same way. */
export function folderTarget(context: Asker, directory: WriteTarget): FolderTarget {
  const { path } = chosenBy(context, directory, { kind: 'folder', field: 'directory', force: false })
  return orExplained(path, 'directory', () => {
    const folder = getFolder(path)
    if (!statSync(existing(folder)).isDirectory())
      throw invalid('directory', `${namedPath(path)} is not a folder.`, 'Choose a path through folders only.')
    checkOutside(context, folder, path, 'directory')
    return { path: folder } as FolderTarget
  })
}

/** A folder with its links resolved, as far as it exists; a writer creates the rest, for this user alone. */
function getFolder(path: string): string {
  const above = existing(path)
  return join(realpathSync(above), relative(above, path))
}

/** The nearest existing one of a path and the folders above it. A link that leads nowhere exists. */
function existing(path: string): string {
  return lstatSync(path, { throwIfNoEntry: false }) === undefined ? existing(dirname(path)) : path
}

/** A window shows pages and may be made to run foreign code: it names no path, and cannot answer a dialog. */
function chosenBy(
  { host, targets }: Asker,
  asked: WriteTarget,
  { kind, field, force }: { readonly kind: TargetKind; readonly field: string; readonly force: boolean },
): SaveTarget {
  if (typeof asked !== 'string') return targets.take(asked.handle, kind, field)
  if (host.shell === 'terminal') return { path: absolutePath(asked, field), replaces: force }
  throw invalid(field, 'A window writes only to a place that a person chose in the dialog.', 'Choose where to save.')
}

function taken(path: string, canReplace: boolean) {
  const hint = canReplace ? 'To replace it, add --force; or choose another name.' : 'Choose another name.'
  return invalid('path', `${namedPath(path)} exists already.`, hint)
}

/**
 * Throws for a folder in a profile: this one, that of its sample, or any other. A profile is recognized by its content,
 * not its name.
 */
function checkOutside({ session }: Asker, folder: string, asked: string, field: string): void {
  const { profile, sample } = session()
  const own = [profile, sample ? profileOfSample(profile) : null].flatMap((path) => findIdentity(path) ?? [])
  for (let at = folder; ; at = dirname(at)) {
    const found = findIdentity(at)
    if (own.some(({ dev, ino }) => dev === found?.dev && ino === found.ino) || isProfile(at)) {
      throw invalid(
        field,
        `${namedPath(asked)} is inside the profile ${namedPath(at)}, where an export could destroy the register or its key.`,
        'Choose a folder outside the profile.',
      )
    }
    if (at === dirname(at)) return
  }
}

function findIdentity(path: string | null): { readonly dev: bigint; readonly ino: bigint } | null {
  return (path === null ? undefined : statSync(path, { bigint: true, throwIfNoEntry: false })) ?? null
}

/** True if a folder contains what only a profile has, also one whose register was lost. */
function isProfile(folder: string): boolean {
  const { register, creating, writerLock } = profilePaths(folder)
  return [
    register,
    creating,
    writerLock,
    keyFilePath(folder),
    profileIdPath(folder),
    signingKeyPath(folder),
    teamKeysPath(folder),
  ].some((path) => existsSync(path))
}

function orExplained<T>(path: string, field: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw explained(error, path, 'write', field)
  }
}
