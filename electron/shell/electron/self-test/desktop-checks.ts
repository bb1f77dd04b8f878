import { clipboard, nativeImage, Notification, Tray } from 'electron'

import { type Checks, NothingToCheck } from '../../self-test/checks.ts'

const TEXT = 'Castellan self-test'

/** The formats that would be lost by restoring only text: images, files and rich text. */
const MORE_THAN_TEXT = ['image/png', 'text/html', 'text/rtf', 'text/uri-list']

/** Checks what the desktop offers to the application. */
export async function checkDesktop(checks: Checks, trayIcon: string): Promise<void> {
  await checks.run('clipboard', async () => {
    for (const type of MORE_THAN_TEXT) {
      if (await clipboard.has(type)) throw new NothingToCheck('it contains more than text, which is left unchanged')
    }
    const before = await clipboard.readText()
    try {
      await clipboard.writeText(TEXT)
      if ((await clipboard.readText()) !== TEXT) throw new Error('A text was not returned.')
    } finally {
      if (before === '') clipboard.clear()
      else await clipboard.writeText(before)
    }
    if ((await clipboard.readText()) !== before) throw new Error('Its previous content was not restored.')
    return 'a text was written and read back, and the previous content was restored'
  })
  await checks.run('tray', () => {
    const image = nativeImage.createFromPath(trayIcon)
    if (image.isEmpty()) throw new Error('Its image cannot be read.')
    let tray: Tray
    try {
      tray = new Tray(image)
    } catch (error) {
      throw new NothingToCheck(error instanceof Error ? error.message : String(error))
    }
    tray.destroy()
    return 'an icon was made and removed'
  })
  await checks.run('notifications', () => {
    if (!Notification.isSupported()) throw new NothingToCheck('this desktop does not support them')
    return 'supported'
  })
}
