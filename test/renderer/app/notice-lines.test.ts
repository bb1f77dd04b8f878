import { describe, expect, it } from 'vitest'

import { mergeNotices } from '../../../renderer/app/notice-lines.ts'
import { notice, type Notice } from '../../../shared/contract/app.ts'

const KINDS = notice.shape.kind.options

function made(...kinds: readonly Notice['kind'][]): readonly Notice[] {
  return kinds.map((kind) => ({ kind, title: `Title of ${kind}`, detail: `Detail of ${kind}.` }))
}

describe('notices', () => {
  it('of a missing keychain are one line, which names what is kept where', () => {
    const [line, ...others] = mergeNotices(made('no-keychain', 'register-key-in-file', 'signing-key-in-file'))
    expect(others).toEqual([])
    expect(line).toMatchObject({
      title: 'No keychain',
      detail: 'The register key and the signing key are kept in files, API keys for this session only.',
    })
    expect(line?.notices).toHaveLength(3)
  })

  it('name one file where there is one', () => {
    const [line] = mergeNotices(made('no-keychain', 'register-key-in-file'))
    expect(line?.detail).toBe('The register key is kept in a file, API keys for this session only.')
  })

  it('of a missing keychain alone keep their words', () => {
    expect(mergeNotices(made('no-keychain'))).toMatchObject([{ title: 'Title of no-keychain' }])
  })

  it('of a key in a file keep their words where the keychain answers', () => {
    expect(mergeNotices(made('register-key-in-file'))).toMatchObject([{ title: 'Title of register-key-in-file' }])
  })

  it('are most urgent first, and every one is in a line', () => {
    const lines = mergeNotices(made(...KINDS))
    expect(lines[0]?.tone).toBe('bad')
    expect(lines.at(-1)?.tone).toBe('info')
    expect(new Set(lines.flatMap(({ notices }) => notices.map(({ kind }) => kind)))).toEqual(new Set(KINDS))
  })
})
