/** Writes the document of the live protocol anew from libs/contracts: npm run protocol */
import { writeFileSync } from 'node:fs';
import './support/typescript.mjs';
import { ROOT } from '../src/build.mjs';

const { protocolDocument } = await import('./protocol/document.ts');
const { PROTOCOL_FILE, protocolText } = await import('./protocol/file.ts');

writeFileSync(PROTOCOL_FILE, protocolText(protocolDocument(ROOT)));
