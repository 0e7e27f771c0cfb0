import ts from 'typescript';
import { LIMITS, mayRetry, PERSON_EVENT_TYPES, WORKSPACE_EVENT_TYPES, type ErrorCode } from '#libs/contracts';
import { ContractTypes, type Member } from './contract-types.js';
import type { Schema } from '../../src/live-docs/protocol.js';
import { rules } from './rules.js';

/** An AsyncAPI 3 document of everything that goes over the socket, made from the types of libs/contracts. */
export function protocolDocument(root: string): object {
  const types = new ContractTypes(root, rules);
  defineErrors(types);
  defineEvents(types);
  const commands = types.members('CommandMap').map((member) => ({
    ...member,
    payload: types.of(member.node),
    answer: types.ref('Ack'),
  }));
  const questions = types.members('ClientEvents').map((member) => question(types, member));
  const requests = [...commands, ...questions];
  const sent = types.members('ServerEvents').map((member) => ({
    ...member,
    payload: parameter(types, member, 0),
  }));

  const messages = [
    ...requests.map(({ name, payload, description }) => message(name, payload, description)),
    ...requests.flatMap(({ name, answer }) => (answer ? [message(`${name}.answer`, answer)] : [])),
    ...sent.map(({ name, payload, description }) => message(`server.${name}`, payload, description, name)),
  ];
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Simpul, live',
      version: '1',
      description:
        'Socket.IO 4 over WebSocket. Order, timing and the duties of a client are in the page /api/docs/live. ' +
        'Each message is a Socket.IO event of its `name` with one argument, the payload; an answer is its acknowledgement.',
    },
    defaultContentType: 'application/json',
    servers: {
      live: {
        host: 'simpul.example',
        pathname: '/socket.io/',
        protocol: 'wss',
        security: [{ $ref: '#/components/securitySchemes/session' }],
      },
    },
    channels: {
      live: {
        address: '/',
        description: 'The default namespace of Socket.IO.',
        messages: Object.fromEntries(
          messages.map(({ key }) => [key, { $ref: `#/components/messages/${key}` }]),
        ),
      },
    },
    operations: Object.fromEntries<object>([
      ...requests.map(({ name, answer }): [string, object] => [name, received(name, answer !== undefined)]),
      ...sent.map(({ name }): [string, object] => [
        `server.${name}`,
        { action: 'send', ...CHANNEL, messages: [inChannel(`server.${name}`)] },
      ]),
    ]),
    components: {
      securitySchemes: { session: { type: 'httpApiKey', in: 'cookie', name: '__Host-simpul_session' } },
      messages: Object.fromEntries(messages.map(({ key, ...rest }) => [key, rest])),
      schemas: types.schemas,
    },
    'x-limits': LIMITS,
  };
}

const CHANNEL = { channel: { $ref: '#/channels/live' } };
const inChannel = (key: string) => ({ $ref: `#/channels/live/messages/${key}` });

function received(name: string, isAnswered: boolean): object {
  const reply = isAnswered && { reply: { ...CHANNEL, messages: [inChannel(`${name}.answer`)] } };
  return { action: 'receive', ...CHANNEL, messages: [inChannel(name)], ...reply };
}

function message(key: string, payload: Schema, description?: string, name = key) {
  return { key, name, ...(description !== undefined && { description }), payload };
}

/** What a client asks, with what it is answered; nothing when it is not. */
function question(types: ContractTypes, member: Member) {
  const payload = parameter(types, member, 0);
  const ack = signature(member).parameters[1]?.type;
  if (!ack) return { ...member, payload, answer: undefined };
  if (!ts.isFunctionTypeNode(ack)) throw new Error(`the second parameter of ${member.name} is no answer`);
  const node = ack.parameters[0]?.type;
  if (!node) throw new Error(`${member.name} is answered with nothing`);
  return { ...member, payload, answer: answerOf(types, node) };
}

/** `Answer<T>`: T with `ok`, or the refusal. */
function answerOf(types: ContractTypes, node: ts.TypeNode): Schema {
  if (!ts.isTypeReferenceNode(node) || node.typeName.getText() !== 'Answer') return types.of(node);
  const [content] = node.typeArguments ?? [];
  if (!content) throw new Error(`${node.getText()} says nothing`);
  const ok = { type: 'boolean', const: true };
  const granted: Schema =
    content.kind === ts.SyntaxKind.ObjectKeyword
      ? { type: 'object', properties: { ok }, required: ['ok'] }
      : withOk(types, content.getText(), ok);
  return { anyOf: [granted, types.ref('AckRefused')] };
}

function withOk(types: ContractTypes, name: string, ok: Schema): Schema {
  const { properties, required = [], ...rest } = types.object(name, types.members(name));
  return { ...rest, properties: { ok, ...properties }, required: ['ok', ...required] };
}

function signature(member: Member): ts.FunctionTypeNode {
  if (!ts.isFunctionTypeNode(member.node)) throw new Error(`${member.name} is no function`);
  return member.node;
}

function parameter(types: ContractTypes, member: Member, at: number): Schema {
  const node = signature(member).parameters[at]?.type;
  if (!node) throw new Error(`${member.name} carries nothing`);
  if (!ts.isTypeLiteralNode(node)) return types.of(node);
  // Named like the message, for what the rules say of it.
  const { name } = member;
  const members = node.members.flatMap((each) => types.member(each));
  return { ...types.object(name, members), ...rules(name) };
}

function defineErrors(types: ContractTypes): void {
  const refs = types.members('ErrorDetails').map(({ name, node, description }) =>
    types.define(`Error.${name}`, {
      ...(description !== undefined && { description }),
      type: 'object',
      properties: { code: { type: 'string', const: name }, details: types.of(node) },
      required: ['code', 'details'],
      'x-retry': mayRetry(name as ErrorCode),
    }),
  );
  types.define('WireError', { oneOf: refs });
}

/** `StreamEvent` once for each type, with its own data. A workspace's stream carries workspace events only. */
function defineEvents(types: ContractTypes): void {
  const { type } = types.declarationOf('StreamEvent') as ts.TypeAliasDeclaration;
  const mapped = ts.isIndexedAccessTypeNode(type) ? type.objectType : type;
  if (!ts.isMappedTypeNode(mapped) || !mapped.type || !ts.isTypeLiteralNode(mapped.type)) {
    throw new Error('StreamEvent is no longer a mapped type');
  }
  const shape = mapped.type.members.flatMap((each) => types.member(each));
  const data = new Map(
    ['WorkspaceEventMap', 'PersonEventMap'].flatMap((map) =>
      types.members(map).map((member): [string, Member] => [member.name, member]),
    ),
  );
  const define = (name: string): Schema => {
    const own = data.get(name);
    if (!own) throw new Error(`${name} has no data`);
    const schema = types.object('', shape, (member) => {
      if (member.name === 'type') return { type: 'string', const: name };
      return member.name === 'data' ? types.of(own.node) : types.of(member.node);
    });
    return types.define(`Event.${name}`, {
      ...(own.description !== undefined && { description: own.description }),
      ...schema,
    });
  };
  types.define('WorkspaceEvent', { oneOf: WORKSPACE_EVENT_TYPES.map(define) });
  types.define('PersonEvent', { oneOf: PERSON_EVENT_TYPES.map(define) });
  types.define('StreamEvent', { $ref: '#/components/schemas/WorkspaceEvent' });
}
