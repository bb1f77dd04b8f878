import { IconFile, IconUpload } from '@tabler/icons-react'
import { useState, type ReactElement } from 'react'

import { FILE_LIMITS, limitText } from '../../../shared/domain/file-limits.ts'
import { Problem } from '../../ui/failure.ts'
import { Named } from '../../ui/named.tsx'
import { notifyFailed } from '../../ui/notify.tsx'
import { wholeNumber } from '../../ui/relative.ts'
import { visibleText } from '../../ui/text.ts'
import classes from './files.module.css'

export interface ChosenFile {
  readonly name: string
  readonly content: Uint8Array<ArrayBuffer>
}

interface ChooseFileProps {
  readonly file: ChosenFile | null
  readonly choose: (file: ChosenFile) => void
  /** The file types of the dialog; left out: registers and CSV files. */
  readonly accept?: string
}

const TEXT_FILES = '.md,.markdown,.csv,.tsv,.txt,text/markdown,text/csv,text/plain'

/** A file from the desktop's own dialog, or dropped here. */
export function ChooseFile({ file, choose, accept = TEXT_FILES }: ChooseFileProps): ReactElement {
  const [over, setOver] = useState(false)
  const take = async (picked: File | undefined): Promise<void> => {
    if (!picked) return
    if (picked.size > FILE_LIMITS.windowBytes) {
      notifyFailed(
        new Problem(
          `${visibleText(picked.name)} is larger than ${limitText(FILE_LIMITS.windowBytes)}`,
          'Choose a register or a CSV file.',
        ),
      )
      return
    }
    try {
      choose({ name: picked.name, content: new Uint8Array(await picked.arrayBuffer()) })
    } catch (error) {
      notifyFailed(error)
    }
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- dropping is an alternative to the input
    <label
      className={classes['drop']}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        void take(event.dataTransfer.files[0])
      }}
    >
      <input
        type="file"
        className="c-visually-hidden"
        accept={accept}
        onChange={(event) => {
          const input = event.currentTarget
          void take(input.files?.[0])
          // Choosing the same file again, after a correction, counts as a change too.
          input.value = ''
        }}
      />
      {file === null ? (
        <IconUpload size={20} stroke={1.5} aria-hidden />
      ) : (
        <IconFile size={20} stroke={1.5} aria-hidden />
      )}
      {file === null ? (
        <span>
          <strong>Choose file</strong> or drop it here
        </span>
      ) : (
        <span>
          <strong>
            <Named text={file.name} />
          </strong>
          <span className="c-sub">{wholeNumber(file.content.byteLength)} bytes, choose another</span>
        </span>
      )}
    </label>
  )
}
