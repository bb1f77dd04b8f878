import { describe, expect, it } from 'vitest'

import { describeBrowserSandbox, explainNoSandbox, readSandbox } from '../../../electron/shell/sandbox.ts'

describe('the sandbox of a page', () => {
  it('is on where the kernel filters calls, off with the reason of a switch, and off without one', () => {
    expect(readSandbox('Name:\tcastellan\nSeccomp:\t2\nSeccomp_filters:\t3\n')).toMatchObject({ state: 'on' })
    expect(readSandbox('Name:\tcastellan\nSeccomp:\t0\n')).toEqual({ state: 'off', why: null })
    expect(explainNoSandbox(true)).toEqual({
      state: 'off',
      why: 'Chromium has none for root, and --no-sandbox was given',
    })
    expect(explainNoSandbox(false)).toEqual({ state: 'off', why: '--no-sandbox was given' })
  })

  it('in an installed browser is off for root, and otherwise unknown, since a browser does not report it', () => {
    expect(describeBrowserSandbox(true)).toMatchObject({ state: 'off' })
    expect(describeBrowserSandbox(false)).toMatchObject({ state: 'unknown' })
  })
})
