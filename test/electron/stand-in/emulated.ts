import { appendFileSync } from 'node:fs'
import { EventEmitter } from 'node:events'

import { explainRefusal } from './declared.ts'
import { EMULATED } from './sentences.ts'
import { setUp } from './set-up.ts'

/** Set when the application is ready. */
export const life = { isReady: false }

/** Throws where Electron would not do this on this system or at this time: a test on it would prove nothing. */
function refuseElsewhere(key: string): void {
  const reason = explainRefusal(key, { platform: setUp.platform, isReady: life.isReady })
  if (reason !== null) throw new Error(`The stand-in for Electron refuses this: ${reason}`)
}

const exercised = new Set<string>()

/** Notes that a call or an event of Electron happened; `$…` is the stand-in's own. */
export function note(key: string): void {
  exercised.add(key)
}

/** Writes what happened in this process to the file that the environment names, a line of JSON. */
export function writeExercised(): void {
  const file = process.env['STAND_IN_EXERCISED']
  if (file === undefined || exercised.size === 0) return
  appendFileSync(file, `${JSON.stringify({ test: process.env['STAND_IN_TEST'] ?? '', calls: [...exercised] })}\n`)
  exercised.clear()
}

/** Thrown for everything that the stand-in does not emulate: a test on it would prove nothing. */
function unknown(kind: string, member: string): Error {
  return new Error(
    `The stand-in for Electron does not emulate ${kind}.${member}: describe it in sentences.ts, or do not use it.`,
  )
}

/** What libraries and the runtime ask of any object. */
const ASKED_OF_ALL = new Set(['then', 'toJSON', 'domain', 'asymmetricMatch', 'nodeType', 'constructor', 'inspect'])

/** What an object answers for a name that none of its own has. */
function refusing(kind: string, beneath: object): object {
  return new Proxy(beneath, {
    get: (target, member, receiver): unknown => {
      if (typeof member === 'symbol' || member in target) return Reflect.get(target, member, receiver)
      if (ASKED_OF_ALL.has(member) || member.startsWith('_') || member.startsWith('$')) return undefined
      throw unknown(kind, member)
    },
  })
}

const kinds = new WeakMap<object, string>()

/** What emits Electron's events. An event that the stand-in never emits is not to be waited for. */
export class Emulated extends EventEmitter {
  constructor() {
    super()
    note(`new ${getKind(this)}`)
  }

  override on(event: string | symbol, listener: (...values: never[]) => void): this {
    this.#know(event)
    return super.on(event, listener as (...values: unknown[]) => void)
  }

  override once(event: string | symbol, listener: (...values: never[]) => void): this {
    this.#know(event)
    return super.once(event, listener as (...values: unknown[]) => void)
  }

  override emit(event: string | symbol, ...values: unknown[]): boolean {
    if (typeof event === 'string' && !event.startsWith('$')) refuseElsewhere(`${getKind(this)} '${event}'`)
    const heard = super.emit(event, ...values)
    if (heard && !String(event).startsWith('$')) note(`${getKind(this)} '${String(event)}'`)
    return heard
  }

  #know(event: string | symbol): void {
    const kind = getKind(this)
    if (
      typeof event === 'string' &&
      !event.startsWith('$') &&
      !Object.hasOwn(EMULATED, `${kind} '${event}'`) &&
      kind !== 'IpcMain'
    )
      throw unknown(kind, `on('${event}')`)
    if (typeof event === 'string' && !event.startsWith('$')) refuseElsewhere(`${kind} '${event}'`)
  }
}

function getKind(object: object): string {
  for (let at: object | null = object; at !== null; at = Object.getPrototypeOf(at) as object | null) {
    const kind = kinds.get(at)
    if (kind !== undefined) return kind
  }
  return ''
}

/** Makes a class one of Electron's: its calls are noted, each has its sentence, and any other name fails. */
export function emulates(kind: string, made: { readonly prototype: object }): void {
  kinds.set(made.prototype, kind)
  noteCalls(kind, made.prototype)
  noteCalls(kind, made)
  const beneath = Object.getPrototypeOf(made.prototype) as object
  Object.setPrototypeOf(made.prototype, refusing(kind, beneath))
}

/** Makes an object one of Electron's modules, as `emulates` does for a class. */
export function emulated<T extends object>(kind: string, object: T): T {
  noteCalls(kind, object)
  return refusing(kind, object) as T
}

const OF_EVERY_CLASS = new Set(['constructor', 'length', 'prototype', 'on', 'once', 'emit'])

function noteCalls(kind: string, object: object): void {
  for (const [name, description] of Object.entries(Object.getOwnPropertyDescriptors(object))) {
    if (name.startsWith('$') || OF_EVERY_CLASS.has(name) || (name === 'name' && typeof object === 'function')) continue
    const key = `${kind}.${name}`
    if (typeof description.value === 'function') {
      known(key)
      const call = description.value as (...values: unknown[]) => unknown
      Object.defineProperty(object, name, {
        ...description,
        value(this: unknown, ...values: unknown[]) {
          refuseElsewhere(key)
          note(key)
          return Reflect.apply(call, this, values)
        },
      })
    } else if (description.get !== undefined) {
      known(key)
      Object.defineProperty(object, name, {
        ...description,
        get(this: unknown) {
          refuseElsewhere(key)
          note(key)
          return description.get?.call(this) as unknown
        },
      })
    }
  }
}

function known(key: string): void {
  if (!Object.hasOwn(EMULATED, key)) throw new Error(`sentences.ts has no sentence for ${key}.`)
}
