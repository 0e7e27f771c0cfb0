import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';
import ts from 'typescript';

/** What each lib may import beside itself. `packages`: npm and Node. */
const LIBS: Record<string, { libs: string[]; packages: boolean }> = {
  contracts: { libs: [], packages: false },
  content: { libs: ['contracts'], packages: false },
  client: { libs: ['contracts'], packages: true },
  database: { libs: ['contracts'], packages: true },
  realtime: { libs: ['contracts'], packages: true },
  images: { libs: [], packages: true },
  pages: { libs: ['content', 'contracts'], packages: true },
  web: { libs: ['client', 'content', 'contracts'], packages: true },
};

const SRC_LIBS = ['contracts', 'content', 'database', 'images', 'pages', 'realtime'];
/** Folders of src that every feature may use file by file. */
const SHARED = ['config', 'http', 'realtime'];
/** What each folder of libs/web may import beside app and kit. Its top files put the folders together. */
const WEB: Record<string, string[]> = {
  app: [],
  kit: [],
  room: [],
  tasks: ['room'],
  'new-task': ['room'],
  composer: ['room'],
  messages: ['room', 'composer'],
  discussion: ['room', 'composer', 'messages'],
  summary: ['room', 'composer', 'messages'],
  milestones: ['room'],
  files: ['room'],
  history: ['room'],
  publish: ['room'],
  team: ['room'],
  decisions: ['room'],
  handovers: ['room'],
  'catch-up': ['room', 'history', 'messages'],
  workspace: [
    'room',
    'composer',
    'discussion',
    'summary',
    'milestones',
    'files',
    'history',
    'publish',
    'team',
    'decisions',
    'handovers',
    'catch-up',
  ],
  board: ['tasks'],
  help: ['palette'],
  home: ['tasks', 'catch-up', 'help'],
  inbox: ['room'],
  settings: [],
  palette: ['tasks'],
  shell: ['settings', 'palette'],
  'sign-in': ['shell'],
};
const FRONT_DOOR = /\.(module|service)\.js$/;

/** The offending lines of one file, as `path:line: rule`. Paths are relative to the project. */
export function violations(path: string, text: string): string[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  const found: string[] = [];
  const refuse = (node: ts.Node, rule: string | undefined) => {
    if (!rule) return;
    const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
    found.push(`${path}:${line + 1}: ${rule}`);
  };
  const visit = (node: ts.Node): void => {
    const specifier = importedBy(node);
    if (specifier !== undefined) refuse(node, ruleAgainst(path, specifier));
    if (readsEnvironment(node)) refuse(node, environmentRule(path));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** The code of src and libs, as paths relative to `root`. */
export function sourceFiles(root: string): string[] {
  return ['src', 'libs'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(ts|tsx|mjs|js)$/.test(name))
      .map((name) => join(folder, name)),
  );
}

export function read(root: string, path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

function importedBy(node: ts.Node): string | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return textOf(node.moduleSpecifier);
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return textOf(node.argument.literal);
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    return textOf(node.arguments[0]);
  }
  return undefined;
}

function textOf(node: ts.Node | undefined): string | undefined {
  return node && ts.isStringLiteralLike(node) ? node.text : undefined;
}

function ruleAgainst(path: string, specifier: string): string | undefined {
  const [area = '', name = ''] = path.split('/');
  const lib = area === 'libs' ? name : undefined;
  if (specifier.startsWith('#libs/')) return libRule(lib, specifier.slice('#libs/'.length));
  if (specifier.startsWith('.')) return fileRule(path, join(dirname(path), specifier));
  const isTest = /\.spec\.tsx?$/.test(path);
  if (lib && !isTest && !LIBS[lib]?.packages) return `libs/${lib} imports no packages (${specifier})`;
  return undefined;
}

function libRule(lib: string | undefined, wanted: string): string | undefined {
  if (wanted.includes('/')) return `a lib is imported by its name, #libs/${wanted.split('/')[0]}`;
  if (lib === undefined) {
    return SRC_LIBS.includes(wanted) ? undefined : `src may not import libs/${wanted}`;
  }
  if (lib === wanted) return `inside libs/${lib} import the file itself, not #libs/${lib}`;
  return LIBS[lib]?.libs.includes(wanted) ? undefined : `libs/${lib} may not import libs/${wanted}`;
}

function fileRule(path: string, target: string): string | undefined {
  const [area, home] = path.split('/');
  const [targetArea, targetHome = ''] = target.split('/');
  if (area === 'libs') {
    if (targetArea !== 'libs') return `nothing in libs imports ${targetArea}`;
    if (home === targetHome) return home === 'web' ? webRule(path, target) : undefined;
    return `libs/${targetHome} is imported by its name, #libs/${targetHome}`;
  }
  if (targetArea === 'libs') return `libs/${targetHome} is imported by its name, #libs/${targetHome}`;
  if (targetArea !== 'src') return `src may not import ${target}`;
  const isFeature = target.split('/').length > 2;
  if (!isFeature || home === targetHome || SHARED.includes(targetHome)) return undefined;
  return FRONT_DOOR.test(target)
    ? undefined
    : `src/${targetHome} is reached through its *.module.js or *.service.js, not ${target}`;
}

function webRule(path: string, target: string): string | undefined {
  const [home, wanted] = [path, target].map((file) => (file.split('/').length > 3 ? file.split('/')[2] : ''));
  if (!home || home === wanted) return undefined;
  const refused = `libs/web/${home} may not import ${wanted ? `libs/web/${wanted}` : target}`;
  if (!wanted || !WEB[home]) return refused;
  const below = home === 'app' ? [] : home === 'kit' ? ['app'] : ['app', 'kit', ...WEB[home]];
  return below.includes(wanted) ? undefined : refused;
}

function readsEnvironment(node: ts.Node): boolean {
  return (
    ts.isPropertyAccessExpression(node) &&
    node.name.text === 'env' &&
    ts.isIdentifier(node.expression) &&
    node.expression.text === 'process'
  );
}

function environmentRule(path: string): string | undefined {
  const mayRead = path.startsWith('src/config/') || /^src\/[^/]+\.mjs$|\.spec\.tsx?$/.test(path);
  return mayRead ? undefined : 'process.env is read in src/config only';
}
