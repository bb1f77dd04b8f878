/** The parts of the library that write and read messages; it has no types for them. */
declare module '@homebridge/dbus-native/lib/message.js' {
  interface BusMessage {
    type: number
    serial: number
    flags?: number
    path?: string
    interface?: string
    member?: string
    destination?: string
    sender?: string
    errorName?: string
    replySerial?: number
    signature?: string
    body?: readonly unknown[]
  }
  /** The part of a stream that it uses. */
  export interface MessageStream {
    read(size: number): Buffer | null
    on(event: 'readable', listener: () => void): unknown
  }
  const message: {
    marshall(message: BusMessage): Buffer
    unmarshalMessages(stream: MessageStream, onMessage: (message: BusMessage) => void, options: object): void
  }
  export default message
}

declare module '@homebridge/dbus-native/lib/handshake.js' {
  import type { Socket } from 'node:net'

  /** Authenticates a client, as the user of this process. */
  const handshake: (
    stream: Socket,
    options: { readonly authMethods: readonly string[] },
    onEnd: (error: Error | null, guid?: string) => void,
  ) => void
  export default handshake
}
