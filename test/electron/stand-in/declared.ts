import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const file = join(createRequire(import.meta.url).resolve('electron/package.json'), '../electron.d.ts')

/** The documentation of a call or an event in the types of the installed Electron. */
export interface Declaration {
  /** Its sentences, on one line. */
  readonly text: string
  /** The systems that have it, as `process.platform` names them; null for every system. */
  readonly systems: readonly string[] | null
  /** Whether it may be called only before or only after the application is ready; null for any time. */
  readonly order: 'before' | 'after' | null
}

/** The application at the moment of a call. */
export interface Moment {
  readonly platform: string
  readonly isReady: boolean
}

interface Kind {
  readonly body: string
  readonly base: string | undefined
}

let kinds: ReadonlyMap<string, Kind> | null = null
const declarations = new Map<string, Declaration | null>()

/** Returns the documentation of a call or an event; null for one that the types lack. */
export function findDeclaration(call: string): Declaration | null {
  const known = declarations.get(call)
  if (known !== undefined) return known
  kinds ??= readKinds()
  const { kind = '', member, event } = /^(?<kind>\w+)(?:\.(?<member>\w+)| '(?<event>.+)')$/u.exec(call)?.groups ?? {}
  const start =
    event === undefined
      ? new RegExp(String.raw`^ {4}(?:static )?(?:readonly )?(?:get )?${member}\??[(:]`, 'mu')
      : new RegExp(String.raw`^ {4}on\(event: '${event}'`, 'mu')
  const found = findIn(kinds, kind, start)
  declarations.set(call, found)
  return found
}

/** Returns why Electron would not do this at this moment, by its documentation; null where it would. */
export function explainRefusal(call: string, { platform, isReady }: Moment): string | null {
  const { systems = null, order = null } = findDeclaration(call) ?? {}
  if (systems !== null && !systems.includes(platform)) return `Electron has ${call} on ${systems.join(', ')} only.`
  if (order === 'before' && isReady) return `Electron has ${call} only before the application is ready.`
  if (order === 'after' && !isReady) return `Electron has ${call} only once the application is ready.`
  return null
}

const NAMES: Readonly<Record<string, string>> = { darwin: 'macOS', linux: 'Linux', win32: 'Windows' }

/** Returns the systems that have a call or an event, in words. */
export function formatSystems(call: string): string {
  const { systems = null } = findDeclaration(call) ?? {}
  return systems === null ? 'all' : systems.map((system) => NAMES[system] ?? system).join(', ')
}

/** The classes and interfaces of the types. */
function readKinds(): ReadonlyMap<string, Kind> {
  const text = readFileSync(file, 'utf8')
  const found = text.matchAll(
    /^ {2}(?:class|interface) (?<name>\w+)(?: extends (?:Electron\.)?(?<base>\w+))?.*$(?<body>[\s\S]*?)^ {2}\}$/gmu,
  )
  return new Map(
    [...found].map(({ groups }) => [groups?.['name'] ?? '', { body: groups?.['body'] ?? '', base: groups?.['base'] }]),
  )
}

function findIn(all: ReadonlyMap<string, Kind>, kind: string, start: RegExp): Declaration | null {
  const { body, base } = all.get(kind) ?? {}
  if (body === undefined) return null
  const at = body.search(start)
  if (at !== -1) return toDeclaration(body.slice(0, at))
  return base === undefined ? null : findIn(all, base, start)
}

/** Reads the comment at the end of what precedes a declaration. */
function toDeclaration(before: string): Declaration {
  const comment = before.trimEnd().endsWith('*/') ? before.slice(before.lastIndexOf('/**') + 3) : ''
  const text = comment
    .split('\n')
    .map((line) =>
      line
        .trim()
        .replace(/^\*+\/?/u, '')
        .trim(),
    )
    .join(' ')
    .replaceAll(/\s+/gu, ' ')
    .trim()
  const systems = /@platform (?<systems>[\w,]+)/u.exec(text)?.groups?.['systems']?.split(',') ?? null
  return { text, systems, order: toOrder(text) }
}

const BEFORE = /(?:can only be (?:used|called)|must be called) before (?:the `ready` event|app is ready)/u
const AFTER =
  /(?:can only be (?:used|called)|must be called) after (?:the `ready` event|(?:the )?app is ready)|cannot be called before the `ready` event|available after `app\.whenReady`/u

function toOrder(text: string): Declaration['order'] {
  if (BEFORE.test(text)) return 'before'
  return AFTER.test(text) ? 'after' : null
}
