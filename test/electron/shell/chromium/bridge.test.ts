import type { MessagePort } from 'node:worker_threads'

import type { BrowserContext, Page } from 'playwright-core'
import { expect, it } from 'vitest'

import { bridge } from '../../../../electron/shell/chromium/bridge.ts'

type Called = (source: object, session: string, kind: string, payload: unknown) => void

/** A bridge to a page that calls it as the browser does, and the ports that the service got. */
async function bridged() {
  const calls: Called[] = []
  const page = { mainFrame: () => page, evaluate: async () => undefined }
  const context = {
    exposeBinding: async (_name: string, call: Called) => void calls.push(call),
    addInitScript: async () => undefined,
  }
  const ports: MessagePort[] = []
  const made = await bridge(context as unknown as BrowserContext, page as unknown as Page, 'http://x.test', {
    connect: (port) => void ports.push(port),
    open: () => undefined,
    used: () => undefined,
  })
  const attach = (session: string): void => calls[0]?.({ page, frame: page }, session, 'attach', session)
  return { made, ports, attach }
}

const countPorts = (): number => process.getActiveResourcesInfo().filter((name) => name === 'MessagePort').length

it('a page that attaches while the window closes gets no port, which would keep the process running', async () => {
  const { made, ports, attach } = await bridged()
  const before = countPorts()
  attach('first')
  expect(ports).toHaveLength(1)
  made.close()
  attach('second')
  expect(ports).toHaveLength(1)
  ports[0]?.close()
  await expect.poll(countPorts).toBe(before)
})
