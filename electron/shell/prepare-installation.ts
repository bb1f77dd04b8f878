import { createHash } from 'node:crypto'
import { constants, createReadStream, createWriteStream } from 'node:fs'
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'

import type { AppUpdater, BaseUpdater, MacUpdater, ResolvedUpdateFileInfo, UpdateInfo } from 'electron-updater'

import type { InstallQuestion } from '../../shared/contract/control.ts'
import { compareVersions } from '../../shared/domain/update/version.ts'

/** The subject that signs the packages for Windows, set by the build from `CASTELLAN_WINDOWS_PUBLISHER`; null: unsigned. */
declare const CASTELLAN_WINDOWS_PUBLISHER: string | null

/** A package that can replace this program as soon as its windows and its register are closed. */
export interface PreparedInstallation {
  /** The AppImage that is replaced, kept for the way back; null for other packages. */
  readonly kept: string | null
  /**
   * Replaces the program and starts it again. Returns true where this process has to end itself, and false where the
   * system ends it once it has taken the package (macOS). Throws where nothing was installed.
   */
  finish(): boolean
  /** Calls back when the system refuses the package after `finish`. */
  onRefused(listener: (reason: string) => void): void
}

/**
 * Has electron-updater prepare the installation of a package that the service verified; nothing is replaced before
 * `finish`. Of that library only the installation is used: it reads no feed and has no network, since its description
 * is the verified one and its download is a copy on this disk, whose SHA-512 is compared on the way. Its own checks of
 * the code signature (Windows, macOS) stay on. Throws where the package is refused.
 */
export async function prepareInstallation(question: InstallQuestion): Promise<PreparedInstallation> {
  const { folder, file, from, version } = question
  await rm(join(folder, 'install'), { recursive: true, force: true })
  const updater = await makeUpdater(question)
  updater.logger = null
  updater.autoDownload = false
  updater.autoInstallOnAppQuit = false
  updater.disableWebInstaller = true
  updater.disableDifferentialDownload = true
  // The person agreed to an older version; the library would otherwise ignore it.
  updater.allowDowngrade = compareVersions(version, from) < 0
  let refusal: Error | null = null
  let listener: ((reason: string) => void) | null = null
  updater.on('error', (error) => {
    refusal = error
    listener?.(error.message)
  })
  const found = await updater.checkForUpdates()
  if (found?.isUpdateAvailable !== true) throw new Error(`${version} cannot replace ${from} here.`)
  await updater.downloadUpdate()
  const kept = file.kind === 'appimage' ? await keepAppImage(folder) : null
  return {
    kept,
    onRefused: (next) => {
      listener = next
    },
    finish: () => {
      if (isMac(updater)) {
        updater.quitAndInstall()
        return false
      }
      refusal = null
      if (!(updater as BaseUpdater).install(false, true)) throw refusal ?? new Error('The installer did not start.')
      return true
    },
  }
}

function isMac(updater: AppUpdater): updater is MacUpdater {
  return !('install' in updater)
}

async function makeUpdater(question: InstallQuestion): Promise<AppUpdater> {
  const { AppImageUpdater, MacUpdater, NsisUpdater, Provider } = await import('electron-updater')
  const { path, folder, from, version, file } = question
  const info: UpdateInfo = {
    version,
    files: [{ url: file.name, sha512: toBase64(file.sha512), size: file.bytes }],
    path: file.name,
    sha512: toBase64(file.sha512),
    releaseDate: '',
  }

  /** The verified description, and the package on this disk. */
  class VerifiedProvider extends Provider<UpdateInfo> {
    override getLatestVersion = async (): Promise<UpdateInfo> => info
    override resolveFiles = (): ResolvedUpdateFileInfo[] =>
      info.files.map((each) => ({ url: pathToFileURL(path), info: each }))
  }

  const config = join(folder, 'installer.json')
  const publisher = typeof CASTELLAN_WINDOWS_PUBLISHER === 'string' ? [CASTELLAN_WINDOWS_PUBLISHER] : undefined
  await writeFile(config, JSON.stringify({ updaterCacheDirName: 'install', publisherName: publisher }), { mode: 0o600 })
  const app = {
    version: from,
    name: 'castellan',
    isPackaged: true,
    appUpdateConfigPath: config,
    userDataPath: folder,
    baseCachePath: folder,
    whenReady: async () => undefined,
    // The shell ends itself, once the register is closed.
    relaunch: () => undefined,
    quit: () => undefined,
    onQuit: () => undefined,
  }
  const updaters = { appimage: AppImageUpdater, nsis: NsisUpdater, zip: MacUpdater } as const
  const Updater = file.kind in updaters ? updaters[file.kind as keyof typeof updaters] : null
  if (Updater === null) throw new Error('The system or a person installs this kind of package.')
  const options = { provider: 'custom' as const, updateProvider: VerifiedProvider as never }
  const updater = new Updater(undefined, app)
  Object.assign(updater, { httpExecutor: { download: copyVerified } })
  updater.setFeedURL(options)
  return updater
}

/** The "download" of the library: a copy on this disk that is what the description has, or no file. */
async function copyVerified(
  url: URL,
  target: string,
  { sha512 }: { readonly sha512?: string | null },
): Promise<string> {
  const hash = createHash('sha512')
  const hashed = new Transform({
    transform(piece: Buffer, _encoding, done) {
      hash.update(piece)
      done(null, piece)
    },
  })
  await pipeline(createReadStream(fileURLToPath(url)), hashed, createWriteStream(target, { mode: 0o600 }))
  if (hash.digest('base64') === sha512) return target
  await rm(target, { force: true })
  throw new Error('The package was changed after it was verified. Download it again.')
}

/** Copies the AppImage that runs, since the library removes it. */
async function keepAppImage(folder: string): Promise<string | null> {
  const running = process.env['APPIMAGE']
  if (running === undefined) return null
  const before = join(folder, 'before')
  await rm(before, { recursive: true, force: true })
  await mkdir(before, { recursive: true, mode: 0o700 })
  const kept = join(before, basename(running))
  await copyFile(running, kept, constants.COPYFILE_FICLONE)
  return kept
}

function toBase64(hex: string): string {
  return Buffer.from(hex, 'hex').toString('base64')
}
