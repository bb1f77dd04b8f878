import type { NoteKind, ServiceHost } from '../../../../electron/service/kit/host.ts'
import { recordingHost } from '../services.ts'

export interface NotingHost extends ServiceHost {
  /** Every line of the runner, a problem with `! ` before it. */
  readonly lines: readonly string[]
  /** Resolves with the next line that contains the text, or one that came since the last call. */
  until(text: string): Promise<string>
}

/** A server without a desktop, whose lines a test waits for. */
export function notingHost(): NotingHost {
  const lines: string[] = []
  let read = 0
  let wake = (): void => undefined
  return {
    ...recordingHost('terminal'),
    lines,
    note: (line: string, kind: NoteKind) => {
      lines.push(kind === 'problem' ? `! ${line}` : line)
      wake()
    },
    until: async (text) => {
      for (;;) {
        for (; read < lines.length; read += 1) {
          const line = lines[read] ?? ''
          if (!line.includes(text)) continue
          read += 1
          return line
        }
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
  }
}
