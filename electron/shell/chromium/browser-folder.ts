import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The entries of the browser's folder that may stay: settings, compiled scripts, and the window's own storage. */
const KEPT = new Set(['Default', 'Local State', 'First Run', 'Last Version', 'GPUPersistentCache'])
const KEPT_OF_PROFILE = new Set(['Preferences', 'Secure Preferences', 'Code Cache', 'GPUCache', 'Local Storage'])

/**
 * Prepares the browser's folder: deletes the history, since addresses name people, and makes the browser store nothing
 * that is typed, since a credential belongs only in the keychain. Returns whether the browser will place the window
 * itself, where it was last closed.
 */
export async function prepareFolder(folder: string): Promise<{ readonly placed: boolean }> {
  const profile = join(folder, 'Default')
  await mkdir(profile, { recursive: true, mode: 0o700 })
  await forget(folder)
  const path = join(profile, 'Preferences')
  const kept = objectIn(await readFile(path, 'utf8').catch(() => '{}'))
  const browser = parseObject(kept['browser'])
  const preferences = {
    ...kept,
    browser,
    credentials_enable_service: false,
    credentials_enable_autosignin: false,
    history: { ...parseObject(kept['history']), saving_disabled: true },
    profile: { ...parseObject(kept['profile']), password_manager_enabled: false, exit_type: 'Normal' },
    autofill: { ...parseObject(kept['autofill']), profile_enabled: false, credit_card_enabled: false },
    translate: { ...parseObject(kept['translate']), enabled: false },
    search: { ...parseObject(kept['search']), suggest_enabled: false },
  }
  await writeFile(path, JSON.stringify(preferences), { mode: 0o600 })
  return { placed: browser['app_window_placement'] !== undefined }
}

/** Removes the browser's history and usage data. No browser may be using the folder. */
export async function forget(folder: string): Promise<void> {
  await keepOnly(folder, KEPT)
  await keepOnly(join(folder, 'Default'), KEPT_OF_PROFILE)
}

async function keepOnly(folder: string, kept: ReadonlySet<string>): Promise<void> {
  const names = await readdir(folder).catch(() => [])
  await Promise.all(
    names.filter((name) => !kept.has(name)).map((name) => rm(join(folder, name), { recursive: true, force: true })),
  )
}

function objectIn(text: string): Record<string, unknown> {
  try {
    return parseObject(JSON.parse(text))
  } catch {
    return {}
  }
}

function parseObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
}
