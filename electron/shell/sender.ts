import { isOurs } from './origin.ts'

/** What a message says about its sender; frames of pages that are gone are null. */
export interface Sender<Frame extends { readonly url: string }> {
  readonly senderFrame: Frame | null
  readonly sender: { readonly mainFrame: Frame }
}

/** Whether a message comes from the main frame of a page of ours, and not from a frame in it or from what followed it. */
export function isOurPage<Frame extends { readonly url: string }>(event: Sender<Frame>, origin: string): boolean {
  const frame = event.senderFrame
  return frame !== null && frame === event.sender.mainFrame && isOurs(frame.url, origin)
}
