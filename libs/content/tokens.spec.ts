import { readFileSync } from 'node:fs';
import { tokensCss } from './tokens.js';

it('the client’s stylesheet holds exactly these tokens', () => {
  expect(readFileSync(new URL('../web/tokens.css', import.meta.url), 'utf8')).toBe(tokensCss());
});
