import { Emulated, emulates } from './emulated.ts'

/** What arrives at a port: `data` as it was cloned, `ports` that came with it. */
export interface Arrived {
  readonly data: unknown
  readonly ports: readonly MessagePortMain[]
}

/** One end of a channel. What arrives waits until its holder takes it, wherever the holder is. */
export class End {
  #peer: End | null = null
  #take: ((arrived: Arrived) => void) | null = null
  #onClose: (() => void) | null = null
  readonly #waiting: Arrived[] = []

  static pair(): [End, End] {
    const [one, other] = [new End(), new End()]
    one.#peer = other
    other.#peer = one
    return [one, other]
  }

  post(arrived: Arrived): void {
    this.#peer?.receive(arrived)
  }

  receive(arrived: Arrived): void {
    if (this.#take === null) this.#waiting.push(arrived)
    else this.#take(arrived)
  }

  /** Takes what has waited, and all that comes; `onClose` hears once that the other end is closed. */
  hold(take: (arrived: Arrived) => void, onClose: () => void): void {
    this.#take = take
    this.#onClose = onClose
    for (const arrived of this.#waiting.splice(0)) take(arrived)
  }

  close(): void {
    const peer = this.#peer
    this.#peer = null
    if (peer === null) return
    peer.#peer = null
    peer.#onClose?.()
  }
}

/** Electron's port: it keeps its messages until it is started, and then hands each to the listeners of that moment. */
export class MessagePortMain extends Emulated {
  #end: End | null

  constructor(end: End) {
    super()
    this.#end = end
  }

  start(): void {
    this.#end?.hold(
      // Events of Electron come from outside, each in a turn of its own.
      ({ data, ports }) => setImmediate(() => this.emit('message', { data, ports })),
      () => setImmediate(() => this.emit('close')),
    )
  }

  postMessage(message: unknown, transfer: readonly MessagePortMain[] = []): void {
    this.#end?.post({
      data: structuredClone(message),
      ports: transfer.map((port) => new MessagePortMain(port.$take())),
    })
  }

  close(): void {
    this.#end?.close()
    this.#end = null
  }

  /** Takes the end away for another holder: the port is of no use after, as one that was transferred. */
  $take(): End {
    const end = this.#end
    if (end === null) throw new TypeError('Port at index 0 is already neutered.')
    this.#end = null
    return end
  }
}
emulates('MessagePortMain', MessagePortMain)

export class MessageChannelMain extends Emulated {
  readonly #ports: readonly [MessagePortMain, MessagePortMain]

  constructor() {
    super()
    const [one, other] = End.pair()
    this.#ports = [new MessagePortMain(one), new MessagePortMain(other)]
  }

  get port1(): MessagePortMain {
    return this.#ports[0]
  }

  get port2(): MessagePortMain {
    return this.#ports[1]
  }
}
emulates('MessageChannelMain', MessageChannelMain)

/** What crosses to another process: a message to the process itself (`to` null) or to a port, or that a port is closed. */
export interface Crossing {
  readonly to: string | null
  readonly data?: unknown
  readonly ports?: readonly string[]
  readonly closed?: true
}

/** Ports over a wire to another process. `receive` is to be called with all that comes over it. */
export function portWire(side: string, send: (crossing: Crossing) => void) {
  const ends = new Map<string, End>()
  let made = 0

  const hold = (id: string, end: End): void => {
    ends.set(id, end)
    end.hold(
      ({ data, ports }) => send({ to: id, data, ports: ports.map(share) }),
      () => {
        if (ends.delete(id)) send({ to: id, closed: true })
      },
    )
  }
  const share = (port: MessagePortMain): string => {
    made += 1
    const id = `${side}${made}`
    hold(id, port.$take())
    return id
  }
  const open = (id: string): MessagePortMain => {
    const [mine, theirs] = End.pair()
    hold(id, theirs)
    return new MessagePortMain(mine)
  }
  return {
    /** Hands a port over; what is returned names it on the other side. */
    share,
    post: (message: unknown, transfer: readonly MessagePortMain[]): void =>
      send({ to: null, data: structuredClone(message), ports: transfer.map(share) }),
    /** Hands a message to its port; what is for the process itself is returned. */
    receive: ({ to, data, ports = [], closed }: Crossing): Arrived | null => {
      if (to === null) return { data, ports: ports.map(open) }
      const end = ends.get(to)
      if (closed === true) {
        ends.delete(to)
        end?.close()
      } else end?.post({ data, ports: ports.map(open) })
      return null
    },
    closeAll: (): void => {
      for (const end of ends.values()) end.close()
      ends.clear()
    },
  }
}
