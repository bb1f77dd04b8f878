import { connect, type Socket } from 'node:net'

import handshake from '@homebridge/dbus-native/lib/handshake.js'
import message, { type MessageStream } from '@homebridge/dbus-native/lib/message.js'

import { parseBusAddress } from './bus-address.ts'

const CALL = 1
const REPLY = 2
const ERROR = 3
const SIGNAL = 4
/** A service that is not running is not started by our question. */
const NO_AUTO_START = 2

/** The wait for a bus, or for a service on it, in milliseconds. */
const PATIENCE_MS = 2000

/** A method of a service on the bus. */
export interface BusCall {
  readonly to: string
  readonly path: string
  readonly interface: string
  readonly member: string
  readonly signature?: string
  readonly body?: readonly unknown[]
}

/** A signal of a service. `sender` and `path` are any where they are not given. */
export interface BusSignal {
  readonly sender?: string
  readonly path?: string
  readonly interface: string
  readonly member: string
}

/** A connection to a D-Bus. */
export interface Bus {
  /** Returns the values of the reply. Throws for a refusal, a service that does not answer, and a lost connection. */
  call(call: BusCall): Promise<readonly unknown[]>
  /** Calls the listener with the values of each such signal. */
  listen(signal: BusSignal, listener: (values: readonly unknown[]) => void): Promise<void>
  /** True if a service has the name now. */
  hasOwner(name: string): Promise<boolean>
  /** Resolves when the connection has ended. */
  readonly ended: Promise<void>
  close(): void
}

const DAEMON = { to: 'org.freedesktop.DBus', path: '/org/freedesktop/DBus', interface: 'org.freedesktop.DBus' }

/** Connects to a bus. Throws with the reason where that is not possible. */
export async function connectBus(address: string): Promise<Bus> {
  const path = parseBusAddress(address)
  if (path === null) throw new Error(`The address ${address} names no Unix socket.`)
  const socket = connect(path)
  socket.unref()
  const ended = Promise.withResolvers<void>()
  const failed = Promise.withResolvers<never>()
  failed.promise.catch(() => undefined)
  socket.on('error', (error) => failed.reject(error))
  socket.on('close', () => {
    failed.reject(new Error('The connection to the D-Bus has ended.'))
    ended.resolve()
  })
  try {
    await within(Promise.race([authenticate(socket), failed.promise]), 'the D-Bus')
    const bus = newBus(socket, ended.promise)
    await bus.call({ ...DAEMON, member: 'Hello' })
    return bus
  } catch (error) {
    socket.destroy()
    throw error
  }
}

/** A message that the library cannot read ends the connection, and not the process. */
function guard(socket: Socket): MessageStream {
  return {
    read: (size) => socket.read(size) as Buffer | null,
    on: (event, read) =>
      socket.on(event, () => {
        try {
          read()
        } catch (error) {
          socket.destroy(error as Error)
        }
      }),
  }
}

function authenticate(socket: Socket): Promise<void> {
  return new Promise((settle, refuse) => {
    handshake(socket, { authMethods: ['EXTERNAL'] }, (error) => (error === null ? settle() : refuse(error)))
  })
}

function newBus(socket: Socket, ended: Promise<void>): Bus {
  const waiting = new Map<number, PromiseWithResolvers<readonly unknown[]>>()
  const listeners: (readonly [BusSignal, (values: readonly unknown[]) => void])[] = []
  /** The names by which the bus knows the services that signals are taken from; empty while a service does not run. */
  const owners = new Map<string, string>([[DAEMON.to, DAEMON.to]])
  let serial = 0

  message.unmarshalMessages(
    guard(socket),
    (arrived) => {
      const values = arrived.body ?? []
      if (arrived.type === SIGNAL) {
        for (const [signal, listener] of listeners) if (matches(signal, arrived, owners)) listener(values)
      }
      if (arrived.type !== REPLY && arrived.type !== ERROR) return
      const answer = waiting.get(arrived.replySerial ?? 0)
      waiting.delete(arrived.replySerial ?? 0)
      if (arrived.type === REPLY) answer?.resolve(values)
      else answer?.reject(new Error([arrived.errorName, ...values].join(': ')))
    },
    {},
  )
  void refuseAtEnd()

  async function refuseAtEnd(): Promise<void> {
    await ended
    for (const answer of waiting.values()) answer.reject(new Error('The connection to the D-Bus has ended.'))
    waiting.clear()
  }

  const call: Bus['call'] = async ({ to, ...rest }) => {
    if (socket.destroyed) throw new Error('The connection to the D-Bus has ended.')
    serial += 1
    const own = serial
    const answer = Promise.withResolvers<readonly unknown[]>()
    waiting.set(own, answer)
    socket.write(message.marshall({ ...rest, type: CALL, serial: own, flags: NO_AUTO_START, destination: to }))
    try {
      return await within(answer.promise, to)
    } finally {
      waiting.delete(own)
    }
  }
  const ask = (member: string, text: string): Promise<readonly unknown[]> =>
    call({ ...DAEMON, member, signature: 's', body: [text] })

  const listen: Bus['listen'] = async (signal, listener) => {
    if (signal.sender !== undefined) await follow(signal.sender)
    listeners.push([signal, listener])
    await ask('AddMatch', toRule(signal))
  }
  /** Keeps the name by which the bus knows a service: another program may send what looks like its signal to this one directly. */
  const follow = async (service: string): Promise<void> => {
    if (owners.has(service)) return
    owners.set(service, '')
    const changed = { sender: DAEMON.to, interface: DAEMON.interface, member: 'NameOwnerChanged' }
    await listen(changed, ([name, _before, owner]) => {
      if (name === service) owners.set(service, String(owner))
    })
    const [owner] = await ask('GetNameOwner', service).catch(() => [''])
    owners.set(service, String(owner))
  }

  return {
    call,
    listen,
    hasOwner: async (name) => (await ask('NameHasOwner', name))[0] === true,
    ended,
    close: () => void socket.destroy(),
  }
}

/** True if a message is the signal: a service has another name as the sender of a message, which `owners` has. */
function matches(
  signal: BusSignal,
  { sender, path, interface: face, member }: Partial<Record<keyof BusSignal, string>>,
  owners: ReadonlyMap<string, string>,
): boolean {
  return (
    signal.interface === face &&
    signal.member === member &&
    (signal.path === undefined || signal.path === path) &&
    (signal.sender === undefined || (sender !== '' && owners.get(signal.sender) === sender))
  )
}

function toRule(signal: BusSignal): string {
  return ['type=signal', ...Object.entries(signal).map(([name, value]) => `${name}=${String(value)}`)]
    .map((part) => part.replace(/=(?<value>.*)$/u, "='$<value>'"))
    .join(',')
}

/** Throws when the answer does not come within the patience. */
async function within<T>(answer: Promise<T>, of: string): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error(`${of} does not answer.`)), PATIENCE_MS)
  try {
    return await Promise.race([answer, late.promise])
  } finally {
    clearTimeout(timer)
  }
}

/** The value of a variant as the library reads it: its type, then its one value. */
export function readVariant(variant: unknown): unknown {
  return Array.isArray(variant) && Array.isArray(variant[1]) ? (variant[1] as readonly unknown[])[0] : undefined
}
