import { Emulated, emulates, note } from './emulated.ts'

/** Messages of pages arrive here, each under the channel that the page names. */
class IpcMain extends Emulated {
  override on(channel: string, listener: (...values: never[]) => void): this {
    note('IpcMain.on')
    return super.on(channel, listener)
  }

  override removeAllListeners(channel?: string): this {
    return super.removeAllListeners(channel)
  }
}
emulates('IpcMain', IpcMain)

export const ipcMain = new IpcMain()
