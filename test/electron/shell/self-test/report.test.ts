import { describe, expect, it } from 'vitest'

import {
  formatJson,
  formatTable,
  hideFolders,
  isPassed,
  type SelfTestReport,
} from '../../../../electron/shell/self-test/report.ts'

const report: SelfTestReport = {
  machine: {
    castellan: '1.2.3',
    electron: '45.4.1',
    chromium: null,
    node: '24.18.0',
    v8: '15.3',
    sqlite: '3.53.4',
    platform: 'darwin',
    arch: 'arm64',
    packaged: true,
  },
  checks: [
    { name: 'window', state: 'ok', detail: 'it was loaded', ms: 1234.5 },
    { name: 'tray', state: 'none', detail: 'there is no tray', ms: 0.2 },
  ],
  ms: 12_345.6,
}

const failed: SelfTestReport = {
  ...report,
  checks: [...report.checks, { name: 'print', state: 'failed', detail: 'It is broken.', ms: 3 }],
}

describe('the report of the self-test', () => {
  it('is a table with the versions before and the counts after it', () => {
    expect(formatTable(failed)).toBe(
      [
        'Castellan 1.2.3 self-test on Electron 45.4.1, Chromium unknown, Node 24.18.0, V8 15.3, SQLite 3.53.4, darwin arm64, packaged',
        'ok      window   1.23 s  it was loaded',
        'none    tray     0.00 s  there is no tray',
        'failed  print    0.00 s  It is broken.',
        '1 ok, 1 failed, 1 none in 12.35 s',
        '',
      ].join('\n'),
    )
  })

  it('is one line of JSON with whole milliseconds', () => {
    const text = formatJson(report)
    expect(text.indexOf('\n')).toBe(text.length - 1)
    expect(JSON.parse(text)).toEqual({
      passed: true,
      ...report.machine,
      ms: 12_346,
      checks: [
        { name: 'window', state: 'ok', detail: 'it was loaded', ms: 1235 },
        { name: 'tray', state: 'none', detail: 'there is no tray', ms: 0 },
      ],
    })
  })

  it('passes when nothing failed, whatever the machine lacks', () => {
    expect([isPassed(report), isPassed(failed)]).toEqual([true, false])
  })

  it('replaces folders of the machine by their purpose, the innermost first', () => {
    const folders = {
      '(home folder)': '/home/ada',
      '(temporary folder)': '/home/ada/tmp/castellan-1',
      '(application)': '',
    }
    expect(hideFolders('/home/ada/tmp/castellan-1/a and /home/ada/b', folders)).toBe(
      '(temporary folder)/a and (home folder)/b',
    )
  })
})
