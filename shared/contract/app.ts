import { eventIterator } from '@orpc/contract'
import { z } from 'zod'

import { fileTargetShape, fileWritten, instant, operation, secretText } from './common.ts'

/** A permanent notice about this profile that the window shows until it is resolved. */
export const notice = z.object({
  kind: z.enum([
    'no-keychain',
    'register-key-in-file',
    'signing-key-in-file',
    'team-keys-in-file',
    'recovery-not-shown',
    'read-only',
    'preferences',
    'keychain',
    'register-lost-rows',
    'journal-end-missing',
    'network',
  ]),
  title: z.string(),
  detail: z.string(),
})
export type Notice = z.infer<typeof notice>

export const profileInfo = z.object({
  version: z.string(),
  profile: z.string(),
  /** The profile holds the sample agency; the window marks everything it shows as sample data. */
  sample: z.boolean(),
  /**
   * Why the register is closed: a person, inactivity or sleep locked it (`asked`), or its key is not on this machine
   * (`noKey`: a copied profile, a lost keychain entry). Null while it is open.
   */
  locked: z.enum(['asked', 'noKey']).nullable(),
  /** No client yet: the window shows the first run. */
  empty: z.boolean(),
  shell: z.enum(['electron', 'chromium', 'terminal']),
  operator: z.string(),
  keychain: z.object({ available: z.boolean(), detail: z.string() }),
  /** The proxy for calls to providers, without user and password; null without one. */
  proxy: z.string().nullable(),
  /** False until the recovery code has been shown once. */
  recoveryShown: z.boolean(),
  notices: z.array(notice),
})
export type ProfileInfo = z.infer<typeof profileInfo>

/** The commit that a build was made from, and its date (UTC). */
export const build = z.object({ commit: z.string(), date: z.string() })

/**
 * The sandbox of Chromium for the process of the window's page, and its reason. `why` is null where it is off although
 * nothing turned it off.
 */
export const sandboxState = z.object({ state: z.enum(['on', 'off', 'unknown']), why: z.string().nullable() })
export type SandboxState = z.infer<typeof sandboxState>

export const about = z.object({
  version: z.string(),
  /** Null where the build was made from files that are not a commit, or without git. */
  build: build.nullable(),
  /** Versions of the runtime; null for what is not part of this process, or is closed while locked. */
  versions: z.object({
    electron: z.string().nullable(),
    chromium: z.string().nullable(),
    node: z.string(),
    sqlite: z.string().nullable(),
  }),
  /** The operating system and its processor, such as `linux x64 6.12.0`. */
  system: z.string(),
  /** The sources of a locked screen, sleep and time without use; null where there is no window, or not known yet. */
  lock: z.string().nullable(),
  /** As the shell reports it; unknown until then. Null where there is no window. */
  sandbox: sandboxState.nullable(),
  profile: z.string(),
  /** The log file, as a path. */
  log: z.string(),
})
export type About = z.infer<typeof about>

export const AREAS = [
  'client',
  'connection',
  'sync',
  'access',
  'rotation',
  'policy',
  'today',
  'findings',
  'reviews',
  'remediation',
  'usage',
  'plan',
  'settings',
  'app',
] as const
export const area = z.enum(AREAS)
export type Area = z.infer<typeof area>

export const appEvent = z.discriminatedUnion('type', [
  /** The register changed in these areas; refetch what reads them. */
  z.object({ type: z.literal('changed'), areas: z.array(area) }),
  /** A person clicked a desktop notification, or the shell asks for a place in the window. */
  z.object({ type: z.literal('navigate'), to: z.string() }),
])
export type AppEvent = z.infer<typeof appEvent>

export const colourScheme = z.enum(['light', 'dark', 'auto'])

/** The operator's name, as the journal records it. */
export const operatorName = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^\P{Cc}+$/u, 'An operator name is one line without control characters.')

/**
 * After how many minutes of inactivity the register is locked, and whether it is locked when the machine sleeps; null:
 * never.
 */
export const LOCK_AFTER_MINUTES = [5, 15, 30, 60] as const
export const lockAfterMinutes = z.literal(LOCK_AFTER_MINUTES).nullable()

/** True if the desktop application stays in the tray when its window is closed; and if it starts at login. */
export const keepRunning = z.boolean()
export const startAtLogin = z.boolean()

/** The feed that a person named for updates, as `updates.setFeed` takes it; null: none. */
export const updateFeed = z.string().max(2000).nullable()

export const settings = z.object({
  operator: z.string(),
  colourScheme,
  lockAfterMinutes,
  keepRunning,
  startAtLogin,
  updateFeed,
})
export type Settings = z.infer<typeof settings>

