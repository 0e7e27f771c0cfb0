import { join } from 'node:path';
import ts from 'typescript';
import type { Schema } from '../../src/live-docs/protocol.js';

export interface Member {
  name: string;
  node: ts.TypeNode;
  optional: boolean;
  description: string | undefined;
}

const PRIMITIVES = new Map<ts.SyntaxKind, Schema>([
  [ts.SyntaxKind.StringKeyword, { type: 'string' }],
  // Everything that is counted on the wire is whole.
  [ts.SyntaxKind.NumberKeyword, { type: 'integer' }],
  [ts.SyntaxKind.BooleanKeyword, { type: 'boolean' }],
  [ts.SyntaxKind.ObjectKeyword, { type: 'object' }],
]);

/** What types can't say about a property (`Type.property`) or a type (`Type`): lengths, ranges, formats. */
export type Rules = (type: string, property?: string) => Schema | undefined;

/** Turns the types of libs/contracts into JSON Schemas; each named type becomes a definition once. */
export class ContractTypes {
  readonly schemas: Record<string, Schema> = {};
  private readonly checker: ts.TypeChecker;
  private readonly exports: ReadonlyMap<string, ts.Symbol>;

  constructor(
    root: string,
    private readonly rules: Rules,
  ) {
    const entry = join(root, 'libs/contracts/index.ts');
    const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => ts.sys.readFile(path)) as {
      config: unknown;
    };
    const { options } = ts.parseJsonConfigFileContent(config, { ...ts.sys, readDirectory: () => [] }, root);
    const program = ts.createProgram([entry], { ...options, types: [], noEmit: true });
    this.checker = program.getTypeChecker();
    const source = program.getSourceFile(entry);
    const module = source && this.checker.getSymbolAtLocation(source);
    if (!module) throw new Error(`${entry} exports nothing`);
    this.exports = new Map(
      this.checker.getExportsOfModule(module).map((symbol) => [symbol.name, this.original(symbol)]),
    );
  }

  /** Properties of an exported interface, its own ones only. */
  members(name: string): Member[] {
    const declaration = this.declarationOf(name);
    if (!ts.isInterfaceDeclaration(declaration)) throw new Error(`${name} is no interface`);
    return declaration.members.flatMap((member) => this.member(member));
  }

  declarationOf(name: string): ts.InterfaceDeclaration | ts.TypeAliasDeclaration {
    const found = this.exports
      .get(name)
      ?.declarations?.find((each) => ts.isInterfaceDeclaration(each) || ts.isTypeAliasDeclaration(each));
    if (!found) throw new Error(`libs/contracts has no type ${name}`);
    return found;
  }

  /** The definition of that name, made from the contract type of the same name when it is not there yet. */
  ref(name: string): Schema {
    if (!this.schemas[name]) {
      this.schemas[name] = {}; // a type that mentions itself finds this one
      const declaration = this.declarationOf(name);
      const body = ts.isInterfaceDeclaration(declaration)
        ? this.object(name, this.members(name))
        : this.of(declaration.type);
      this.define(name, { ...described(this.docOf(name)), ...body, ...this.rules(name) });
    }
    return { $ref: `#/components/schemas/${name}` };
  }

  define(name: string, schema: Schema): Schema {
    this.schemas[name] = schema;
    return { $ref: `#/components/schemas/${name}` };
  }

  object(name: string, members: Member[], schemaOf = (member: Member) => this.of(member.node)): Schema {
    const properties = members.map((member): [string, Schema] => [
      member.name,
      { ...schemaOf(member), ...described(member.description), ...this.rules(name, member.name) },
    ]);
    const required = members.filter(({ optional }) => !optional).map((member) => member.name);
    return {
      type: 'object',
      properties: Object.fromEntries(properties),
      ...(required.length > 0 && { required }),
    };
  }

  of(node: ts.TypeNode): Schema {
    const primitive = PRIMITIVES.get(node.kind);
    if (primitive) return { ...primitive };
    if (ts.isParenthesizedTypeNode(node)) return this.of(node.type);
    if (ts.isArrayTypeNode(node)) return { type: 'array', items: this.of(node.elementType) };
    if (ts.isUnionTypeNode(node)) return union(node.types.map((each) => this.of(each)));
    if (ts.isLiteralTypeNode(node)) return literal(node.literal);
    if (ts.isTypeLiteralNode(node))
      return this.object(
        '',
        node.members.flatMap((each) => this.member(each)),
      );
    if (ts.isTypeReferenceNode(node)) return this.reference(node);
    return this.computed(node);
  }

  member(element: ts.TypeElement): Member[] {
    if (!ts.isPropertySignature(element) || !element.type) return [];
    const symbol = this.checker.getSymbolAtLocation(element.name);
    if (!symbol) throw new Error(`${element.getText()} has no name`);
    return [
      {
        name: symbol.name,
        node: element.type,
        optional: element.questionToken !== undefined,
        description: this.commentOf(symbol),
      },
    ];
  }

  private reference(node: ts.TypeReferenceNode): Schema {
    const name = node.typeName.getText();
    if (name === 'Record') {
      const value = node.typeArguments?.[1];
      if (!value) throw new Error(`${node.getText()} has no values`);
      const isEmpty = value.kind === ts.SyntaxKind.NeverKeyword;
      return { type: 'object', additionalProperties: isEmpty ? false : this.of(value) };
    }
    return this.schemas[name] || this.exports.has(name) ? this.ref(name) : this.computed(node);
  }

  /** `Extract<…>`, `(typeof LIST)[number]` and the like: whatever the compiler makes of it, as long as it is words. */
  private computed(node: ts.TypeNode): Schema {
    const type = this.checker.getTypeFromTypeNode(node);
    const parts = type.isUnion() ? type.types : [type];
    if (parts.every((part) => part.isStringLiteral()))
      return union(parts.map((part) => ({ type: 'string', const: part.value })));
    if (parts.every((part) => part.flags & ts.TypeFlags.TemplateLiteral)) return { type: 'string' };
    throw new Error(`no schema for ${node.getText()}`);
  }

  private docOf(name: string): string | undefined {
    const symbol = this.exports.get(name);
    return symbol && this.commentOf(symbol);
  }

  private commentOf(symbol: ts.Symbol): string | undefined {
    const text = ts.displayPartsToString(symbol.getDocumentationComment(this.checker));
    return text === '' ? undefined : text.replaceAll('\n', ' ');
  }

  private original(symbol: ts.Symbol): ts.Symbol {
    return symbol.flags & ts.SymbolFlags.Alias ? this.checker.getAliasedSymbol(symbol) : symbol;
  }
}

function described(description: string | undefined): Schema {
  return description === undefined ? {} : { description };
}

function literal(node: ts.LiteralTypeNode['literal']): Schema {
  if (ts.isStringLiteral(node)) return { type: 'string', const: node.text };
  if (node.kind === ts.SyntaxKind.NullKeyword) return { type: 'null' };
  if (node.kind === ts.SyntaxKind.TrueKeyword) return { type: 'boolean', const: true };
  if (node.kind === ts.SyntaxKind.FalseKeyword) return { type: 'boolean', const: false };
  throw new Error(`no schema for ${node.getText()}`);
}

function union(schemas: Schema[]): Schema {
  const words = schemas.filter((each) => typeof each.const === 'string').map((each) => String(each.const));
  const others = schemas.filter((each) => typeof each.const !== 'string');
  const word: Schema[] = words.length > 0 ? [{ type: 'string', enum: words }] : [];
  const all = [...word, ...others];
  return all.length === 1 && all[0] ? all[0] : { anyOf: all };
}
