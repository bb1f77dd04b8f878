import { expect, it } from 'vitest'

import { newCastellan } from '../castellan.ts'

it('offboard of a client without a connection reports the remaining access as unknown, in text and Markdown, and exits with 4', async () => {
  const { run } = newCastellan()
  await run('client', 'add', 'Agency', '--kind', 'internal', '--domain', 'agency.example')
  await run('client', 'add', 'Acme')
  for (const format of ['table', 'md']) {
    const { code, out } = await run('offboard', 'acme', '--format', format)
    expect(code).toBe(4)
    expect(out).toContain('What the people of the agency hold is unknown: no organization of the client was read')
    expect(out).toContain('The client has no connection')
    expect(out).not.toMatch(/hold nothing|\b0 people/u)
  }
})