export const appContract = {
  info: operation.output(profileInfo),
  events: operation.output(eventIterator(appEvent)),
  /** Opens the sample agency in a profile of its own; the window reloads with it. */
  openSample: operation.output(z.object({ profile: z.string() })),
  /** Leaves the sample for the profile it was opened from. */
  leaveSample: operation.output(z.object({ profile: z.string() })),
  /**
   * Closes the register and forgets its key, until `unlock`: calls under way end first, and every other operation is
   * refused from here on.
   */
  lock: operation.output(profileInfo),
  /**
   * Opens a locked register: with its recovery code, whose key is then kept in this machine's keychain, or without one
   * with the key that is kept there. `place` is where the window was when it was locked, such as `/keys?key=12`.
   */
  unlock: operation
    .input(z.object({ code: secretText(500, 0).optional() }))
    .output(profileInfo.extend({ place: z.string().nullable() })),
  /**
   * The recovery code that opens a copy of this register elsewhere. `confirm` must be the word SHOW. Written to the
   * journal.
   */
  recoveryCode: operation
    .input(z.object({ confirm: z.literal('SHOW') }))
    .output(z.object({ code: secretText(500), path: z.string() })),
  /**
   * Writes a recovery kit for printing or keeping: the code, what it opens, and how it is used. The form follows from the
   * file's ending: `.pdf` (CONFLICT where nothing can print), `.html`, else text. Written to the journal.
   */
  saveRecoveryKit: operation.input(z.object({ confirm: z.literal('SHOW'), ...fileTargetShape })).output(fileWritten),
  /** Which Castellan this is, what it runs on, and where it keeps what it writes. */
  about: operation.output(about),
  /**
   * The facts that support needs to find a fault, as JSON text: versions, files, counts, the results of the last syncs,
   * the last lines of the log. Contains no names and no data of the register.
   */
  diagnostics: operation.output(z.object({ text: z.string() })),
  /** Writes the same into a file. Written to the journal. */
  saveDiagnostics: operation.input(z.object(fileTargetShape)).output(fileWritten),
  /** SQLite's own check, the foreign keys, and the journal's chain of hashes. */
  integrity: operation.output(
    z.object({ ok: z.boolean(), problems: z.array(z.string()), journalRows: z.number().int(), checkedAt: instant }),
  ),
}

export const settingsContract = {
  get: operation.output(settings),
  set: operation
    .input(z.object({ operator: operatorName, colourScheme, lockAfterMinutes, keepRunning, startAtLogin }).partial())
    .output(settings),
}

/** The input of a browser's window whose file `openTarget` returns there: its page does not learn the path. */
export const FILE_INPUT_ID = 'castellan-chosen-file'

export const desktopContract = {
  /**
   * Asks where to save, with a desktop dialog that the window cannot answer: a file, or with `folder` a folder to write
   * into (then the name is empty). The handle is valid for one write operation; the path is only for display.
   */
  saveTarget: operation
    .input(
      z.object({ suggestedName: z.string().max(255), extension: z.string().max(10), folder: z.boolean().optional() }),
    )
    .output(
      z.discriminatedUnion('outcome', [
        z.object({ outcome: z.literal('chosen'), handle: z.string(), path: z.string() }),
        z.object({ outcome: z.literal('cancelled') }),
      ]),
    ),
  /**
   * Asks which file or folder to read, with the desktop's own dialog. It offers files with these extensions (`csv`,
   * without a dot) first, or all files if none is given. In a browser the window asks by an input first, and this
   * returns the path of the file in it. Returns `cancelled` where the desktop has no such dialog.
   */
  openTarget: operation
    .input(
      z.object({
        kind: z.enum(['file', 'folder']),
        title: z.string().min(1).max(100),
        extensions: z
          .array(z.string().regex(/^[a-z0-9]{1,10}$/u))
          .max(10)
          .readonly(),
      }),
    )
    .output(
      z.discriminatedUnion('outcome', [
        z.object({ outcome: z.literal('chosen'), path: z.string() }),
        z.object({ outcome: z.literal('cancelled') }),
      ]),
    ),
  /**
   * Asks the desktop to clear the clipboard after some seconds, on lock and on exit, if it still holds the text with
   * this digest (SHA-256, in hex). The text itself stays in the window. Null seconds: the clipboard is not cleared.
   */
  secretCopied: operation
    .input(z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/u) }))
    .output(z.object({ seconds: z.number().int().nullable() })),
  /** Passes the client in scope to the desktop, for the window's title. */
  scope: operation.input(z.object({ client: z.string().nullable() })).output(z.object({ title: z.string() })),
}
