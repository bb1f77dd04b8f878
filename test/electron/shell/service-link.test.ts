import { describe, expect, it, vi } from 'vitest'

import { linkService, type ServiceChannel } from '../../../electron/shell/service-link.ts'
import type { Desktop } from '../../../electron/shell/shell.ts'
import type { ShellPreferences, ToService, ToShell } from '../../../shared/contract/control.ts'

function parts() {
  const sent: ToService[] = []
  const copied: string[] = []
  const applied: ShellPreferences[] = []
  const listeners: { message?: (message: ToShell) => void; exit?: (code: number) => void } = {}
  const kill = vi.fn<() => void>(() => listeners.exit?.(1))
  const channel: ServiceChannel<string> = {
    send: (message) => void sent.push(message),
    onMessage: (listener) => {
      listeners.message = listener
    },
    onExit: (listener) => {
      listeners.exit = listener
    },
    kill,
  }
  const desktop: Desktop = {
    notify: () => undefined,
    saveTarget: () => Promise.reject(new Error('no dialog')),
    openTarget: ({ kind }) =>
      kind === 'folder'
        ? Promise.reject(new Error('no dialog'))
        : Promise.resolve({ outcome: 'chosen', path: '/exports/records.csv' }),
    setTitle: () => undefined,
    closeView: () => '/keys?key=12',
    secretCopied: (sha256) => void copied.push(sha256),
    setDue: () => undefined,
    printPdf: () => Promise.reject(new Error('no printer')),
    applyPreferences: (preferences) => void applied.push(preferences),
  }
  const link = linkService(channel, desktop, { profile: '/profiles/one', shell: 'chromium' })
  return {
    sent,
    copied,
    applied,
    kill,
    link,
    say: (message: ToShell) => listeners.message?.(message),
    exit: (code: number) => listeners.exit?.(code),
  }
}

describe('the link to the service', () => {
  it('opens the profile and is ready when the register is', async () => {
    const { sent, link, say } = parts()
    expect(sent).toEqual([{ type: 'open', profile: '/profiles/one', shell: 'chromium' }])
    say({ type: 'held' })
    await link.held
    say({ type: 'ready' })
    await link.ready
  })

  it('reports why the register is not open', async () => {
    const { link, say } = parts()
    say({ type: 'failed', message: 'Another process writes.', hint: 'Close it.' })
    const reason = { message: 'Another process writes.', hint: 'Close it.' }
    await expect(link.held).rejects.toMatchObject(reason)
    await expect(link.ready).rejects.toMatchObject(reason)
  })

  it('notices a service that ends by itself', async () => {
    const { link, exit } = parts()
    exit(139)
    await expect(link.ready).rejects.toMatchObject({ name: 'ServiceFailed' })
    expect(await link.ended).toBe(false)
  })

  it('answers a question about a file even when the desktop has no answer', async () => {
    const { sent, say } = parts()
    say({ type: 'ask-save', ask: 3, suggestedName: 'a.md', extension: 'md' })
    await vi.waitFor(() =>
      expect(sent).toContainEqual({ type: 'save-answer', ask: 3, answer: { outcome: 'cancelled' } }),
    )
  })

  it('answers a question about a file to read, also when the desktop has no answer', async () => {
    const { sent, say } = parts()
    say({ type: 'ask-open', ask: 5, kind: 'file', title: 'Choose usage records', extensions: ['csv'] })
    say({ type: 'ask-open', ask: 6, kind: 'folder', title: 'Choose a folder', extensions: [] })
    const chosen = { outcome: 'chosen', path: '/exports/records.csv' } as const
    await vi.waitFor(() => {
      expect(sent).toContainEqual({ type: 'open-answer', ask: 5, answer: chosen })
      expect(sent).toContainEqual({ type: 'open-answer', ask: 6, answer: { outcome: 'cancelled' } })
    })
  })

  it('gives the desktop the preferences of the profile', () => {
    const { applied, say } = parts()
    say({ type: 'preferences', colourScheme: 'auto', keepRunning: true, startAtLogin: false })
    expect(applied).toEqual([{ colourScheme: 'auto', keepRunning: true, startAtLogin: false }])
  })

  it('asks the service to check when the shell reports that the machine woke', () => {
    const { sent, link } = parts()
    link.checkNow()
    expect(sent.at(-1)).toEqual({ type: 'check-now' })
  })

  it('reports why a page could not be printed', async () => {
    const { sent, say } = parts()
    say({ type: 'ask-print', ask: 4, html: '<p>Report</p>' })
    const answer = { outcome: 'failed', reason: 'The page could not be printed: no printer' } as const
    await vi.waitFor(() => expect(sent).toContainEqual({ type: 'print-answer', ask: 4, answer }))
  })

  it('closes the view of a locked window and keeps its place for the service', () => {
    const { sent, say } = parts()
    say({ type: 'locked' })
    expect(sent).toContainEqual({ type: 'place', to: '/keys?key=12' })
  })

  it('gives the desktop the digest of a copied secret', () => {
    const { copied, say } = parts()
    say({ type: 'secret-copied', sha256: 'ab'.repeat(32) })
    expect(copied).toEqual(['ab'.repeat(32)])
  })

  it('closes in order, and ends a service that does not', async () => {
    const good = parts()
    const closed = good.link.close()
    good.say({ type: 'closed' })
    good.exit(0)
    await closed
    expect([await good.link.ended, good.kill.mock.calls.length]).toEqual([true, 0])
    const stuck = parts()
    await stuck.link.close(20)
    expect([await stuck.link.ended, stuck.kill.mock.calls.length]).toEqual([false, 1])
  })
})
