import { Button, Group } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Fragment, useState, type ReactElement } from 'react'

import type { Verdict } from '../../../shared/contract/evidence.ts'
import { judgeVerdict, type Outcome, signerWords, teamWords } from '../../../shared/report/evidence-checks.ts'
import { query } from '../../data/api.ts'
import { PathField, type Readable } from '../../entities/path-field.tsx'
import { plural } from '../../ui/relative.ts'
import { Failed } from '../../ui/states.tsx'
import { Status, type Tone } from '../../ui/status.tsx'
import { visibleText } from '../../ui/text.ts'
import { When } from '../../ui/when.tsx'

const READS: readonly Readable[] = [
  { kind: 'file', title: 'Choose pack zip', extensions: ['zip'] },
  { kind: 'folder', title: 'Choose pack folder', extensions: [] },
]

/** Checks whether the reviews of this register, or any evidence pack, were changed. */
export function EvidenceSection(): ReactElement {
  const [path, setPath] = useState('')
  const reviews = useMutation(query.evidence.verifyRegister.mutationOptions())
  const pack = useMutation(query.evidence.verify.mutationOptions())
  return (
    <section className="c-setting-wide">
      <h2 className="c-card-title">Evidence</h2>
      <p className="c-prose">Checks the reviews of this register against its audit log, row by row.</p>
      <Button variant="default" loading={reviews.isPending} onClick={() => reviews.mutate(undefined)}>
        Check reviews
      </Button>
      <Found verdict={reviews.data} error={reviews.error} />
      <p className="c-prose">
        Checks any evidence pack by itself: its files, its signature, and the rows of its audit log or the signed
        entries of its team.
      </p>
      <form
        className="c-form c-form-wide"
        onSubmit={(event) => {
          event.preventDefault()
          if (path.trim() !== '') pack.mutate({ path: path.trim() })
        }}
      >
        <PathField label="Folder or zip of a pack" name="path" value={path} onChange={setPath} reads={READS} />
        <Group>
          <Button type="submit" variant="default" loading={pack.isPending}>
            Check pack
          </Button>
        </Group>
      </form>
      <Found verdict={pack.data} error={pack.error} />
    </section>
  )
}

interface FoundProps {
  readonly verdict: Verdict | undefined
  readonly error: unknown
}

function Found({ verdict, error }: FoundProps): ReactElement {
  return (
    <div aria-live="polite" className="c-result">
      {error === null ? null : <Failed error={error} />}
      {verdict === undefined ? null : (
        <>
          <p>
            <VerdictStatus verdict={verdict} /> checked <When at={verdict.checkedAt} />, {plural(verdict.rows, 'row')}
          </p>
          {verdict.problems.length === 0 ? null : (
            <ul>
              {verdict.problems.map(({ file, row, says }) => (
                <li key={`${file} ${row ?? ''} ${says}`}>
                  <span className="c-mono">{visibleText(row === null ? file : `${file}:${row}`)}</span>{' '}
                  {visibleText(says)}
                </li>
              ))}
            </ul>
          )}
          <dl className="c-facts">
            {verdict.fingerprint === null ? null : (
              <>
                <dt>Key fingerprint</dt>
                <dd className="c-mono c-break">{verdict.fingerprint}</dd>
              </>
            )}
            {verdict.signer === null ? null : (
              <>
                <dt>Signer</dt>
                <dd>{signerWords(verdict.signer)}</dd>
              </>
            )}
            {verdict.team === undefined
              ? null
              : teamWords(verdict.team).map(({ label, words }) => (
                  <Fragment key={label}>
                    <dt>{label}</dt>
                    <dd className="c-break">{visibleText(words)}</dd>
                  </Fragment>
                ))}
            <dt>Checked</dt>
            <dd>{verdict.checked.join('; ')}</dd>
            <dt>Not checked</dt>
            <dd>{verdict.unchecked.join('; ')}</dd>
          </dl>
        </>
      )}
    </div>
  )
}

const TONES: Readonly<Record<Outcome['kind'], Tone>> = { sound: 'good', unknown: 'warn', unsound: 'bad' }

function VerdictStatus({ verdict }: { readonly verdict: Verdict }): ReactElement {
  const { kind, words } = judgeVerdict(verdict)
  return <Status tone={TONES[kind]}>{words}</Status>
}
