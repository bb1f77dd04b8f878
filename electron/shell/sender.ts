import { isOurs } from './origin.ts'

/** The sender of a message; frames of closed pages are null. */
export interface Sender<Frame extends { readonly url: string }> {
  readonly senderFrame: Frame | null
  readonly sender: { readonly mainFrame: Frame }
}

/** True if a message comes from the main frame of our page, and not from a frame in it or from a later page. */
export function isOurPage<Frame extends { readonly url: string }>(event: Sender<Frame>, origin: string): boolean {
  const frame = event.senderFrame
  return frame !== null && frame === event.sender.mainFrame && isOurs(frame.url, origin)
}
