import { EventEmitter } from 'node:events'

import { describe, expect, it } from 'vitest'

import { readSecret } from '../../../../electron/cli/kit/secret-input.ts'
import { fakeTerminal } from '../fake-terminal.ts'

class Keyboard extends EventEmitter {
  readonly isTTY = true
  readonly modes: boolean[] = []
  setRawMode(mode: boolean): void {
    this.modes.push(mode)
  }
  setEncoding(): void {}
  resume(): void {}
  pause(): void {}
}

async function type(...presses: readonly string[]) {
  const keyboard = new Keyboard()
  const terminal = { ...fakeTerminal(), stdin: keyboard as unknown as NodeJS.ReadStream }
  const read = readSecret(terminal, 'Admin key')
  await new Promise(setImmediate)
  for (const press of presses) keyboard.emit('data', press)
  return { read, keyboard, terminal }
}

describe('readSecret', () => {
  it('takes all of a pipe, without the white space around it', async () => {
    expect(await readSecret(fakeTerminal({ stdin: '  sk-admin-abc\r\n' }), 'Admin key')).toBe('sk-admin-abc')
  })

  it('refuses input that cannot be one secret', async () => {
    await expect(readSecret(fakeTerminal({ stdin: 'x'.repeat(9000) }), 'Admin key')).rejects.toThrow('more than one')
  })

  it('asks at a keyboard and shows nothing of what is typed', async () => {
    const { read, keyboard, terminal } = await type('sk-', 'admin-ax', '\u007f', 'bc\r')
    expect(await read).toBe('sk-admin-abc')
    expect(terminal.complained()).toBe('Admin key (not shown): \n')
    expect(terminal.printed()).toBe('')
    expect(keyboard.modes).toEqual([true, false])
  })

  it('stops at Ctrl+C and restores the keyboard', async () => {
    const { read, keyboard } = await type('sk-a\u0003')
    await expect(read).rejects.toThrow('Stopped')
    expect(keyboard.modes).toEqual([true, false])
  })
})
