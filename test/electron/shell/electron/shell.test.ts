import { join } from 'node:path'

import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { answered, opened, type Opened, openedSample, places, say } from '../desktop-parts.ts'
import { countPdfPages, PAGE_WITH_SCRIPT } from '../page-with-script.ts'

/** Makes the page report unsaved changes, as a form does; Chromium asks only after the person did something. */
async function leaveUnsaved(page: Page): Promise<void> {
  await page.evaluate(() => addEventListener('beforeunload', (event) => event.preventDefault()))
  await page.mouse.click(5, 5)
}

/** What does not end the application is tried on one, on the sample agency. */
let shared: Opened
const ends: (() => Promise<void>)[] = []

beforeAll(async () => {
  shared = await openedSample({ atEnd: (end) => ends.push(end) })
})

afterAll(async () => {
  for (const end of ends) await end()
})

describe('a notification', () => {
  it('that is clicked late brings the window forward, at its place', async () => {
    const { application, page } = shared
    await application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize())
    await say(application, { type: 'notify', notification: { title: 'Due', body: 'A key', to: '/rotation' } })
    await application.evaluate(({ Notification }) => {
      process.getBuiltinModule('node:v8').setFlagsFromString('--expose-gc')
      ;(process.getBuiltinModule('node:vm').runInNewContext('gc') as () => void)()
      Notification.$shown.at(-1)?.deref()?.emit('click')
    })
    await page.waitForURL('**/rotation*')
    const window = await application.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((each) => each.isMinimized()),
    )
    expect(window).toEqual([false])
  })

  it('leads to our own pages only', async () => {
    const { application, page } = shared
    for (const to of ['//example.com/', 'https://example.com/', '/\\example.com', 'javascript:alert(1)', '/a\nb']) {
      await say(application, { type: 'notify', notification: { title: 'Due', body: 'A key', to } })
      await application.evaluate(({ Notification }) => Notification.$shown.at(-1)?.deref()?.emit('click'))
    }
    const before = await places(application)
    await page.getByRole('link', { name: 'People' }).first().click()
    await page.waitForURL('**/people*')
    expect([before, page.context().pages().length]).toEqual([
      [expect.stringMatching(/^app:\/\/register\/rotation/u)],
      1,
    ])
  })
})

describe('a dialog of the desktop', () => {
  it('begins in the folder of downloads that the system names, with a file’s name or for a folder', async () => {
    const { application } = shared
    await say(application, { type: 'ask-save', ask: 7, suggestedName: 'register.md', extension: 'md' })
    await say(application, { type: 'ask-save', ask: 8, suggestedName: '', extension: '', folder: true })
    const downloads = join(application.home, 'Downloads')
    expect(await application.evaluate(({ person }) => person.asked)).toEqual([
      {
        defaultPath: join(downloads, 'register.md'),
        filters: [{ name: 'MD', extensions: ['md'] }],
        properties: ['createDirectory', 'showOverwriteConfirmation'],
      },
      { defaultPath: downloads, properties: ['openDirectory', 'createDirectory'] },
    ])
  })
})

describe('the window', () => {
  it('shows the title that the service sets, and not the one of the page', async () => {
    const { application, page } = shared
    await say(application, { type: 'title', title: 'Castellan — Acme Corp' })
    await page.evaluate(() => {
      document.title = 'Another'
    })
    const titles = () =>
      application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((each) => each.getTitle()))
    await page.waitForTimeout(100)
    expect(await titles()).toEqual(['Castellan — Acme Corp'])
  })

  it('offers editing on a right click in a field, and copying on what is selected', async () => {
    const { application } = shared
    const getRoles = (params: object): Promise<unknown> =>
      application.evaluate(({ BrowserWindow, Menu }, given) => {
        const none = {
          canUndo: false,
          canRedo: false,
          canCut: false,
          canCopy: false,
          canPaste: true,
          canSelectAll: true,
        }
        BrowserWindow.getAllWindows()[0]?.webContents.emit(
          'context-menu',
          {},
          { editFlags: none, selectionText: '', ...given },
        )
        return Menu.$popped
          .at(-1)
          ?.items.flatMap(({ role, enabled }) => (role === undefined ? [] : [`${role} ${enabled}`]))
      }, params)
    const editing = ['undo false', 'redo false', 'cut false', 'copy false', 'paste true', 'selectAll true']
    expect(await getRoles({ isEditable: true })).toEqual(editing)
    expect(await getRoles({ isEditable: false, selectionText: 'Acme' })).toEqual(['copy true'])
    expect(await getRoles({ isEditable: false })).toEqual(['copy false'])
  })

  it('is loaded again after its process crashed, and shows a notice when that happens again', async () => {
    const { application } = await opened()
    const crash = () =>
      application.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
      )
    await crash()
    await expect
      .poll(
        async () => {
          const title = application.evaluate(({ BrowserWindow }) =>
            BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript('document.body.innerText'),
          )
          return Promise.race([title, new Promise((settle) => setTimeout(settle, 500))])
        },
        { timeout: 30_000 },
      )
      .toMatch(/sample agency/u)
    expect(await application.errors()).toEqual([])
    await crash()
    await expect
      .poll(() => application.errors())
      .toEqual([expect.stringMatching(/^Castellan cannot show its window: .*\(crashed\)/u)])
  })

  it('opens on macOS at the place that is asked for while none is open', async () => {
    const { application } = await opened({ platform: 'darwin', isPackaged: true })
    const close = () => application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
    const expectAt = (...wanted: string[]) => expect.poll(() => places(application)).toEqual(wanted)
    await close()
    await expectAt()
    await application.evaluate(({ Menu }) => {
      const items = Menu.getApplicationMenu()?.items.flatMap(({ submenu }) => submenu?.items ?? []) ?? []
      items.find(({ label }) => label === 'Settings…')?.click()
    })
    await expectAt('app://register/settings')
    await close()
    await expectAt()
    await say(application, { type: 'due', count: 3 })
    await application.evaluate(({ Tray }) =>
      Tray.$made[0]?.$menu?.items.find(({ label }) => label === '3 keys are due')?.click(),
    )
    await expectAt('app://register/rotation')
    await close()
    await expectAt()
    await application.evaluate(({ app }) => app.emit('activate'))
    await expectAt('app://register/')
    expect(await application.errors()).toEqual([])
  })
})

