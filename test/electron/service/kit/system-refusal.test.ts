import { closeSync, mkdtempSync, openSync, readFileSync, readSync, writeSync } from 'node:fs'
import { createConnection, createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import { systemRefusal } from '../../../../electron/service/kit/system-refusal.ts'

function caught(work: () => unknown): unknown {
  try {
    return work()
  } catch (error) {
    return error
  }
}

const folder = mkdtempSync(join(tmpdir(), 'castellan-refusal-'))

it('a path that the system does not read is named, with its code and what to do', () => {
  const path = join(folder, 'missing')
  const refusal = systemRefusal(caught(() => readFileSync(path)))
  expect(refusal).toMatchObject({
    code: 'INVALID',
    message: `${path} cannot be read (ENOENT).`,
    hint: 'Check the path.',
  })
})

it('a file that was open, which the system does not name, is named by the given place', () => {
  const descriptor = openSync(folder, 'r')
  try {
    const error = caught(() => readSync(descriptor, new Uint8Array(1)))
    expect(systemRefusal(error, folder)?.message).toBe(`${folder} cannot be read (EISDIR).`)
    expect(systemRefusal(error)?.message).toBe('A file cannot be read (EISDIR).')
    expect(systemRefusal(caught(() => writeSync(descriptor, 'x')))).toBeNull()
    expect(
      systemRefusal(
        caught(() => writeSync(descriptor, 'x')),
        folder,
      )?.message,
    ).toBe(`${folder} cannot be written (EBADF).`)
  } finally {
    closeSync(descriptor)
  }
})

it('a connection that was reset is not treated as a file', async () => {
  const server = createServer((socket) => socket.once('data', () => socket.resetAndDestroy())).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const error = await new Promise((resolve) => {
    const socket = createConnection((server.address() as AddressInfo).port, '127.0.0.1')
    socket.once('error', resolve).resume().write('x')
  })
  server.close()
  expect(error).toMatchObject({ code: 'ECONNRESET', syscall: 'read' })
  expect(systemRefusal(error)).toBeNull()
})
