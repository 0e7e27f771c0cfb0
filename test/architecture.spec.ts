import { read, sourceFiles, violations } from './support/architecture.js';

const root = process.cwd();

it('every import of src and libs points the way that style.md draws', () => {
  const files = sourceFiles(root);
  expect(files.length).toBeGreaterThan(0);
  expect(files.flatMap((path) => violations(path, read(root, path)))).toEqual([]);
});

describe('the rule itself', () => {
  it.each([
    ['libs/contracts/a.ts', "import { x } from 'rxjs';", 'libs/contracts imports no packages (rxjs)'],
    [
      'libs/contracts/a.ts',
      "import { join } from 'node:path';",
      'libs/contracts imports no packages (node:path)',
    ],
    [
      'libs/contracts/a.ts',
      "import type { x } from '#libs/content';",
      'libs/contracts may not import libs/content',
    ],
    ['libs/content/a.ts', "export * from '#libs/client';", 'libs/content may not import libs/client'],
    ['libs/client/a.ts', "import { x } from '#libs/database';", 'libs/client may not import libs/database'],
    [
      'libs/realtime/a.ts',
      "import { x } from '#libs/database';",
      'libs/realtime may not import libs/database',
    ],
    [
      'libs/database/a.ts',
      "import { x } from '#libs/realtime';",
      'libs/database may not import libs/realtime',
    ],
    ['libs/web/a.tsx', "const x = await import('#libs/database');", 'libs/web may not import libs/database'],
    ['libs/web/a.ts', "import { x } from '../../src/tasks/task.js';", 'nothing in libs imports src'],
    [
      'libs/web/a.ts',
      "import { x } from '../client/room.js';",
      'libs/client is imported by its name, #libs/client',
    ],
    [
      'libs/web/b/a.ts',
      "import { x } from '#libs/web';",
      'inside libs/web import the file itself, not #libs/web',
    ],
    [
      'libs/web/discussion/a.ts',
      "import { x } from '../milestones/b.js';",
      'libs/web/discussion may not import libs/web/milestones',
    ],
    [
      'libs/web/room/a.ts',
      "import { x } from '../history/b.js';",
      'libs/web/room may not import libs/web/history',
    ],
    ['libs/web/app/a.ts', "import { x } from '../kit/b.js';", 'libs/web/app may not import libs/web/kit'],
    ['libs/web/new/a.ts', "import { x } from '../kit/b.js';", 'libs/web/new may not import libs/web/kit'],
    [
      'libs/web/kit/a.ts',
      "import { x } from '../router.js';",
      'libs/web/kit may not import libs/web/router.js',
    ],
    ['libs/pages/a.ts', "import { x } from '#libs/database';", 'libs/pages may not import libs/database'],
    ['src/tasks/a.ts', "import { x } from '#libs/client';", 'src may not import libs/client'],
    [
      'src/tasks/a.ts',
      "import { x } from '#libs/contracts/text.js';",
      'a lib is imported by its name, #libs/contracts',
    ],
    [
      'src/tasks/a.ts',
      "import { x } from '../../libs/database/append.js';",
      'libs/database is imported by its name, #libs/database',
    ],
    [
      'src/tasks/a.ts',
      "import { x } from '../../test/support/app.js';",
      'src may not import test/support/app.js',
    ],
    [
      'src/tasks/a.ts',
      "import { x } from '../discussion/message.entity.js';",
      'src/discussion is reached through its *.module.js or *.service.js, not src/discussion/message.entity.js',
    ],
    [
      'src/tasks/a.ts',
      "let x: import('../discussion/message.entity.js').Message;",
      'src/discussion is reached through its *.module.js or *.service.js, not src/discussion/message.entity.js',
    ],
    ['src/tasks/a.ts', 'const port = process.env.PORT;', 'process.env is read in src/config only'],
    ['libs/database/a.ts', 'const { PORT } = process.env;', 'process.env is read in src/config only'],
  ])('refuses in %s: %s', (path, line, rule) => {
    expect(violations(path, `// one\n${line}\n`)).toEqual([`${path}:2: ${rule}`]);
  });

  it.each([
    ['libs/contracts/a.spec.ts', "import fc from 'fast-check';"],
    ['libs/contracts/a.ts', "import { x } from './b.js';"],
    [
      'libs/web/workspace/a.tsx',
      "import { x } from '../room/people.js'; import { k } from '../kit/button.js'; import y from 'react'; import z from '#libs/client';",
    ],
    ['libs/web/router.tsx', "const x = import('./workspace/index.js');"],
    ['libs/realtime/a.ts', "import { createClient } from 'redis'; import { x } from '#libs/contracts';"],
    ['src/tasks/a.ts', "import { x } from '../discussion/discussion.service.js';"],
    ['src/tasks/a.ts', "import { x } from '../http/problems.js'; import { y } from './task.entity.js';"],
    ['src/config/environment.ts', 'const port = process.env.PORT;'],
    ['src/start.mjs', 'const port = process.env.PORT;'],
    ['src/tasks/a.ts', "const text = 'process.env'; // process.env and import('#libs/web')"],
  ])('accepts in %s: %s', (path, line) => {
    expect(violations(path, line)).toEqual([]);
  });
});