describe('the end of the application', () => {
  it('asks before a quit or the X loses what is not saved, and stays', async () => {
    const { application, page } = await opened()
    await leaveUnsaved(page)
    await application.evaluate(({ app }) => app.quit())
    const asked = () =>
      application.evaluate(({ person }) => person.asked.map((each) => ('message' in each ? each.message : '')))
    await expect.poll(asked).toEqual(['Leave without saving?'])
    await application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
    await expect.poll(asked).toEqual(['Leave without saving?', 'Leave without saving?'])
    await answered(page)
    await application.evaluate(({ app, person }) => {
      person.presses.push(1)
      setTimeout(() => app.quit(), 20)
    })
    expect([await application.ended, application.said()]).toEqual([0, ''])
  })

  it('opens no window while the register is being closed', async () => {
    // Only macOS has both events.
    const { application } = await opened({ platform: 'darwin', isPackaged: true })
    const windows = await application.evaluate(async ({ app, BrowserWindow, UtilityProcess }) => {
      process.kill(UtilityProcess.$made[0]?.pid ?? 0, 'SIGSTOP')
      app.quit()
      await new Promise((settle) => setTimeout(settle, 500))
      app.emit('second-instance', {}, [], '')
      app.emit('activate')
      setTimeout(() => process.kill(UtilityProcess.$made[0]?.pid ?? 0, 'SIGCONT'), 200)
      return BrowserWindow.getAllWindows().length
    })
    expect([windows, await application.ended]).toEqual([0, 0])
  })
})

describe('printing', () => {
  it('prints pages that are in no file, two at a time, each in a separate window that sees nothing else', async () => {
    const { application } = shared
    const printed = await application.evaluate(async ({ session, UtilityProcess }, withScript) => {
      const service = UtilityProcess.$made[0]
      const answers: { answer: { outcome: string; pdf?: Uint8Array } }[] = []
      Object.assign(service ?? {}, {
        postMessage: (said: { type: string; answer: never }) =>
          void (said.type === 'print-answer' && answers.push(said)),
      })
      const before = session.fromPartition('print')
      for (const [ask, text] of ['one', 'two'].entries())
        service?.emit('message', {
          type: 'ask-print',
          ask,
          html: withScript.replace('<p>', `<h1>${text}</h1><img src="https://example.com/a.png"><p>`),
        })
      for (let wait = 0; wait < 200 && answers.length < 2; wait += 1)
        await new Promise((settle) => setTimeout(settle, 50))
      const cancelled: string[] = []
      for (const url of ['app://register/', 'app://print/another', 'https://example.com/', 'file:///etc/passwd'])
        before.webRequest.$before?.({ url }, ({ cancel = false }) => void (cancel && cancelled.push(url)))
      return {
        pdfs: answers.map(({ answer }) => Buffer.from(answer.pdf ?? []).toString('latin1')),
        outcomes: answers.map(({ answer }) => answer.outcome),
        cancelled: cancelled.length,
      }
    }, PAGE_WITH_SCRIPT)
    expect(printed).toMatchObject({ outcomes: ['printed', 'printed'], cancelled: 4 })
    expect(printed.pdfs.map((pdf) => pdf.slice(0, 5))).toEqual(['%PDF-', '%PDF-'])
    expect(printed.pdfs.map((pdf) => countPdfPages(Buffer.from(pdf, 'latin1')))).toEqual([1, 1])
  })
})
