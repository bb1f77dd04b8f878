import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import { launchBrowser } from '../../../../electron/shell/chromium/launch.ts'

it.skipIf(process.platform === 'win32')(
  'a browser that never shows its first page is started three times',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'castellan-launch-'))
    const starts = join(folder, 'starts')
    const browser = join(folder, 'browser.sh')
    writeFileSync(browser, `#!/bin/sh\necho start >> '${starts}'\nexec sleep 600\n`, { mode: 0o700 })
    const launch = { browser, folder: join(folder, 'profile'), firstPage: 'data:text/html,', headless: true }
    await expect(launchBrowser({ ...launch, startMs: 3000 })).rejects.toThrow('Timeout 3000ms exceeded')
    expect(readFileSync(starts, 'utf8')).toBe('start\n'.repeat(3))
  },
)
