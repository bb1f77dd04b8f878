import { z } from 'zod'

import { styleNonce } from './nonce.ts'

// The page's content policy forbids generated code; without this, zod would try it and be refused once per session.
z.config({ jitless: true })

// `get-nonce`, which the scroll lock of dialogs uses for its style element, reads the nonce from here.
Object.assign(globalThis, { __webpack_nonce__: styleNonce() })
