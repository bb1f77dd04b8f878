import { Button, Group } from '@mantine/core'
import type { ReactElement } from 'react'

import type { Outputs } from '../../../shared/contract/contract.ts'
import { VERIFY_COMMANDS } from '../../../shared/report/evidence-pack.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { plural } from '../../ui/relative.ts'
import { Status } from '../../ui/status.tsx'
import { visibleText } from '../../ui/text.ts'

interface PackWrittenProps {
  readonly written: Outputs['evidence']['pack']
  readonly close: () => void
}

/** The folder of an exported pack, the fingerprint for the auditor, and how to check the pack. */
export function PackWritten({ written, close }: PackWrittenProps): ReactElement {
  const { path, zipPath, files, fingerprint, headHash } = written
  return (
    <div className="c-form">
      <div aria-live="polite" className="c-result">
        <Status tone="good">{`Written, ${plural(files, 'file')}`}</Status>
        <dl className="c-facts">
          <dt>Folder</dt>
          <dd className="c-mono c-break">{visibleText(path)}</dd>
          {zipPath === null ? null : (
            <>
              <dt>Zip</dt>
              <dd className="c-mono c-break">{visibleText(zipPath)}</dd>
            </>
          )}
          <dt>Key fingerprint</dt>
          <dd className="c-mono c-break">{fingerprint}</dd>
          <dt>Head hash</dt>
          <dd className="c-mono c-break">{headHash}</dd>
        </dl>
        <Group gap="xs">
          <CopyButton text={path} label="Copy path" />
          <CopyButton text={fingerprint} label="Copy fingerprint" />
        </Group>
      </div>
      <p className="c-prose">
        Send this fingerprint to the auditor through a separate channel. The auditor checks the pack in its folder,
        without Castellan:
      </p>
      <ol className="c-source c-bullets" dir="ltr" aria-label="Commands">
        {VERIFY_COMMANDS.map((command) => (
          <li key={command}>
            <code>{command}</code>
          </li>
        ))}
      </ol>
      <p className="c-help">
        The first prints OK for every file, the second verifies the signature, and the third prints the fingerprint.
        VERIFY.md in the pack explains what that proves and what it does not.
      </p>
      <Group justify="flex-end" gap="xs">
        <CopyButton text={VERIFY_COMMANDS.join('\n')} label="Copy commands" />
        <Button onClick={close}>Done</Button>
      </Group>
    </div>
  )
}
