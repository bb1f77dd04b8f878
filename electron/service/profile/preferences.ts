import { readFileSync, renameSync } from 'node:fs'
import { userInfo } from 'node:os'

import { z } from 'zod'

import {
  colourScheme,
  keepRunning,
  lockAfterMinutes,
  operatorName,
  startAtLogin,
  updateFeed,
  type Settings,
} from '../../../shared/contract/app.ts'
import { createPrivateFolder, errorCode } from '../../files/private-file.ts'
import { profilePaths } from './paths.ts'

/** A person's settings of the application in one profile, and what was wrong with them. */
export interface Preferences {
  get(): Settings
  /** Writes the given values, keeps the rest, and returns the result. Throws `ZodError` for a value out of bounds. */
  set(change: { readonly [Name in keyof Settings]?: Settings[Name] | undefined }): Promise<Settings>
  /** For people: what could not be read and what was done about it. */
  readonly notices: readonly string[]
}

const schemas = { operator: operatorName, colourScheme, lockAfterMinutes, keepRunning, startAtLogin, updateFeed }

/**
 * Reads `preferences.json` of a profile. Values that are absent or out of bounds are replaced by defaults, one by one;
 * a file that is not a JSON object is moved aside. Both are named in `notices`. Nothing is created before `set`.
 *
 * Written through `conf`, the library under electron-store, which the Electron shell uses on the same file; its other
 * keys are kept. It takes too long to load for a terminal verb, so the first change loads it.
 */
export function openPreferences(profile: string): Preferences {
  const path = profilePaths(profile).preferences
  const { stored, notices } = readStored(path)
  const wrong: string[] = []
  const read = <K extends keyof typeof schemas>(name: K, fallback: Settings[K]): Settings[K] => {
    const [value, notice] = valueOf(stored, path, name, fallback)
    if (notice !== null) wrong.push(notice)
    return value
  }
  let current: Settings = {
    operator: read('operator', operatorOfSystem()),
    colourScheme: read('colourScheme', 'auto'),
    lockAfterMinutes: read('lockAfterMinutes', 15),
    keepRunning: read('keepRunning', false),
    startAtLogin: read('startAtLogin', false),
    updateFeed: read('updateFeed', null),
  }
  return {
    get: () => current,
    set: async (change) => {
      const checked = z.object(schemas).partial().parse(change)
      createPrivateFolder(profile)
      const { default: Conf } = await import('conf')
      const file = new Conf<Record<string, unknown>>({
        cwd: profile,
        configName: 'preferences',
        configFileMode: 0o600,
        clearInvalidConfig: true,
      })
      const changed = Object.fromEntries(Object.entries(checked).filter(([, value]) => value !== undefined))
      file.set(changed)
      current = { ...current, ...changed }
      return current
    },
    notices: [...notices, ...wrong],
  }
}

interface PreferenceFile {
  readonly stored: Readonly<Record<string, unknown>>
  readonly notices: readonly string[]
}

function readStored(path: string): PreferenceFile {
  try {
    const parsed: unknown = JSON.parse(readFileSync(path, 'utf8'))
    const object = z.record(z.string(), z.unknown()).safeParse(parsed)
    return object.success ? { stored: object.data, notices: [] } : setAside(path)
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return { stored: {}, notices: [] }
    if (error instanceof SyntaxError) return setAside(path)
    return {
      stored: {},
      notices: [`${path} could not be read (${errorCode(error) ?? 'unknown error'}); defaults are used.`],
    }
  }
}

function setAside(path: string): PreferenceFile {
  const aside = path.replace(/\.json$/u, `.broken-${new Date().toISOString().replaceAll(':', '')}.json`)
  try {
    renameSync(path, aside)
    return {
      stored: {},
      notices: [`${path} was not readable as JSON; defaults are used, and the file was moved to ${aside}.`],
    }
  } catch {
    return { stored: {}, notices: [`${path} is not readable as JSON; defaults are used.`] }
  }
}

function valueOf<K extends keyof typeof schemas>(
  stored: Readonly<Record<string, unknown>>,
  path: string,
  name: K,
  fallback: Settings[K],
): readonly [value: Settings[K], notice: string | null] {
  if (stored[name] === undefined) return [fallback, null]
  const read = schemas[name].safeParse(stored[name])
  if (read.success) return [read.data as Settings[K], null]
  return [fallback, `The value of “${name}” in ${path} is out of bounds; “${fallback}” is used.`]
}

/** The login name; some containers run under a user id that has none. */
function operatorOfSystem(): string {
  try {
    return schemas.operator.catch('operator').parse(userInfo().username)
  } catch {
    return 'operator'
  }
}
