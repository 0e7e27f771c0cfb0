import {
  applyDecorators,
  createParamDecorator,
  UseFilters,
  UseInterceptors,
  UsePipes,
  type ExecutionContext,
} from '@nestjs/common';
import { SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import type { ActorView, ClientEvents, CommandType } from '#libs/contracts';
import { DtoPipe } from '../http/validation.js';
import { AckFilter, AckInterceptor } from './ack.js';
import type { SimpulSocket } from './rooms.js';

type Query = Exclude<keyof ClientEvents, CommandType>;

const KNOWN = new Set<string>();

/** Events some gateway answers; all others are refused by name. */
export function isKnownEvent(name: string): boolean {
  return KNOWN.has(name);
}

/** A gateway whose handlers check their input and answer every outcome with an ack. */
export function RealtimeGateway(): ClassDecorator {
  return applyDecorators(
    WebSocketGateway(),
    UsePipes(DtoPipe),
    UseInterceptors(AckInterceptor),
    UseFilters(AckFilter),
  );
}

/** Handles a command; returns the log's receipt, or throws the refusal. */
export function WsCommand(name: CommandType): MethodDecorator {
  KNOWN.add(name);
  return SubscribeMessage(name);
}

/** Handles a question; what it returns is answered with `ok: true`. */
export function WsQuery(name: Query): MethodDecorator {
  KNOWN.add(name);
  return SubscribeMessage(name);
}

/** The person at the other end, as the handshake found them. */
export const Actor = createParamDecorator(
  (_: unknown, context: ExecutionContext): ActorView =>
    context.switchToWs().getClient<SimpulSocket>().data.person,
);
