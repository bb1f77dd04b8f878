import { execFileSync, spawnSync } from 'node:child_process'

import { describe, expect, it } from 'vitest'

import { manualPage } from '../../../../electron/cli/kit/manual.ts'
import { newCastellan } from '../castellan.ts'
import { commandTree } from '../commands.ts'

const { out: page } = await newCastellan().run('manual')
const TREE = await commandTree()

const hasGroff = spawnSync('groff', ['--version']).status === 0

describe.skipIf(!hasGroff)(`the manual page in groff${hasGroff ? '' : ' (not installed here)'}`, () => {
  it('is read without a warning, and shows every command with its options and examples', () => {
    const read = spawnSync('groff', ['-man', '-ww', '-Tutf8', '-rLL=200n', '-P-cbou'], {
      input: page,
      encoding: 'utf8',
    })
    expect({ status: read.status, warnings: read.stderr }).toEqual({ status: 0, warnings: '' })
    const text = read.stdout.replaceAll(/[‐−]/gu, '-')
    for (const { path, command } of TREE) {
      expect(text).toContain(`castellan ${path}`)
      for (const { flags } of command.options) expect(text).toContain(flags)
    }
  })

  it('shows a text that looks like a request or an escape as it is', () => {
    const hostile = '.so /etc/passwd \\*[x] "quoted" – ’'
    const model = {
      path: '',
      name: 'castellan',
      description: '',
      usage: '',
      options: [],
      commands: [{ path: 'x', name: 'x', description: hostile, usage: '', options: [], commands: [], examples: [] }],
      examples: [],
    }
    const text = execFileSync('groff', ['-man', '-Tutf8', '-P-cbou'], { input: manualPage(model), encoding: 'utf8' })
    expect(text).toContain(hostile)
  })
})
