import type { Wire } from './load-client.js';

export interface Place {
  /** Of the workspace's history: who joins has its beginning. */
  epoch: string;
  workspaceId: string;
  threadId: string;
}

export interface Connect {
  wire: Wire;
  /** One client is connected to each of them in turn. */
  ports: number[];
  places: Place[];
  /** Who joins which places (by their index), and who only sends. */
  people: { token: string; joins: number[]; sendsTo: number[] }[];
}

export interface Step {
  /** Events a second over all places; arrivals are drawn ahead. */
  rate: number;
  seconds: number;
  /** Seconds whose latencies do not count. */
  warmUp: number;
}

export interface StepResult extends Wrong {
  rate: number;
  posted: number;
  acknowledged: number;
  refused: Record<string, number>;
  deliveries: number;
  p50: number;
  p95: number;
  p99: number;
  max: number;
  /** The latest a post left after its intended moment, in milliseconds. */
  late: number;
  /** Share of one core that the generator used. */
  generatorCpu: number;
  wallMs: number;
}

export interface Flight {
  inFlight: number;
  seconds: number;
  /** Goes on until so many were sent: each sender once, for a warm-up. */
  atLeast?: number;
}

/** What makes a measurement worthless when it is not zero. */
export interface Wrong {
  lost: number;
  doubled: number;
  disordered: number;
}

export interface Visits {
  port: number;
  token: string;
  questions: [string, object][];
  times: number;
}

/** People of one workspace each, who do what one does together. */
export interface Crowd {
  port: number;
  people: { token: string; place: Place }[];
}

export interface Pages {
  port: number;
  path: string;
  connections: number;
  seconds: number;
}

export interface Viewers {
  ports: number[];
  path: string;
  count: number;
}
