import { ChildProcess } from 'node:child_process'
import fs from 'node:fs'
import promises from 'node:fs/promises'
import { registerHooks, syncBuiltinESMExports } from 'node:module'
import { constants } from 'node:os'
import { resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { getSystemErrorMap } from 'node:util'

import { USES } from './calls.ts'
import { findEntry, type Fold } from './names.ts'
import { RULES, type SystemName } from './system.ts'

/** One call of `node:fs`, with its paths as they are on the disk. */
export interface Call {
  /** Without `Sync`. */
  readonly name: string
  readonly args: readonly unknown[]
  /** The path of what it makes. */
  readonly makes: string | null
  /** The path whose name is removed. */
  readonly removes: string | null
}

/** The rules of a system by which files are named, opened, renamed and removed. */
export interface System {
  readonly name: SystemName
  /** The module that applies the rules, for the processes that this one starts. */
  readonly preload: string
  readonly fold: Fold
  /** The code of the error that the system has for a call, such as `EBUSY`; null where it allows it. */
  readonly refuse: (call: Call) => string | null
  /** The same for `fsync` of a descriptor. */
  readonly refuseSync: (descriptor: number) => string | null
  /** The signal that a process gets where another was to be sent; null where the system has no such signal. */
  readonly signal: (signal: string | number) => string | number | null
  /** The number of characters from which on SQLite opens no path. */
  readonly longestPath: number
}

type Callable = (this: unknown, ...args: unknown[]) => unknown
type Functions = Record<string, Callable | undefined>

/**
 * Puts this process, its threads and the processes that it starts under the rules of a system, as far as Node and
 * SQLite meet them. Tests themselves may do what the system forbids: the rules are for the product.
 */
export async function applyRules(system: System): Promise<void> {
  const own = fs as unknown as Functions
  for (const name of Object.keys(USES)) {
    replace(own, `${name}Sync`, (original) => (self, args) => original.apply(self, checked(system, name, args)))
    replace(own, name, (original) => (self, args) => withCallback(system, name, original, self, args))
    replace(promises as unknown as Functions, name, (original) => async (self, args) => {
      return original.apply(self, checked(system, name, args))
    })
  }
  await ruleSync(system, own)
  ruleSignals(system)
  ruleSqlite(system)
  syncBuiltinESMExports()
  process.env[RULES] = system.name
  const option = `--import=${pathToFileURL(system.preload).href}`
  const options = process.env['NODE_OPTIONS'] ?? ''
  if (!options.includes(option)) process.env['NODE_OPTIONS'] = `${options} ${option}`.trim()
}

function replace(
  functions: Functions,
  name: string,
  wrap: (original: Callable) => (self: unknown, args: unknown[]) => unknown,
): void {
  const original = functions[name]
  if (original === undefined) return
  const wrapped = wrap(original)
  const ruled: Callable = function (...args) {
    return wrapped(this, args)
  }
  // `realpath.native` and what `promisify` looks for.
  Object.defineProperties(ruled, Object.getOwnPropertyDescriptors(original))
  functions[name] = ruled
}

function withCallback(system: System, name: string, original: Callable, self: unknown, args: unknown[]): unknown {
  const callback = args.at(-1)
  if (typeof callback !== 'function') return original.apply(self, checked(system, name, args))
  let ruled: unknown[]
  try {
    ruled = checked(system, name, args)
  } catch (error) {
    process.nextTick(() => callback(error))
    return undefined
  }
  return original.apply(self, ruled)
}

/** The arguments with the paths as they are on the disk. Throws the error that the system has for the call. */
function checked(system: System, name: string, args: unknown[]): unknown[] {
  const { finds = [], makes, removes } = USES[name] ?? {}
  const ruled = [...args]
  const find = (at: number): string | null => {
    const path = toPath(args[at])
    return path === null ? null : findEntry(path, system.fold)
  }
  for (const at of finds) ruled[at] = find(at) ?? args[at]
  const made = makes === undefined ? null : find(makes)
  // A name may change its case: the file is not in its own way.
  const isSame = name === 'rename' && made !== null && resolve(made) === resolve(String(ruled[0]))
  if (makes !== undefined && made !== null && !isSame) ruled[makes] = made
  const call: Call = {
    name,
    args,
    makes: made === null || isSame ? null : made,
    removes: removes === undefined || isSame ? null : toPath(ruled[removes]),
  }
  const code = system.refuse(call)
  if (code !== null && callerIsRuled()) throw systemError(code, name, call.removes ?? call.makes ?? '')
  return ruled
}

function toPath(value: unknown): string | null {
  if (value instanceof URL) return fileURLToPath(value)
  return typeof value === 'string' && value !== '' && !value.includes('\0') ? value : null
}

function systemError(code: string, call: string, path?: string): Error {
  const number = -(constants.errno as Readonly<Record<string, number>>)[code]!
  const [, words] = getSystemErrorMap().get(number) ?? []
  const error = new Error(`${code}: ${words}, ${call}${path === undefined ? '' : ` '${path}'`}`)
  return Object.assign(error, { errno: number, code, syscall: call }, path === undefined ? {} : { path })
}

/** A frame of the engine, of Node, or of this folder. */
const PASSED = /\(?(?:node:|native$|<anonymous>|.*\/test\/rules\/(?!try-))/u
const EXEMPT = /\/test\/(?!rules\/try-)|\/node_modules\/(?:vitest|vite|@vitest|vite-node|tinypool)\//u

/** Whether the nearest caller is the product or one of its libraries. */
function callerIsRuled(): boolean {
  const frame = callers()
    .map((line) => line.replace(/^.* \((.*)\)$/u, '$1'))
    .find((line) => !PASSED.test(line))
  return frame === undefined || !EXEMPT.test(frame)
}

/** Where the functions are that led to the present call, the nearest first. */
export function callers(): readonly string[] {
  const before = Error.stackTraceLimit
  Error.stackTraceLimit = 40
  const { stack = '' } = new Error('callers')
  Error.stackTraceLimit = before
  return stack
    .split('\n')
    .slice(1)
    .map((line) => line.replace(/^\s+at (?:async )?/u, ''))
}

async function ruleSync(system: System, own: Functions): Promise<void> {
  const check = (descriptor: unknown, call: string): void => {
    const code = system.refuseSync(Number(descriptor))
    if (code !== null && callerIsRuled()) throw systemError(code, call)
  }
  for (const name of ['fsync', 'fdatasync']) {
    replace(own, `${name}Sync`, (original) => (self, args) => {
      check(args[0], name)
      return original.apply(self, args)
    })
    replace(own, name, (original) => (self, args) => {
      try {
        check(args[0], name)
      } catch (error) {
        process.nextTick(() => (args.at(-1) as Callable)(error))
        return undefined
      }
      return original.apply(self, args)
    })
  }
  const handle = await promises.open('/dev/null')
  const prototype = Object.getPrototypeOf(handle) as Functions
  for (const name of ['sync', 'datasync']) {
    replace(prototype, name, (original) => async (self, args) => {
      check((self as { readonly fd: number }).fd, name)
      return original.apply(self, args)
    })
  }
  await handle.close()
}

function ruleSignals(system: System): void {
  const rule = (signal: unknown): string | number => {
    const given = typeof signal === 'string' || typeof signal === 'number' ? signal : 'SIGTERM'
    const sent = callerIsRuled() ? system.signal(given) : given
    if (sent === null) throw systemError('ENOSYS', 'kill')
    return sent
  }
  const replaceKill = (owner: Functions, at: number): void =>
    replace(owner, 'kill', (original) => (self, args) => original.apply(self, [...args.slice(0, at), rule(args[at])]))
  replaceKill(process as unknown as Functions, 1)
  replaceKill(ChildProcess.prototype as unknown as Functions, 0)
}

const SQLITE = /\/better-sqlite3\/lib\/index\.js$/u

/** Where a loaded SQLite finds the function that puts it under the rules. */
const RULE_SQLITE = 'castellanRuleSqlite'

/** SQLite opens its files itself, so its module gets the paths that are on the disk. */
function ruleSqlite(system: System): void {
  Object.assign(globalThis, { [RULE_SQLITE]: (Database: Constructor) => ruledDatabase(system, Database) })
  registerHooks({
    load: (url, context, next) => {
      const loaded = next(url, context)
      if (!SQLITE.test(url)) return loaded
      const source = fs.readFileSync(fileURLToPath(url), 'utf8')
      return { ...loaded, source: `${source}\nmodule.exports = globalThis.${RULE_SQLITE}(module.exports);` }
    },
  })
}

interface Constructor {
  new (path?: string, options?: object): object
  readonly SqliteError: new (message: string, code: string) => Error
}

function ruledDatabase(system: System, Database: Constructor): Constructor {
  const open = (path: string | undefined): string | undefined => {
    if (path === undefined || path === '' || path === ':memory:') return path
    if (callerIsRuled() && resolve(path).length + '-journal'.length > system.longestPath) {
      throw new Database.SqliteError('unable to open database file', 'SQLITE_CANTOPEN')
    }
    return findEntry(path, system.fold)
  }
  return new Proxy(Database, {
    construct: (target, [path, options]: [string | undefined, object | undefined], given) =>
      Reflect.construct(target, [open(path), options], given) as object,
    apply: (target, _, [path, options]: [string | undefined, object | undefined]) => new target(open(path), options),
  })
}
