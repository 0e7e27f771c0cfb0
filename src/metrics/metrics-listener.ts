import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { StartProblem } from '#libs/database';
import { Environment } from '../config/environment.js';
import { Metrics } from './metrics.service.js';

/** Serves `GET /metrics` at a port of its own, which the app's port and the load balancer do not lead to. */
@Injectable()
export class MetricsListener implements OnModuleInit, OnApplicationShutdown {
  private readonly server: Server;

  constructor(
    private readonly metrics: Metrics,
    private readonly environment: Environment,
  ) {
    this.server = createServer((request, response) => void this.answer(request, response));
  }

  get port(): number {
    return (this.server.address() as AddressInfo | null)?.port ?? 0;
  }

  async onModuleInit(): Promise<void> {
    const { metricsPort: port = 0, metricsHost: host } = this.environment;
    await new Promise<void>((done, fail) => {
      this.server.once('error', (error) => fail(problemOf(error, port))).listen(port, host, done);
    });
  }

  async onApplicationShutdown(): Promise<void> {
    if (!this.server.listening) return;
    const closed = new Promise((done) => this.server.close(done));
    this.server.closeAllConnections();
    await closed;
  }

  private async answer({ method, url }: IncomingMessage, response: ServerResponse): Promise<void> {
    if (method !== 'GET' || url?.split('?', 1)[0] !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    try {
      const text = await this.metrics.text();
      response.writeHead(200, { 'Content-Type': this.metrics.registry.contentType }).end(text);
    } catch (error) {
      Logger.error({ err: error }, 'Metrics');
      response.writeHead(500).end();
    }
  }
}

/** Which of the two variables is wrong, and how. */
export function problemOf(error: Error, port: number): Error {
  const code = 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') {
    return new StartProblem(
      `SIMPUL_METRICS_PORT: port ${port} sudah dipakai; pilih yang lain / port ${port} is taken; choose another`,
    );
  }
  if (code === 'EACCES') {
    return new StartProblem(
      `SIMPUL_METRICS_PORT: port ${port} tidak boleh dipakai pengguna ini / this user may not use port ${port}`,
    );
  }
  return new StartProblem(
    `SIMPUL_METRICS_HOST: tidak bisa dibuka di alamat ini / cannot listen at this address (${error.message})`,
  );
}
